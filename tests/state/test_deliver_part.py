"""The dialog of a parcel that was kept in part: what it is filled in with, what it shows before, and what it books."""

from __future__ import annotations

import anyio.to_thread
import pytest

from dokango.clock import ManualClock
from dokango.couriers.desk import CourierDesk
from dokango.db import Database
from dokango.orders import Done
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from state.orders.deliver_part import DeliverPartState
from state.orders.order import OrderState
from state.orders.steps import OrderStepsState
from tests.core.couriered import COD, Couriered, notification
from tests.core.ledgers import ledger, owes
from tests.small_shop import Shop, open_shop
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


async def asking(desk: Desk, order: Done) -> Browser:
    """A manager before the open dialog."""
    tab = await desk.browser("manager")
    await tab.arrive(f"/orders/{order.number}")
    await tab.call(DeliverPartState.open, number=order.number)
    return tab


async def sent(tab: Browser, *, kept: str, collected: str) -> None:
    """The form is sent as it is shown, with these words in it."""
    typed = {"kept MUG": kept, "collected_poisha": collected, "note": ""}
    await tab.call(DeliverPartState.deliver, form=tab.shown(DeliverPartState, typed))


def seen(tab: Browser, name: str) -> list[str]:
    return [" ".join(row.values()).strip() for row in tab.sees(DeliverPartState, name)]


async def test_what_it_would_write_is_shown_as_the_fields_are_left_and_then_booked(desk: Desk, shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 3), **COD)
    tab = await asking(desk, order)
    assert (tab.sees(DeliverPartState, "told"), tab.sees(DeliverPartState, "collected")) == ("৳2,500", "")
    assert seen(tab, "postings") == [], "nothing was said of what was collected"
    await tab.call(DeliverPartState.weigh, name="kept MUG", typed="1")
    await tab.call(DeliverPartState.weigh, name="collected_poisha", typed="900")
    assert seen(tab, "moves") == ["1 × MUG: sold at cost ৳500", "2 × MUG: comes back"]
    assert seen(tab, "postings") == [
        "Returns Owed by customers ৳1,600.00",
        "Cash with Rider Owed by customers ৳900.00",
        "Cost of goods sold Inventory ৳500.00",
    ]
    assert seen(tab, "after") == ["The courier owes ৳900"]
    assert shop.order(order).status == "shipped" and ledger(shop, order, "deliver_part") == []
    await tab.call(
        DeliverPartState.deliver,
        form=tab.shown(DeliverPartState, {"kept MUG": "1", "collected_poisha": "900", "note": ""}),
    )
    assert (shop.order(order).status, owes(shop, order)) == ("delivered", {"courier": 900.0})
    assert not tab.sees(DeliverPartState, "is_open")
    await tab.arrive(f"/orders/{order.number}")
    assert tab.sees(OrderState, "lines")[0]["back"] == "2 coming back"
    assert tab.sees(OrderState, "lines")[0]["left"] == "2", "a return is filled in with what is on its way"


async def test_what_cannot_be_stands_under_its_field_and_nothing_is_booked(desk: Desk, shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 3), **COD)
    tab = await asking(desk, order)
    await tab.call(
        DeliverPartState.deliver, form=tab.shown(DeliverPartState, {"kept MUG": "4", "collected_poisha": "900"})
    )
    assert "Only 3 of MUG were in the parcel" in tab.sees(DeliverPartState, "errors")["lines"]
    await tab.call(
        DeliverPartState.deliver, form=tab.shown(DeliverPartState, {"kept MUG": "1", "collected_poisha": "900.50"})
    )
    assert "whole taka" in tab.sees(DeliverPartState, "errors")["collected_poisha"]
    await tab.call(
        DeliverPartState.deliver, form=tab.shown(DeliverPartState, {"kept MUG": "1", "collected_poisha": ""})
    )
    assert tab.sees(DeliverPartState, "errors")["collected_poisha"]
    assert shop.order(order).status == "shipped"


async def test_the_couriers_words_fill_in_the_amount(desk: Desk, shop: Shop, practice_courier: CourierDesk) -> None:
    couriered = Couriered(shop, practice_courier)
    order = shop.bring_to("packed", ("MUG", 3), **COD)
    await anyio.to_thread.run_sync(lambda: couriered.ship(order))
    words = "Amount has been changed from 2500 to 900"
    couriered.hear(notification(couriered, order, "partial_delivered", tracking_message=words))
    tab = await asking(desk, order)
    assert (tab.sees(DeliverPartState, "collected"), tab.sees(DeliverPartState, "said")) == ("900", "৳900")


async def test_an_order_that_is_not_on_its_way_is_not_asked_about(desk: Desk, shop: Shop) -> None:
    tab = await asking(desk, shop.bring_to("delivered", ("MUG", 1), **COD))
    assert not tab.sees(DeliverPartState, "is_open")


async def test_both_amounts_are_shown_on_the_order_until_one_of_them_is_chosen(desk: Desk, shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 1), **COD)
    shop.settle(order, 80_000, "ONTHEWAY12")
    tab = await desk.browser("manager")
    await tab.arrive(f"/orders/{order.number}")
    parcel = tab.sees(OrderState, "parcel")
    assert (parcel["told"], parcel["should"], parcel["should_poisha"]) == ("৳900", "৳100", "10000")
    assert parcel["lowered"] == "The courier was told: collects ৳100"
    assert "please collect ৳100 instead of ৳900" in parcel["to_copy"]
    version = tab.sees(OrderState, "version")
    await tab.call(OrderStepsState.say_collects, number=order.number, version=version, collects_poisha=10_000)
    shop.do(order, c.Deliver())
    assert owes(shop, order) == {"courier": 100.0}
    await tab.arrive(f"/orders/{order.number}")
    assert tab.sees(OrderState, "parcel")["should"] == ""


async def test_who_may_not_deliver_does_not_get_as_far(desk: Desk, shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 1), **COD)
    tab = await desk.browser("packer")
    await tab.call(DeliverPartState.open, number=order.number)
    await tab.call(OrderStepsState.say_collects, number=order.number, version=1, collects_poisha=0)
    assert not tab.states.get("is_open") and shop.order(order).told_poisha == 90_000
