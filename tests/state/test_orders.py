"""The desk's states: the list and its address, bulk confirm, stale clicks, verify payment, order entry, the bell."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from dokango.clock import ManualClock
from dokango.db import Database, table_of
from dokango.notify.messages import Letterhead, render
from dokango.notify.models import Message
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.faces import SEND
from dokango.orders.reading.review import review
from dokango.people.actor import Actor
from dokango_web.dokango_web import app
from state.bell import BellState
from state.kit import live
from state.orders.entry import OrderEntryState
from state.orders.lists import OrdersState
from state.orders.order import OrderState
from state.orders.steps import OrderStepsState
from state.orders.text import buttons_of
from state.orders.verify import VerifyState
from tests.small_shop import Shop, open_shop
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
COD = {"payment": {"method": "cod"}}


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


def claimed(number: int) -> dict[str, Any]:
    return {"payment": {"method": "bkash", "transaction_id": f"BLU1H6X8A{number}", "sender": "01711000000"}}


def shown(tab: Browser) -> list[str]:
    return [row["number"] for row in tab.sees(OrdersState, "rows")]


def row(tab: Browser, number: str) -> dict[str, str]:
    return next(row for row in tab.sees(OrdersState, "rows") if row["number"] == number)


async def told_of(*topics: str) -> None:
    """What the live task does after a commit."""
    await live.refresh(app, set(topics))


async def test_the_address_decides_tab_filter_and_sort(desk: Desk, shop: Shop) -> None:
    first, second = shop.place(("MUG", 1), **COD), shop.place(("MUG", 1), **COD)
    shop.place(("MUG", 1))
    tab = await desk.browser("manager")

    await tab.arrive("/orders?tab=to_confirm")
    assert shown(tab) == [first.number, second.number]
    assert tab.sees(OrdersState, "counts")["unpaid"] == 1
    await tab.arrive("/orders?tab=to_confirm&sort=newest")
    assert shown(tab) == [second.number, first.number]
    await tab.arrive("/orders?tab=all&method=bkash")
    assert len(shown(tab)) == 1
    assert [chip["words"] for chip in tab.sees(OrdersState, "chips")] == ["bKash"]


@pytest.mark.parametrize("query", ["tab=nowhere", "from=never", "sort=sideways", "peek=%00", "tab="])
async def test_an_odd_address_shows_a_list_all_the_same(desk: Desk, shop: Shop, query: str) -> None:
    shop.place(("MUG", 1), **claimed(1))
    tab = await desk.browser("viewer")

    await tab.arrive(f"/orders?{query}")

    assert len(shown(tab)) == 1


async def test_a_search_goes_into_the_address_and_looks_in_all_orders(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("manager")
    await tab.arrive("/orders?tab=to_pack")

    await tab.call(OrdersState.find, typed="Rahima")

    assert tab.redirects == ["/orders?tab=all&q=Rahima"]


async def test_a_stale_click_is_refused_with_who_did_what(desk: Desk, shop: Shop) -> None:
    done = shop.place(("MUG", 1), **COD)
    shop.do(done, c.Hold(reason="address"))
    tab = await desk.browser("manager")

    await tab.call(OrderStepsState.act, action="confirm", number=done.number, version=done.version)

    assert shop.order(done).status == "pending"
    assert "Olin Owner did “hold”" in tab.told[0]


async def test_rows_change_in_place_and_new_ones_wait_for_a_click(desk: Desk, shop: Shop) -> None:
    first, second = shop.place(("MUG", 1), **COD), shop.place(("MUG", 1), **COD)
    tab = await desk.browser("manager")
    await tab.arrive("/orders?tab=to_confirm&sort=newest")
    shop.do(first, c.Confirm())
    third = shop.place(("MUG", 1), **COD)

    await told_of("orders")

    assert shown(tab) == [second.number, first.number]
    assert (row(tab, first.number)["status"], row(tab, first.number)["left"]) == ("confirmed", "1")
    assert (row(tab, first.number)["fresh"], row(tab, second.number)["fresh"]) == ("1", "")
    assert tab.sees(OrdersState, "news") == "1 new order"
    await tab.call(OrdersState.bring_in)
    assert shown(tab) == [third.number, second.number]


async def test_a_review_shows_all_of_an_order_and_its_next_step(desk: Desk, shop: Shop) -> None:
    done = shop.place(("MUG", 2), note="Ring twice", **claimed(1))
    tab = await desk.browser("manager")

    await tab.arrive(f"/orders/{done.number}")

    order = tab.sees(OrderState, "order")
    assert (order["phone_said"], order["total"], order["note"]) == ("01711-000000", "৳1,700", "Ring twice")
    assert tab.sees(OrderState, "first")["action"] == "verify_payment"
    assert {v["level"] for v in tab.sees(OrderState, "verdicts")} == {"good"}
    assert tab.sees(OrderState, "lines")[0]["stock"] == "50 on the shelf, 48 free"


async def test_a_packed_order_is_sent_by_the_courier_there_is_one_dialog_away(desk: Desk, shop: Shop) -> None:
    done = shop.bring_to("packed", ("MUG", 1))
    tab = await desk.browser("packer")
    await tab.arrive(f"/orders/{done.number}")

    first, beside = tab.sees(OrderState, "first"), tab.sees(OrderState, "outlined")
    assert (first["label"], first["opens"], first["key"], first["action"]) == ("Send by a courier", SEND, "s", "ship")
    by_hand = next(button for button in beside if button["action"] == "ship")
    assert (by_hand["label"], by_hand["opens"], by_hand["key"]) == ("Mark as shipped…", "ship", "")


def test_without_a_courier_to_call_the_parcel_is_handed_over_by_hand(shop: Shop, owner: Actor) -> None:
    done = shop.bring_to("packed", ("MUG", 1))
    first, beside, _ = buttons_of(shop.db.read(lambda tx: review(tx, owner, shop.clock, done.number)), "")
    assert (first["label"], first["opens"], first["key"]) == ("Mark as shipped…", "ship", "s")
    assert [button for button in beside if button["action"] == "ship"] == []


async def test_a_viewer_sees_an_order_without_any_button(desk: Desk, shop: Shop) -> None:
    done = shop.place(("MUG", 1), **COD)
    tab = await desk.browser("viewer")

    await tab.arrive(f"/orders/{done.number}")
    await tab.call(OrderStepsState.act, action="confirm", number=done.number, version=1)

    assert (tab.sees(OrderState, "first")["action"], tab.sees(OrderState, "outlined")) == ("", [])
    assert shop.order(done).status == "pending"


async def test_an_unknown_order_says_so(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("viewer")
    await tab.arrive("/orders/99999")

    assert "There is no order 99999" in tab.sees(OrderState, "missing")


async def test_a_cancel_without_a_reason_is_asked_again_and_nothing_happens(desk: Desk, shop: Shop) -> None:
    done = shop.place(("MUG", 1), **COD)
    tab = await desk.browser("manager")
    await tab.call(OrderStepsState.ask, dialog="cancel", number=done.number, version=1)

    await tab.call(OrderStepsState.cancel, form=tab.shown(OrderStepsState, {"reason": "  "}))
    assert tab.sees(OrderStepsState, "errors")["reason"].startswith("Say why")
    assert shop.order(done).status == "pending"

    await tab.call(OrderStepsState.cancel, form=tab.shown(OrderStepsState, {"reason": "changed their mind"}))
    assert shop.order(done).status == "cancelled"
    assert tab.sees(OrderStepsState, "dialog") == ""


async def test_a_part_of_a_delivered_order_comes_back(desk: Desk, shop: Shop) -> None:
    done = shop.bring_to("delivered", ("MUG", 2))
    tab = await desk.browser("manager")
    await tab.arrive(f"/orders/{done.number}")
    await tab.call(OrderStepsState.ask, dialog="receive_return", number=done.number, version=done.version)

    await tab.call(
        OrderStepsState.receive_return,
        form=tab.shown(OrderStepsState, {"good MUG": "1", "bad MUG": "0", "reason": "chipped"}),
    )

    assert shop.order(done).refund_due_poisha == 80_000
    await tab.call(OrderStepsState.ask, dialog="refund", number=done.number, version=done.version + 1)
    await tab.call(
        OrderStepsState.refund,
        form=tab.shown(OrderStepsState, {"method": "bkash", "amount_poisha": "900", "reference": "SENT123456"}),
    )
    assert "Only ৳800 is due back" in tab.sees(OrderStepsState, "failure")
    await tab.call(
        OrderStepsState.refund,
        form=tab.shown(OrderStepsState, {"method": "bkash", "amount_poisha": "800", "reference": "SENT123456"}),
    )
    assert shop.order(done).money == "paid"


@pytest.mark.parametrize(("typed", "said"), [("2 pcs", "not a whole number"), ("1.5", "not a whole number")])
async def test_pieces_that_are_no_number_are_asked_for_again(desk: Desk, shop: Shop, typed: str, said: str) -> None:
    done = shop.bring_to("delivered", ("MUG", 2))
    tab = await desk.browser("manager")
    await tab.arrive(f"/orders/{done.number}")
    await tab.call(OrderStepsState.ask, dialog="receive_return", number=done.number, version=done.version)
    await tab.call(OrderStepsState.receive_return, form=tab.shown(OrderStepsState, {"good MUG": typed, "bad MUG": "0"}))
    assert said in tab.sees(OrderStepsState, "errors")["lines"]
    await tab.call(OrderStepsState.receive_return, form=tab.shown(OrderStepsState, {"good MUG": "১", "bad MUG": " 1 "}))
    assert shop.order(done).status == "returned"

    await tab.call(OrderEntryState.show)
    await tab.call(OrderEntryState.find, typed="mug")
    await tab.call(OrderEntryState.add, sku="MUG")
    await tab.call(OrderEntryState.count, sku="MUG", typed=typed)
    assert said in tab.sees(OrderEntryState, "errors")["lines"]
    assert tab.sees(OrderEntryState, "lines")[0]["quantity"] == "1"
    await tab.call(OrderEntryState.count, sku="MUG", typed="১২")
    assert (tab.sees(OrderEntryState, "errors")["lines"], tab.sees(OrderEntryState, "lines")[0]["quantity"]) == (
        "",
        "12",
    )


async def test_staff_enter_an_order_once_however_often_it_is_sent(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("manager")
    await tab.call(OrderEntryState.show)
    await tab.call(OrderEntryState.find, typed="mug")
    await tab.call(OrderEntryState.add, sku="MUG")
    form = {"name": "Karim", "phone": "0171", "line": "House 1, Road 2", "district": "Dhaka", "method": "cod",
            "channel": "counter"}  # fmt: skip

    await tab.call(OrderEntryState.choose_district, district="Dhaka")
    form |= {name: tab.sees(OrderEntryState, name) for name in ("total_poisha", "advance")}
    await tab.call(OrderEntryState.place, form=form)
    assert "not a mobile number" in tab.sees(OrderEntryState, "errors")["phone"]
    await tab.call(OrderEntryState.place, form={**form, "phone": "01711000000"})
    await tab.call(OrderEntryState.place, form={**form, "phone": "01711000000"})

    assert shop.order("1001").channel == "counter"
    assert shop.level("MUG")[1] == 1


async def test_the_bell_counts_until_it_is_read(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("packer")
    shop.place(("MUG", 1))
    await tab.call(BellState.load)
    assert tab.sees(BellState, "unread") == 1

    await tab.call(BellState.show, is_open=True)
    assert tab.sees(BellState, "lines")[0]["words"] == "Order #1001 from Rahima Akter came in"
    await tab.call(BellState.show, is_open=False)
    await tab.call(BellState.load)
    assert tab.sees(BellState, "unread") == 0


async def test_a_message_to_the_customer_goes_to_the_outbox_and_the_timeline(desk: Desk, shop: Shop) -> None:
    done = shop.place(("MUG", 1), **COD)
    tab = await desk.browser("manager")
    await tab.arrive(f"/orders/{done.number}")
    await tab.call(OrderStepsState.ask, dialog="message", number=done.number, version=done.version)

    await tab.call(OrderStepsState.message, form=tab.shown(OrderStepsState, {"text": "Which floor is it?"}))

    messages = table_of(Message)
    found = shop.db.read(lambda tx: tx.one(select(messages).where(messages.c.template == "message_from_shop")))
    words = render("customer", found.template, found.data, Letterhead("Shop", "", "http://x"))
    assert "Which floor is it?" in words.body
    await tab.arrive(f"/orders/{done.number}")
    assert tab.sees(OrderState, "events")[0]["note"] == "To the customer: Which floor is it?"


async def test_a_dialog_left_open_does_not_follow_to_the_next_page(desk: Desk, shop: Shop) -> None:
    done = shop.place(("MUG", 1), **claimed(1))
    tab = await desk.browser("manager")
    await tab.arrive("/orders")
    await tab.call(VerifyState.show, number=done.number)
    await tab.arrive("/orders?tab=all")
    assert tab.sees(VerifyState, "is_open") is True

    await tab.arrive(f"/orders/{done.number}")

    assert tab.sees(VerifyState, "is_open") is False


async def test_the_lines_of_a_new_order_come_back_after_a_restart_at_todays_prices(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("manager")
    await tab.arrive("/orders")
    await tab.call(OrderEntryState.show)
    await tab.call(OrderEntryState.find, typed="mug")
    await tab.call(OrderEntryState.add, sku="MUG")
    await tab.call(OrderEntryState.count, sku="MUG", typed="3")
    kept, lines = tab.sees(OrderEntryState, "kept"), tab.sees(OrderEntryState, "lines")
    after = await desk.browser("manager")
    await after.arrive("/orders")
    await after.call(OrderEntryState.show)
    assert after.sees(OrderEntryState, "kept") == ""
    for said in ("nonsense", '{"GONE":1,"MUG":-1}', {"not": "text"}, kept, kept.replace("3", "5")):
        await after.call(OrderEntryState.bring_back, kept=said)
    assert after.sees(OrderEntryState, "lines") == lines
    assert after.sees(OrderEntryState, "total") == tab.sees(OrderEntryState, "total")
