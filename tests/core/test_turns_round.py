"""What looks like an end and is none: on its way back, or never fetched, a parcel may still be delivered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dokango.clock import ManualClock
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.status import CarrierStatus
from dokango.orders import Done
from dokango.orders.lifecycle.commands import ReceiveReturn
from tests.core.couriered import COD, Couriered, Told, hear_all
from tests.small_shop import Shop

BACK = {"redx": "agent-returning", "pathao": "returned"}
OUT = {"redx": "delivery-in-progress", "pathao": "assigned-for-delivery"}
NEVER_LEFT = {"redx": "cancelled", "pathao": "pickup-cancelled"}
ENDS = {"paid-return": "paid_return", "exchanged": "exchanged", "partial-delivery": "partial_delivered"}
HERE = {"redx": "returned", "pathao": "returned-to-merchant"}


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture(params=sorted(BACK))
def couriered(shop: Shop, clock: ManualClock, told: Told, request: pytest.FixtureRequest) -> Iterator[Couriered]:
    desk = CourierDesk(clock, None)
    desk.practice(request.param).teller = told
    yield Couriered(shop, desk, request.param)
    desk.close()


def heard(couriered: Couriered, told: Told, order: Done, *words: str) -> None:
    """The courier says so, by its webhook and when it is asked."""
    couriered.move(order, *words)
    hear_all(couriered, told)
    if couriered.shop.order(order).status == "shipped":
        couriered.sync(order)


@pytest.mark.parametrize("first", [BACK, NEVER_LEFT], ids=["on its way back", "never left"])
def test_what_turns_round_is_followed_to_the_door(couriered: Couriered, told: Told, first: dict[str, str]) -> None:
    order, key = couriered.shop.bring_to("packed", ("MUG", 2), **COD), couriered.courier
    couriered.ship(order)
    shelf = couriered.shop.level("MUG")
    heard(couriered, told, order, first[key])
    assert couriered.shop.level("MUG") == shelf and couriered.shop.order(order).status == "shipped"
    assert couriered.cases(order), "somebody looks after it"
    heard(couriered, told, order, OUT[key])
    assert couriered.parcel(order).status == CarrierStatus.OUT_FOR_DELIVERY
    heard(couriered, told, order, "delivered")
    assert couriered.shop.order(order).status == "delivered" and couriered.cases(order) == []


def test_on_its_way_back_books_and_restocks_nothing_until_it_is_here(couriered: Couriered, told: Told) -> None:
    order, key = couriered.shop.bring_to("packed", ("MUG", 2), **COD), couriered.courier
    couriered.ship(order)
    before = (couriered.shop.level("MUG"), couriered.shop.books())
    heard(couriered, told, order, BACK[key])
    assert (couriered.shop.level("MUG"), couriered.shop.books()) == before
    heard(couriered, told, order, HERE[key])
    assert (couriered.shop.level("MUG"), couriered.shop.books()) == before
    (case,) = couriered.cases(order)
    assert case.state == "to_inspect" and couriered.parcel(order).return_leg == "received"
    couriered.shop.do(order, ReceiveReturn(restock=True))
    assert couriered.shop.order(order).status == "returned" and couriered.shop.level("MUG") != before[0]


@pytest.mark.parametrize("couriered", ["pathao"], indirect=True)
@pytest.mark.parametrize(("event", "status"), ENDS.items())
def test_the_way_back_is_followed_where_the_news_do_not_say_how_the_delivery_ended(
    couriered: Couriered, told: Told, event: str, status: str
) -> None:
    order = couriered.shop.bring_to("packed", ("MUG", 2), **COD)
    couriered.ship(order)
    heard(couriered, told, order, event)
    for leg in ("return-id-created", "returned-to-merchant"):
        couriered.move(order, leg)
        for body in told.bodies:
            body.pop("return_type")
        hear_all(couriered, told)
    row = couriered.parcel(order)
    assert (row.status, row.return_leg) == (status, "received")
    assert "courier_contradiction" not in couriered.waiting(order)
