"""What couriers charge: the owner's tables, and what each parcel should cost by them when it is booked."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from dokango.audit import Event
from dokango.couriers.kind.tariff import Area, Band, Expected, Prices, Shares, Tariff, area_of, expected_charge
from dokango.couriers.parcels import shipments
from dokango.couriers.tariffs import KNOWN, change_tariff, load_tariffs, tariff_for
from dokango.db import Tx, table_of
from dokango.errors import InvalidInput, NotAllowed
from dokango.orders import Done
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from tests.core.couriered import Couriered
from tests.small_shop import Shop


def prices(inside: int, suburb: int, outside: int) -> Prices:
    return Prices(inside=inside * 100, suburb=suburb * 100, outside=outside * 100)


TABLE = Tariff(
    bands=(Band(up_to_g=500, price=prices(60, 80, 110)), Band(up_to_g=1_000, price=prices(70, 100, 130))),
    further_kg=prices(15, 20, 25),
    cod_bp=Shares(inside=0, suburb=100, outside=100),
    back=prices(0, 30, 50),
    suburbs=("Gazipur",),
    payout_days=3,
)

# (area, grams, COD in poisha) → taka when delivered, taka when it comes back
EXPECTED = [
    (Area.INSIDE, 0, 0, 60, 60),
    (Area.INSIDE, 500, 100_000, 60, 60),
    (Area.INSIDE, 501, 0, 70, 70),
    (Area.INSIDE, 1_000, 0, 70, 70),
    (Area.INSIDE, 1_001, 0, 85, 85),
    (Area.INSIDE, 3_000, 0, 100, 100),
    (Area.SUBURB, 200, 66_000, 86.60, 110),
    (Area.OUTSIDE, 200, 66_000, 116.60, 160),
    (Area.OUTSIDE, 200, 66_050, 116.61, 160),  # 6.605 is rounded half up
    (Area.OUTSIDE, 2_001, 0, 180, 230),
]


@pytest.mark.parametrize(("area", "grams", "cod_poisha", "sent", "back"), EXPECTED)
def test_a_parcel_costs_what_the_table_says(area: Area, grams: int, cod_poisha: int, sent: float, back: float) -> None:
    assert expected_charge(TABLE, area, grams, cod_poisha) == Expected(round(sent * 100), round(back * 100))


@pytest.mark.parametrize(
    ("district", "home", "area"),
    [
        ("Dhaka", "Dhaka", Area.INSIDE),
        ("ঢাকা", "Dhaka", Area.INSIDE),
        ("Gazipur", "Dhaka", Area.SUBURB),
        ("Chittagong", "Dhaka", Area.OUTSIDE),
        ("Gazipur", "Gazipur", Area.INSIDE),
        ("", "Dhaka", Area.OUTSIDE),
    ],
)
def test_a_district_is_the_city_a_suburb_or_outside(district: str, home: str, area: Area) -> None:
    assert area_of(district, home, TABLE.suburbs) is area


@pytest.mark.parametrize("weights", [(1_000, 500), (500, 500)])
def test_weights_of_a_table_rise(weights: tuple[int, int]) -> None:
    with pytest.raises((InvalidInput, ValidationError)):
        Tariff(bands=tuple(Band(up_to_g=grams, price=prices(1, 1, 1)) for grams in weights))


def test_known_couriers_have_a_table_that_the_owner_has_not_checked(shop: Shop) -> None:
    found = shop.db.read(load_tariffs)
    assert {"steadfast", "pathao", "redx"} <= set(found)
    assert not any(tariff.checked for tariff in found.values())
    assert all(tariff.cod_bp == Shares(inside=100, suburb=100, outside=100) for tariff in KNOWN.values())


def test_what_the_owner_keeps_counts_from_then_on_and_is_on_the_trail(shop: Shop) -> None:
    assert keep(shop, "steadfast", TABLE)
    found = shop.db.read(lambda tx: tariff_for(tx, "steadfast"))
    assert found == TABLE.model_copy(update={"checked": True})
    assert not keep(shop, "steadfast", TABLE)
    assert shop.db.read(lambda tx: tariff_for(tx, "somebody")) is None
    assert shop.db.read(_notes)[-1] == "tariff of steadfast"


def test_only_who_may_edit_settings_keeps_a_tariff(shop: Shop, manager: Actor) -> None:
    with pytest.raises(NotAllowed):
        keep(shop.acting(manager), "steadfast", TABLE)


def keep(shop: Shop, courier: str, tariff: Tariff) -> bool:
    return shop.db.write(lambda tx: change_tariff(tx, shop.owner, shop.clock, courier, tariff))


def parcel(shop: Shop, order: Done) -> Any:
    return shop.db.read(lambda tx: shipments.all_of(tx, order.order_id))[-1]


def weigh(shop: Shop, grams: int) -> None:
    shop.db.write(lambda tx: tx.script(f"UPDATE variant SET weight_g = {grams}"))


def test_a_booked_parcel_keeps_what_it_should_cost_even_when_the_table_changes(couriered: Couriered) -> None:
    shop = couriered.shop
    keep(shop, "steadfast", TABLE)
    weigh(shop, 300)
    order = shop.bring_to("packed", ("MUG", 2), payment={"method": "cod"}, address=there("Gazipur"))
    couriered.ship(order)
    told = parcel(shop, order).cod_poisha
    assert told == 175_000
    assert parcel(shop, order).expected_charge_poisha == 10_000 + 1_750  # 600 g in a suburb, and 1 % of ৳1,750
    keep(shop, "steadfast", TABLE.model_copy(update={"further_kg": prices(99, 99, 99), "bands": TABLE.bands[:1]}))
    assert parcel(shop, order).expected_charge_poisha == 11_750


def test_a_parcel_handed_over_by_hand_costs_by_the_table_of_its_carrier(shop: Shop) -> None:
    keep(shop, "rider", TABLE)
    order = shop.bring_to("shipped", ("MUG", 1))
    assert parcel(shop, order).expected_charge_poisha == 6_000  # prepaid, in the city
    assert shop.do(order, c.ReceiveReturn()).status == "returned"
    assert parcel(shop, order).expected_charge_poisha == 6_000


def test_of_a_parcel_that_comes_back_a_return_is_expected_and_no_part_of_the_cod(shop: Shop) -> None:
    keep(shop, "rider", TABLE)
    order = shop.bring_to("shipped", ("MUG", 1), payment={"method": "cod"}, address=there("Sylhet"))
    assert parcel(shop, order).expected_charge_poisha == 11_000 + 950
    shop.do(order, c.ReceiveReturn())
    assert parcel(shop, order).expected_charge_poisha == 11_000 + 5_000


def test_of_a_carrier_without_a_table_nothing_is_expected(shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 1))
    assert parcel(shop, order).expected_charge_poisha is None


def there(district: str) -> dict[str, str]:
    return {"line": "House 7", "area": "Sadar", "city": district, "district": district}


def _notes(tx: Tx) -> list[str]:
    events = table_of(Event)
    return [row.note for row in tx.rows(select(events.c.note).order_by(events.c.id))]
