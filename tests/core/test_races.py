"""Many at once: nothing is sold twice, and two commands on one order end as one after the other."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any

import pytest

from dokango.errors import DokangoError, InsufficientStock, TrxIdTaken
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.table import ROWS
from tests.core.test_lifecycle import COMMANDS
from tests.small_shop import Shop


def at_once(*doings: Callable[[], Any]) -> list[Any]:
    """Start all `doings` together; what each returned, or the expected error that it raised."""
    barrier = Barrier(len(doings))
    results: list[Any] = [None] * len(doings)

    def run(position: int, doing: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            results[position] = doing()
        except DokangoError as error:
            results[position] = error

    threads = [Thread(target=run, args=pair) for pair in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_fifty_buyers_racing_for_five_units_five_get_one(shop: Shop) -> None:
    shop.place(("HONEY", 2))
    results = at_once(*[lambda: shop.place(("HONEY", 1)) for _ in range(50)])
    sold = [result for result in results if not isinstance(result, DokangoError)]
    assert len(sold) == 5
    assert sum(isinstance(result, InsufficientStock) for result in results) == 45
    assert shop.level("HONEY")[:2] == (7, 7)


def test_buyers_of_the_same_things_in_other_orders_do_not_lock_each_other_out(shop: Shop) -> None:
    orders: Sequence[tuple[tuple[str, int], ...]] = [(("MUG", 1), ("SARI", 1)), (("SARI", 1), ("MUG", 1))] * 8
    results = at_once(*[lambda lines=lines: shop.place(*lines) for lines in orders])
    assert not [result for result in results if isinstance(result, DokangoError)]
    assert shop.level("SARI")[1] == shop.level("MUG")[1] == 16


def test_one_trx_id_verified_on_two_orders_at_once_settles_one(shop: Shop) -> None:
    orders = [shop.place(("MUG", 1)) for _ in range(2)]
    paid = c.VerifyPayment(method="bkash", transaction_id="BLU1H6X8AA", amount_poisha=90_000)
    results = at_once(*[lambda order=order: shop.do(order, paid) for order in orders])
    assert sum(isinstance(result, TrxIdTaken) for result in results) == 1
    assert shop.balance("cash:bkash") == 90_000


# From each status, every two of the actions that the lifecycle's table names there (each also against itself).
STAGES = (("pending", "bkash"), ("confirmed", "cod"), ("shipped", "cod"), ("delivered", "cod"))
PAIRS = [
    (status, method, first, second)
    for status, method in STAGES
    for first, second in itertools.combinations_with_replacement(
        sorted(action for action, source in ROWS if source == status), 2
    )
]


def outcome(shop: Shop, order: Any) -> tuple[Any, ...]:
    """Where an order and its books ended, without times and names."""
    row = shop.order(order)
    amounts = (row.paid_poisha, row.due_poisha, row.refund_due_poisha, row.courier_due_poisha)
    return row.status, row.money, row.packed, row.held_reason, row.claim_waits, amounts


@pytest.mark.parametrize(("status", "method", "first", "second"), PAIRS)
def test_two_commands_at_once_end_as_one_of_the_two_serial_orders(
    shop: Shop, status: str, method: str, first: str, second: str
) -> None:
    def fresh() -> Any:
        return shop.bring_to(status, ("MUG", 1), payment={"method": method})

    def attempt(order: Any, command: c.Command) -> None:
        with contextlib.suppress(DokangoError):
            shop.do(order, unlike(command, order.number))

    possible = []
    one, other = COMMANDS[first], COMMANDS[second]
    for sequence in ((one, other), (other, one)):
        order = fresh()
        for command in sequence:
            attempt(order, command)
        possible.append(outcome(shop, order))
    raced = fresh()
    at_once(lambda: shop.do(raced, unlike(one, raced.number)), lambda: shop.do(raced, unlike(other, raced.number)))
    assert outcome(shop, raced) in possible


def unlike(command: c.Command, number: str) -> c.Command:
    """The same command with a TrxID of this order's own, since an id settles one payment ever."""
    if isinstance(command, c.VerifyPayment | c.ClaimPayment):
        return command.model_copy(update={"transaction_id": f"{command.transaction_id}{number}"})
    return command
