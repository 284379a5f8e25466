"""Many at once: nothing is sold twice, and two commands on one order end as one after the other."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dokango.errors import DokangoError, InsufficientStock, TrxIdTaken
from dokango.orders.lifecycle import commands as c
from tests.core.racing import PAIRS, Pair, at_once, ends_as_one_of_the_serial_orders
from tests.sampling import sampled
from tests.small_shop import Shop


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


@pytest.mark.parametrize("pair", sampled(PAIRS, 24), ids=str)
def test_two_commands_at_once_end_as_one_of_the_two_serial_orders(shop: Shop, pair: Pair) -> None:
    ends_as_one_of_the_serial_orders(shop, pair)
