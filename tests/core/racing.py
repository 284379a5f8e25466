"""Two commands at once on one order, and the square of all such pairs."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any, NamedTuple

from dokango.errors import DokangoError
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.table import ROWS
from tests.core.test_lifecycle import COMMANDS
from tests.small_shop import Shop


class Pair(NamedTuple):
    """Two actions that the lifecycle's table names at one status, and how the order is paid."""

    status: str
    method: str
    first: str
    second: str

    def __str__(self) -> str:
        return "-".join(self)


# From each status, every two of the actions that the lifecycle's table names there (each also against itself).
STAGES = (("pending", "bkash"), ("confirmed", "cod"), ("shipped", "cod"), ("delivered", "cod"))
PAIRS = [
    Pair(status, method, first, second)
    for status, method in STAGES
    for first, second in itertools.combinations_with_replacement(
        sorted(action for action, source in ROWS if source == status), 2
    )
]


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


def ends_as_one_of_the_serial_orders(shop: Shop, pair: Pair) -> None:
    """Do both commands one after the other, in both orders, then at once: the last must end as one of the first two."""
    one, other = COMMANDS[pair.first], COMMANDS[pair.second]
    possible = [_outcome(shop, _one_by_one(shop, pair, sequence)) for sequence in ((one, other), (other, one))]
    raced = _fresh(shop, pair)
    at_once(lambda: shop.do(raced, _unlike(one, raced.number)), lambda: shop.do(raced, _unlike(other, raced.number)))
    assert _outcome(shop, raced) in possible


def _fresh(shop: Shop, pair: Pair) -> Any:
    return shop.bring_to(pair.status, ("MUG", 1), payment={"method": pair.method})


def _one_by_one(shop: Shop, pair: Pair, commands: tuple[c.Command, c.Command]) -> Any:
    order = _fresh(shop, pair)
    for command in commands:
        with contextlib.suppress(DokangoError):
            shop.do(order, _unlike(command, order.number))
    return order


def _outcome(shop: Shop, order: Any) -> tuple[Any, ...]:
    """Where an order and its books ended, without times and names."""
    row = shop.order(order)
    amounts = (row.paid_poisha, row.due_poisha, row.refund_due_poisha, row.courier_due_poisha)
    return row.status, row.money, row.packed, row.held_reason, row.claim_waits, amounts


def _unlike(command: c.Command, number: str) -> c.Command:
    """The same command with a TrxID of this order's own, since an id settles one payment ever."""
    if isinstance(command, c.VerifyPayment | c.ClaimPayment):
        return command.model_copy(update={"transaction_id": f"{command.transaction_id}{number}"})
    return command
