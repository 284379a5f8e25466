"""What parcels really cost with each courier, beside what its tariff says."""

from __future__ import annotations

import pytest

from dokango.clock import day_of
from dokango.orders.lifecycle import commands as c
from dokango.reports.courier_cost import by_month, months_sheet, parcel_costs, parcels_sheet
from dokango.reports.kit.periods import period
from dokango.reports.kit.places import Asked
from tests.core.payouts import COD, Paying, as_csv
from tests.small_shop import Shop


@pytest.fixture
def paying(shop: Shop) -> Paying:
    return Paying(shop)


def asked(shop: Shop) -> Asked:
    today = day_of(shop.clock.now_us())
    return Asked(period(today, today))


def test_a_months_cost_is_what_payouts_and_hands_booked_with_returns_apart(paying: Paying) -> None:
    """৳89 by a payout, ৳60 by hand for one that came back, one not charged yet: ৳149, ৳60 of it for what came back."""
    shop = paying.shop
    paid = paying.delivered()
    back = shop.bring_to("returned", ("MUG", 1), **COD)
    paying.delivered()
    paying.book(paying.read(as_csv((paying.name(paid), "", 900, 89, 811))))
    shop.do(back, c.PayOut(charge_poisha=6_000))
    [one] = by_month(shop.db.read(lambda tx: parcel_costs(tx, asked(shop).span)))
    assert (one.courier, one.parcels, one.charged, one.real_poisha) == ("rider", 3, 2, 14_900)
    assert (one.back, one.back_poisha) == (1, 6_000)
    assert one.real_poisha == shop.balance("expense:courier")


def test_the_sheets_tell_parcel_by_parcel_and_by_month_alike(paying: Paying) -> None:
    shop = paying.shop
    order = paying.delivered()
    paying.book(paying.read(as_csv((paying.name(order), "", 900, 89, 811))))
    [parcel] = shop.db.read(lambda tx: list(parcels_sheet(tx, asked(shop)).rows))
    [month] = shop.db.read(lambda tx: list(months_sheet(tx, asked(shop)).rows))
    assert (parcel[1], parcel[2], parcel[3], parcel[6]) == ("Rider", order.number, paying.name(order), 8_900)
    assert (month[0], month[2], month[3], month[5]) == ("Rider", 1, 1, 8_900)


def test_parcels_of_other_days_are_not_counted(paying: Paying) -> None:
    shop = paying.shop
    paying.delivered()
    shop.clock.advance(2 * 86_400)
    assert shop.db.read(lambda tx: parcel_costs(tx, asked(shop).span)) == ()
