"""What a parcel costs is in its order's profit: expected until the real charge is booked, then that."""

from __future__ import annotations

from dokango.clock import day_of
from dokango.couriers.steadfast.tariff import TARIFF
from dokango.couriers.tariffs import change_tariff
from dokango.orders.lifecycle import commands as c
from dokango.reports.books.orders_behind import Behind, orders_behind
from dokango.reports.kit.periods import Period
from state.owner.insights_text import behind_in_words
from tests.small_shop import Shop


def behind(shop: Shop, number: str) -> Behind:
    today = day_of(shop.clock.now_us())
    page = shop.db.read(lambda tx: orders_behind(tx, Period(today, today)))
    return next(row for row in page.rows if row.number == number)


def test_an_expected_charge_counts_until_the_real_one_is_booked(shop: Shop) -> None:
    """Sold for ৳900, bought for ৳500: ৳80 expected leaves ৳320, ৳95 charged leaves ৳305."""
    shop.db.write(lambda tx: change_tariff(tx, shop.owner, shop.clock, "rider", TARIFF))
    order = shop.bring_to("delivered", ("MUG", 1))
    words = behind_in_words(behind(shop, order.number))
    assert (words["cost"], words["profit"]) == ("৳580.00", "৳320.00")
    assert words["unsure"] == "৳80.00 of the cost is the courier's expected charge"
    shop.do(order, c.PayOut(charge_poisha=9_500))
    words = behind_in_words(behind(shop, order.number))
    assert (words["cost"], words["profit"], words["unsure"]) == ("৳595.00", "৳305.00", "")
