"""The send dialog says what a parcel will cost, by the tariff and by its courier; the page shows a parcel's way."""

from __future__ import annotations

import asyncio

import pytest

from dokango.couriers.desk import CourierDesk
from dokango.couriers.practice.faults import Fault
from dokango.orders.parcels.book import ship_by_courier
from state.orders.order import OrderState
from state.shipping.parcel import ParcelState
from state.shipping.sending.send import SendState
from state.shipping.way import ParcelWayState
from tests.core.couriered import COD, Couriered
from tests.small_shop import Shop
from tests.state.desk import Browser, Desk
from tests.state.test_shipping import opened

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def said(tab: Browser) -> tuple[str, str]:
    return tab.sees(SendState, "tariff"), tab.sees(SendState, "charge")


async def test_the_dialog_says_the_charge_of_who_can_tell_it_beside_the_tariffs(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    number = shop.bring_to("packed", ("MUG", 2), **COD).number  # ৳1,700 to collect
    tab = await opened(desk, number, "owner")
    tariff, charge = said(tab)
    assert tariff and charge == "", "its first courier says none"
    await tab.call(SendState.choose, courier="redx")
    assert said(tab) == ("৳77", "RedX says ৳77, ৳17 of it for collecting.")
    await tab.call(SendState.edit, field="weight", value="2400")
    assert said(tab)[1] == "RedX says ৳117, ৳17 of it for collecting."
    await tab.call(SendState.choose, courier="steadfast")
    assert said(tab)[1] == ""


async def test_a_courier_that_is_down_is_not_in_the_way_and_the_same_is_not_asked_again(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    number = shop.bring_to("packed", ("MUG", 2), **COD).number
    tab = await opened(desk, number, "owner")
    practice_courier.practice("redx").faults.add(Fault("fail", "charge_calculator"))
    await tab.call(SendState.choose, courier="redx")
    assert said(tab)[1] == "RedX does not say its charge now. It can be sent all the same."
    await tab.call(SendState.edit, field="note", value="Ring twice")
    assert said(tab)[1].startswith("RedX does not say"), "its answer hangs on nothing that changed"
    await tab.call(SendState.edit, field="collects", value="100")
    assert said(tab)[1] == "RedX says ৳61, ৳1 of it for collecting."


async def test_who_may_not_see_cost_is_told_none(desk: Desk, shop: Shop, practice_courier: CourierDesk) -> None:
    number = shop.bring_to("packed", ("MUG", 2), **COD).number
    tab = await desk.browser("packer")
    await tab.arrive(f"/orders/{number}")
    await tab.call(SendState.open, number=number)
    await tab.call(SendState.choose, courier="redx")
    assert said(tab) == ("", "")
    await tab.call(SendState.ask_charge)
    assert said(tab) == ("", "")


async def test_the_way_of_a_parcel_is_shown_newest_first_and_of_no_other_order(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    order, other = shop.bring_to("packed", ("MUG", 2), **COD), shop.bring_to("packed", ("MUG", 1), **COD)
    beside = Couriered(shop, practice_courier, "redx")
    await asyncio.to_thread(ship_by_courier, practice_courier, shop.db, beside.context(), order.number, "redx")
    shop.clock.advance(3_600)
    beside.move(order, "delivery-in-progress")
    tab = await desk.browser("manager")
    await tab.arrive(f"/orders/{order.number}")
    assert tab.sees(OrderState, "parcel")["tells_way"] == "1"
    await tab.call(ParcelWayState.ask, number=order.number)
    assert [step["words"] for step in tab.sees(ParcelWayState, "steps")] == [
        "Parcel is out for delivery", "Parcel is created successfully"
    ]  # fmt: skip
    assert tab.sees(ParcelWayState, "steps")[0]["bn"] == "পার্সেল ডেলিভারির পথে"
    practice_courier.practice("redx").faults.add(Fault("fail", "track", http_status=503))
    await tab.call(ParcelWayState.ask, number=order.number)
    assert tab.sees(ParcelWayState, "steps") == [] and "RedX" in tab.sees(ParcelWayState, "said")
    await tab.call(ParcelWayState.ask, number=other.number)
    assert (tab.sees(ParcelWayState, "number"), tab.sees(ParcelWayState, "steps")) == (other.number, [])
    assert tab.sees(ParcelWayState, "asking") == "" and "No courier tells" in tab.told[-1]
    await tab.call(ParcelState.open, number=order.number)
    assert tab.sees(ParcelState, "tells_way") is True
