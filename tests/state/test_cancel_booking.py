"""The dialog that cancels a booking: it asks the courier, or gives words to copy, and says what came of it."""

from __future__ import annotations

import asyncio

import pytest

from dokango.couriers.desk import CourierDesk
from dokango.couriers.practice.faults import Fault
from dokango.orders import Context, Done
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels import book
from state.orders.order import OrderState
from state.shipping.cancel_booking import CancelBookingState
from state.shipping.drift import DriftState
from state.shipping.parcel import ParcelState
from tests.small_shop import Shop
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WHY = {"reason": "ordered twice"}


async def over(desk: Desk, shop: Shop, courier: CourierDesk, key: str) -> tuple[Browser, Done]:
    """A tab on the page of an order that `key` has, its dialog open."""
    order = shop.bring_to("packed", ("MUG", 1), payment={"method": "cod"})
    context = Context(shop.owner, shop.clock)
    await asyncio.to_thread(book.ship_by_courier, courier, shop.db, context, order.number, key)
    tab = await desk.browser("packer")
    await tab.arrive(f"/orders/{order.number}")
    await tab.call(CancelBookingState.open, number=order.number)
    return tab, order


async def test_the_courier_is_asked_and_the_order_waits_to_be_shipped(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    tab, order = await over(desk, shop, practice_courier, "redx")
    assert tab.sees(OrderState, "cancels") == tab.sees(CancelBookingState, "how") == "by_api"
    await tab.call(CancelBookingState.cancel, form=tab.shown(CancelBookingState, {"reason": ""}))
    assert tab.sees(CancelBookingState, "errors")["reason"] and tab.sees(CancelBookingState, "is_open") is True
    await tab.call(CancelBookingState.cancel, form=tab.shown(CancelBookingState, WHY))
    assert tab.told[-1] == f"#{order.number}: RedX cancelled it. #{order.number} waits to be shipped again."
    assert tab.sees(CancelBookingState, "is_open") is False and shop.order(order).status == "confirmed"


async def test_a_refusal_stays_in_the_dialog_and_nothing_changes(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    tab, order = await over(desk, shop, practice_courier, "redx")
    practice_courier.practice("redx").faults.add(Fault("fail", "/parcels", http_status=422))
    await tab.call(CancelBookingState.cancel, form=tab.shown(CancelBookingState, WHY))
    assert "Told to fail" in tab.sees(CancelBookingState, "failure") and shop.order(order).status == "shipped"


async def test_what_is_not_known_is_asked_of_a_person(desk: Desk, shop: Shop, practice_courier: CourierDesk) -> None:
    tab, order = await over(desk, shop, practice_courier, "redx")
    practice_courier.practice("redx").faults.add(Fault("drop", "/parcels"))
    await tab.call(CancelBookingState.cancel, form=tab.shown(CancelBookingState, WHY))
    assert "Nobody knows" in tab.told[-1]
    await tab.call(CancelBookingState.open, number=order.number)
    assert tab.sees(CancelBookingState, "how") == "asked"
    await tab.call(CancelBookingState.not_cancelled, form=tab.shown(CancelBookingState, {}))
    assert tab.told[-1] == f"The parcel of #{order.number} goes on."
    await tab.call(CancelBookingState.open, number=order.number)
    assert tab.sees(CancelBookingState, "how") == "by_api"


async def test_a_courier_without_the_call_is_told_in_words(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    tab, order = await over(desk, shop, practice_courier, "steadfast")
    assert tab.sees(CancelBookingState, "how") == "by_words"
    assert tab.sees(CancelBookingState, "to_copy").startswith("Please cancel parcel ")
    await tab.call(CancelBookingState.they_cancelled, form=tab.shown(CancelBookingState, WHY))
    assert shop.order(order).status == "confirmed"
    await tab.arrive("/shipping")
    await tab.call(ParcelState.open, number=order.number)
    assert tab.sees(ParcelState, "cancels") == ""
    await tab.call(CancelBookingState.open, number=order.number)
    assert "cannot be cancelled any more" in tab.told[-1]


async def test_what_changed_on_the_way_is_told_now_and_differs_no_more(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    tab, order = await over(desk, shop, practice_courier, "redx")
    await tab.call(CancelBookingState.close)
    row = shop.order(order)
    shop.do(order, c.CorrectAddress(name=row.name, phone=row.phone, line="House 9", district="Dhaka"))
    await tab.arrive(f"/orders/{order.number}")
    (differs,) = tab.sees(OrderState, "drift")
    assert (differs["label"], differs["now"], differs["by_api"]) == ("Address", "House 9, Dhaka", "1")
    await tab.call(DriftState.tell_now, number=order.number, version=1)
    assert "changed while you looked" in tab.told[-1]
    await tab.call(DriftState.tell_now, number=order.number, version=tab.sees(OrderState, "version"))
    assert tab.told[-1] == f"#{order.number}: RedX was told: address."
    await tab.arrive(f"/orders/{order.number}")
    assert tab.sees(OrderState, "drift") == []
