"""What couriers say before and on the way: the charge of a parcel that is not booked, and the way of one that is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dokango.clock import ManualClock
from dokango.courier_errors import CourierUnavailable
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.abilities import Can, PricesParcels
from dokango.couriers.kind.base import Charge
from dokango.couriers.practice.faults import Fault
from dokango.couriers.registry import COURIERS
from dokango.errors import InvalidInput, Refused
from dokango.orders import Done
from dokango.orders.parcels import book
from dokango.orders.parcels.charges import ask_charge, asked_about, by_tariff
from dokango.orders.parcels.draft import Draft, ParcelEdits
from dokango.orders.parcels.way import ask_way, tells_way
from tests.core.couriered import COD, Couriered
from tests.small_shop import Shop

PRICED = [kind.key for kind in COURIERS.values() if Can.PRICE in kind.can]
TELLING = [kind.key for kind in COURIERS.values() if Can.TELL_WAY in kind.can]
CALL = {"redx": "charge_calculator", "pathao": "price-plan"}


@pytest.fixture
def desk(clock: ManualClock) -> Iterator[CourierDesk]:
    found = CourierDesk(clock, None)
    yield found
    found.close()


def drafted(shop: Shop, desk: CourierDesk, order: Done, courier: str, edits: ParcelEdits | None = None) -> Draft:
    book.load_areas(desk, shop.db, shop.clock, order.number, courier, edits, optional=True)
    return shop.db.read(lambda tx: book.draft(tx, desk, order.number, courier, edits))


@pytest.mark.parametrize("courier", PRICED)
@pytest.mark.parametrize(("weight_g", "carrying"), [(400, 0), (2_400, 1)])
def test_a_courier_says_what_a_parcel_costs_before_it_is_booked_and_nothing_is_booked(
    shop: Shop, desk: CourierDesk, courier: str, weight_g: int, carrying: int
) -> None:
    order = shop.bring_to("packed", ("MUG", 2), **COD)
    parcel = drafted(shop, desk, order, courier, ParcelEdits(weight_g=weight_g)).parcel
    told = ask_charge(desk, courier, parcel)
    light = {"redx": 6_000, "pathao": 7_000}[courier]
    heavy = {"redx": 6_000 + 2 * 2_000, "pathao": 7_000 + 2 * 2_000}[courier]
    assert told == Charge(heavy if carrying else light, parcel.cod_poisha // 10_000 * 100)
    assert desk.practice(courier).listed(9) == []
    assert shop.db.read(lambda tx: by_tariff(tx, courier, order.number, parcel)) is not None


@pytest.mark.parametrize("courier", PRICED)
@pytest.mark.parametrize("kind", ["fail", "html", "drop"])
def test_one_that_is_down_says_nothing_and_the_parcel_goes_all_the_same(
    shop: Shop, desk: CourierDesk, courier: str, kind: str
) -> None:
    order = shop.bring_to("packed", ("MUG", 2), **COD)
    parcel = drafted(shop, desk, order, courier).parcel
    desk.practice(courier).faults.add(Fault(kind, CALL[courier]))
    assert ask_charge(desk, courier, parcel) is None
    assert Couriered(shop, desk, courier).ship(order).booking == "booked"


def test_redx_reckons_from_the_store_that_is_set(shop: Shop, clock: ManualClock) -> None:
    order = shop.bring_to("packed", ("MUG", 2), **COD)
    for store, is_there in (("2", True), ("77", False)):
        desk = CourierDesk(clock, None, find_keys=lambda key, store=store: {"pickup_store_id": store})
        courier, parcel = desk.courier("redx"), drafted(shop, desk, order, "redx").parcel
        assert isinstance(courier, PricesParcels)
        if is_there:
            assert courier.price(parcel).carrying_poisha == 6_000
        else:
            with pytest.raises(CourierUnavailable, match="does not say"):
                courier.price(parcel)
        desk.close()


@pytest.mark.parametrize("courier", PRICED)
def test_what_cannot_go_has_no_price(shop: Shop, desk: CourierDesk, courier: str) -> None:
    nowhere = {"line": "House 7", "area": "Nowhere", "city": "", "district": "Dhaka"}
    order = shop.bring_to("packed", ("MUG", 2), **COD, address=nowhere)
    parcel, found = drafted(shop, desk, order, courier).parcel, desk.courier(courier)
    assert isinstance(found, PricesParcels)
    with pytest.raises(InvalidInput):
        found.price(parcel)
    assert ask_charge(desk, courier, parcel) is None


def test_the_same_of_the_same_parcel_is_one_question(shop: Shop, desk: CourierDesk) -> None:
    order = shop.bring_to("packed", ("MUG", 2), **COD)
    asked = [
        asked_about("redx", drafted(shop, desk, order, "redx", edits).parcel)
        for edits in (None, ParcelEdits(note="Ring twice"), ParcelEdits(weight_g=900), ParcelEdits(cod_poisha=500))
    ]
    assert asked[0] == asked[1] and len(set(asked)) == 3


def test_who_has_no_tariff_has_no_figure(shop: Shop, desk: CourierDesk) -> None:
    order = shop.bring_to("packed", ("MUG", 2), **COD)
    parcel = drafted(shop, desk, order, "redx").parcel
    assert shop.db.read(lambda tx: by_tariff(tx, "A neighbour", order.number, parcel)) is None
    assert ask_charge(desk, "steadfast", parcel) is None


@pytest.mark.parametrize("courier", TELLING)
def test_the_way_of_a_parcel_is_told_oldest_first_and_moves_nothing(
    shop: Shop, desk: CourierDesk, courier: str
) -> None:
    beside = Couriered(shop, desk, courier)
    order = shop.bring_to("packed", ("MUG", 2), **COD)
    assert beside.ship(order).booking == "booked"
    practice = desk.practice(courier)
    for move in [move for move in practice.moves if move in ("delivery-in-progress", "pending", "delivered")]:
        shop.clock.advance(3_600)
        beside.move(order, move)
    way = ask_way(desk, shop.db, shop.owner, order.number)
    times = [step.at_us or 0 for step in way.steps]
    assert way.courier == COURIERS[courier].name and times == sorted(times) and len(times) == 3
    assert "elivered" in way.steps[-1].words
    assert bool(way.steps[-1].words_bn) is (courier == "redx")
    assert shop.order(order).status == "shipped"


def test_a_parcel_whose_courier_tells_nothing_is_refused(shop: Shop, desk: CourierDesk) -> None:
    order = shop.bring_to("packed", ("MUG", 2), **COD)
    with pytest.raises(Refused, match="No courier tells"):
        ask_way(desk, shop.db, shop.owner, order.number)
    beside = Couriered(shop, desk, "pathao")
    beside.ship(order)
    assert not tells_way(beside.parcel(order)) and not tells_way(None)
    with pytest.raises(Refused):
        ask_way(desk, shop.db, shop.owner, order.number)
