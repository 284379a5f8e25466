"""The shipping page's states in process: what is typed is kept, stale clicks are refused, changes reach other tabs."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from dokango import topics
from dokango.clock import ManualClock
from dokango.couriers import contact
from dokango.couriers.desk import CourierDesk
from dokango.couriers.practice.faults import Fault
from dokango.db import Tx
from dokango.orders import Context
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels import book, lists
from dokango.orders.parcels.follow import follow_parcels
from dokango_web.dokango_web import app
from state.kit import live
from state.orders.order import OrderState
from state.problems.lists import ProblemsState
from state.shipping.drift import DriftState
from state.shipping.handover import HandoverState
from state.shipping.lists import ShippingState
from state.shipping.parcel import ParcelState
from state.shipping.scan_out import ScanOutState
from state.shipping.sending.bulk import BulkState
from state.shipping.sending.send import SendState
from tests.core.couriered import Couriered
from tests.small_shop import Shop
from tests.state.desk import Browser, Desk

SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
pytestmark = SQLITE_ALONE
COD = {"payment": {"method": "cod"}}


def booked(practice_courier: CourierDesk) -> list[Any]:
    return practice_courier.practice().store.rows("SELECT * FROM parcel")


async def opened(desk: Desk, number: str, role: str = "packer") -> Browser:
    """A tab with the dialog open on `number`."""
    tab = await desk.browser(role)
    await tab.arrive("/shipping")
    await tab.call(SendState.open, number=number)
    return tab


def form(tab: Browser, **changes: str) -> dict[str, str]:
    return tab.shown(SendState, {**tab.sees(SendState, "values"), **changes})


def over_many(tab: Browser) -> dict[str, str]:
    """What the dialog over many sends: each order that can go, as it was looked over."""
    ready = {f"order {row['number']}": row["version"] for row in tab.sees(BulkState, "rows") if row["version"]}
    return ready | {"press": tab.sees(BulkState, "press")}


async def test_the_dialog_is_pre_filled_and_sends_what_was_typed(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    number = shop.bring_to("packed", ("SARI", 1), **COD).number
    tab = await opened(desk, number)
    assert tab.sees(SendState, "values")["collects"] == "1,300"
    await tab.call(SendState.send, form=form(tab, note="Gate 2", collects="৳1,300"))
    (parcel,) = booked(practice_courier)
    assert (parcel["note"], parcel["cod_amount"]) == ("Gate 2", 1300)
    assert tab.told[-1].startswith(f"#{number}: Steadfast has the parcel")
    assert tab.sees(SendState, "is_open") is False and tab.sees(ShippingState, "rows") == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"collects": "a lot"}, "collects"),
        ({"collects": "-5"}, "collects"),
        ({"recipient_phone": "12"}, "recipient_phone"),
        ({"recipient_address": "x" * 500}, "recipient_address"),
        ({"recipient_name": ""}, "recipient_name"),
    ],
)
async def test_what_cannot_be_sent_is_said_at_its_field_and_kept(
    desk: Desk, shop: Shop, practice_courier: CourierDesk, change: dict[str, str], field: str
) -> None:
    tab = await opened(desk, shop.bring_to("packed").number)
    await tab.call(SendState.send, form=form(tab, **change))
    errors = tab.sees(SendState, "errors")
    assert [name for name, words in errors.items() if words] == [field]
    assert tab.sees(SendState, "values")[field] == change[field] and tab.sees(SendState, "is_open") is True
    assert booked(practice_courier) == []


async def test_a_dialog_that_stood_open_while_somebody_acted_is_refused_with_their_name(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    order = shop.bring_to("packed")
    tab = await opened(desk, order.number)
    shop.do(order, c.Hold(reason="address"))
    await tab.call(SendState.send, form=form(tab))
    assert shop.owner.name in tab.sees(SendState, "failure") and tab.sees(SendState, "is_open") is True
    assert booked(practice_courier) == []


async def test_a_button_pressed_twice_books_once(desk: Desk, shop: Shop, practice_courier: CourierDesk) -> None:
    tab = await opened(desk, shop.bring_to("packed").number)
    given = form(tab)
    await asyncio.gather(*(tab.call(SendState.send, form=given) for _ in range(3)))
    assert len(booked(practice_courier)) == 1


async def test_a_refusal_stays_in_the_dialog_with_the_couriers_words(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    tab = await opened(desk, shop.bring_to("packed").number)
    practice_courier.practice().faults.add(Fault("fail", "create_order", http_status=422))
    await tab.call(SendState.send, form=form(tab, note="kept"))
    assert "Steadfast refused" in tab.sees(SendState, "failure")
    assert tab.sees(SendState, "values")["note"] == "kept" and tab.sees(SendState, "pending") is False


async def test_what_is_not_packed_opens_no_dialog(desk: Desk, shop: Shop) -> None:
    tab = await opened(desk, shop.bring_to("confirmed").number)
    assert tab.sees(SendState, "is_open") is False and "not packed" in tab.told[-1]


async def test_many_go_with_a_result_for_each(desk: Desk, shop: Shop, practice_courier: CourierDesk) -> None:
    good, bad = shop.bring_to("packed").number, shop.bring_to("packed", customer={"name": "x", "phone": "01711000000"})
    shop.do(bad, c.Hold(reason="address"))
    shop.do(bad, c.Release())
    tab = await desk.browser("packer")
    await tab.arrive("/shipping")
    await tab.call(ShippingState.choose_all, on=True)
    await tab.call(BulkState.open)
    shop.do(bad, c.Hold(reason="address"))  # meanwhile
    sent = over_many(tab)
    await tab.call(BulkState.send, form=sent)
    levels = {row["number"]: row["level"] for row in tab.sees(BulkState, "rows")}
    assert levels == {good: "good", bad.number: "bad"}
    assert len(booked(practice_courier)) == 1
    await tab.call(BulkState.send, form=sent)
    assert len(booked(practice_courier)) == 1


def how_they_stand(tab: Browser) -> dict[str, str]:
    return {row["number"]: row["level"] for row in tab.sees(BulkState, "rows")}


async def test_what_did_not_go_is_looked_at_alone_and_goes_the_second_time(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    numbers = [shop.bring_to("packed").number for _ in range(3)]
    tab = await desk.browser("packer")
    await tab.arrive("/shipping")
    await tab.call(ShippingState.choose_all, on=True)
    await tab.call(BulkState.open)
    shop.do(numbers[0], c.Hold(reason="address"))  # meanwhile
    await tab.call(BulkState.send, form=over_many(tab))
    assert tab.sees(BulkState, "failed") == 1 and tab.sees(BulkState, "done") == 3
    shop.do(numbers[0], c.Release())
    await tab.call(BulkState.again)
    assert how_they_stand(tab) == {numbers[0]: "info"} and tab.sees(BulkState, "finished") is False
    await tab.call(BulkState.send, form=over_many(tab))
    assert how_they_stand(tab) == {numbers[0]: "good"} and tab.sees(BulkState, "failed") == 0
    assert len(booked(practice_courier)) == 3


async def test_a_call_without_an_answer_is_sent_again_under_the_same_names(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    numbers = [shop.bring_to("packed").number for _ in range(2)]
    tab = await desk.browser("packer")
    await tab.arrive("/shipping")
    await tab.call(ShippingState.choose_all, on=True)
    await tab.call(BulkState.open)
    practice_courier.practice().faults.add(Fault("drop", "bulk-order", lands=True))
    await tab.call(BulkState.send, form=over_many(tab))
    assert set(how_they_stand(tab).values()) == {"warn"} and tab.sees(BulkState, "failed") == 2
    await tab.call(BulkState.again)
    assert all("not known" in row["words"] for row in tab.sees(BulkState, "rows"))
    await tab.call(BulkState.send, form=over_many(tab))
    assert how_they_stand(tab) == dict.fromkeys(numbers, "good") and len(booked(practice_courier)) == 2


async def test_all_that_wait_go_at_once_and_not_those_of_one_page_alone(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    for _ in range(17):
        shop.bring_to("packed", ("MUG", 1))
    for _ in range(10):
        shop.bring_to("packed", ("SARI", 1))
    tab = await desk.browser("packer")
    await tab.arrive("/shipping")
    await tab.call(ShippingState.choose_all, on=True)
    assert len(tab.sees(ShippingState, "chosen")) == 25
    await tab.call(BulkState.open_all)
    assert tab.sees(BulkState, "ready") == 27
    await tab.call(BulkState.send, form=over_many(tab))
    assert set(how_they_stand(tab).values()) == {"good"} and len(booked(practice_courier)) == 27


async def test_another_tab_sees_a_parcel_move_in_place_and_new_orders_wait_for_a_click(desk: Desk, shop: Shop) -> None:
    shop.bring_to("packed")
    tab = await desk.browser("packer")
    await tab.arrive("/shipping")
    (before,) = tab.sees(ShippingState, "rows")
    moved = before["number"]
    later = shop.bring_to("packed").number
    shop.do(moved, c.Ship(courier="manual", carrier="Rider"))
    await live.refresh(app, {"orders"})
    (row,) = tab.sees(ShippingState, "rows")
    assert (row["number"], row["work"], row["courier"], row["fresh"]) == (moved, "shipped", "Rider", "1")
    assert tab.sees(ShippingState, "news") == "1 more order"
    await tab.call(ShippingState.bring_in)
    assert [row["number"] for row in tab.sees(ShippingState, "rows")] == [later]


async def test_the_drawer_tells_what_happened_and_performs_on_what_was_seen(desk: Desk, shop: Shop) -> None:
    order = shop.bring_to("shipped")
    tab = await desk.browser("manager")
    await tab.arrive("/shipping?tab=in_transit")
    await tab.call(ParcelState.open, number=order.number)
    await tab.call(ParcelState.ask, what="note_problem")
    await tab.call(ParcelState.note_problem, form=tab.shown(ParcelState, {"reason": " "}))
    assert "Say what happened" in tab.sees(ParcelState, "errors")["reason"]
    await tab.call(ParcelState.note_problem, form=tab.shown(ParcelState, {"reason": "Nobody home"}))
    assert tab.sees(ParcelState, "problem") == "Nobody home" and tab.sees(ParcelState, "asking") == ""
    [wait] = tab.sees(ParcelState, "waits")  # it is answered on the desk of problems, with a word, and nowhere else
    await tab.arrive(wait["href"])
    assert [row["number"] for row in tab.sees(ProblemsState, "rows")] == [order.number]
    await tab.arrive("/shipping?tab=in_transit")
    shop.do(order, c.AddNote(text="somebody else was here"))
    await tab.call(ParcelState.ask, what="deliver")
    await tab.call(ParcelState.deliver, form=tab.shown(ParcelState, {}))
    assert "changed while you looked" in tab.sees(ParcelState, "failure") and shop.order(order).status == "shipped"
    await tab.call(ParcelState.open, number=order.number)
    await tab.call(ParcelState.ask, what="deliver")
    await tab.call(ParcelState.deliver, form=tab.shown(ParcelState, {}))
    assert shop.order(order).status == "delivered"


async def test_who_may_ship_may_not_deliver_or_take_back_by_that(desk: Desk, shop: Shop) -> None:
    order = shop.bring_to("shipped")
    tab = await desk.browser("packer")
    await tab.arrive("/shipping?tab=in_transit")
    await tab.call(ParcelState.open, number=order.number)
    for handler, payload in (
        (ParcelState.deliver, {"form": {}}),
        (ParcelState.came_back, {"form": {"shelf": "restock"}}),
    ):
        await tab.call(handler, **payload)
        assert "may not" in tab.told[-1]
    assert shop.order(order).status == "shipped"


@pytest.mark.parametrize(
    "typed", [{"carrier": " "}, {"carrier": "x" * 61}, {"carrier": "R", "tracking_code": "y" * 81}]
)
async def test_a_handover_says_what_is_wrong_by_field(desk: Desk, shop: Shop, typed: dict[str, str]) -> None:
    number = shop.bring_to("packed").number
    tab = await desk.browser("packer")
    await tab.call(HandoverState.open, number=number)
    await tab.call(HandoverState.hand_over, form=tab.shown(HandoverState, typed))
    assert any(tab.sees(HandoverState, "errors").values()) and tab.sees(HandoverState, "is_open") is True
    assert shop.order(number).status == "confirmed"


async def test_an_odd_address_of_a_list_shows_the_first_one(desk: Desk, shop: Shop) -> None:
    shop.bring_to("packed")
    tab = await desk.browser("owner")
    await tab.arrive("/shipping?tab=nonsense")
    assert tab.sees(ShippingState, "tab") == lists.TO_SHIP and len(tab.sees(ShippingState, "rows")) == 1
    await tab.arrive("/shipping?cursor=rubbish")
    assert len(tab.sees(ShippingState, "rows")) == 1


async def test_what_was_ticked_on_another_page_is_ticked_here(desk: Desk, shop: Shop) -> None:
    numbers = [shop.bring_to("packed").number for _ in range(3)]
    tab = await desk.browser("packer")
    await tab.arrive(f"/shipping?chosen={numbers[0]},{numbers[2]},9999")
    assert tab.sees(ShippingState, "chosen") == [numbers[0], numbers[2]]


async def test_a_courier_that_does_not_answer_is_said_on_the_page_and_at_each_of_its_parcels(
    desk: Desk, shop: Shop, clock: ManualClock, practice_courier: CourierDesk
) -> None:
    number = shop.bring_to("packed").number
    context = Context(shop.owner, clock)
    await asyncio.to_thread(book.ship_by_courier, practice_courier, shop.db, context, number, "steadfast")
    tab = await desk.browser("packer")
    await tab.arrive("/shipping?tab=in_transit")
    assert tab.sees(ShippingState, "rows")[0]["asked"] == "confirmed just now"
    practice_courier.practice().faults.add(Fault("fail", "status", http_status=503, times=9))
    clock.advance(3_600)
    assert await asyncio.to_thread(follow_parcels, practice_courier, shop.db, clock) == 0
    await tab.call(ShippingState.load)
    (line,) = tab.sees(ShippingState, "lines")
    assert line["level"] == "bad" and "Steadfast has not answered since" in line["words"]
    assert "1 parcel will be asked about first" in line["words"]
    asked = tab.sees(ShippingState, "rows")[0]["asked"]
    assert asked.startswith("confirmed 1 h ago; no answer since")
    practice_courier.practice().faults.clear()
    clock.advance(60)
    assert await asyncio.to_thread(follow_parcels, practice_courier, shop.db, clock) == 1
    await tab.call(ShippingState.load)
    (line,) = tab.sees(ShippingState, "lines")
    assert (line["level"], line["words"]) == ("info", "Steadfast answered just now; no webhook came yet.")


async def test_a_webhook_that_misses_moves_is_said_with_where_to_set_it(
    desk: Desk, shop: Shop, clock: ManualClock, practice_courier: CourierDesk
) -> None:
    def found_by_asking(tx: Tx) -> None:
        contact.begin_round(tx, "steadfast", "me", clock.now_us(), clock.now_us(), 0)
        contact.note_answered(tx, "steadfast", clock.now_us())
        contact.note_found(tx, "steadfast", 3, clock.now_us())

    shop.db.write(found_by_asking)
    tab = await desk.browser("packer")
    await tab.arrive("/shipping")
    assert [line["level"] for line in tab.sees(ShippingState, "lines")] == ["info"], "not yet: it may be on its way"
    clock.advance(1_000)
    await tab.call(ShippingState.load)
    missing, _ = tab.sees(ShippingState, "lines")
    assert missing["level"] == "warn" and "3 parcels moved since without it" in missing["words"]
    assert "/api/v1/webhooks/steadfast" in missing["words"]


async def test_what_the_courier_was_told_otherwise_stands_on_the_order_and_in_the_drawer_until_it_was_told(
    desk: Desk, shop: Shop, clock: ManualClock, practice_courier: CourierDesk
) -> None:
    number = shop.bring_to("packed").number
    context = Context(shop.owner, clock)
    await asyncio.to_thread(book.ship_by_courier, practice_courier, shop.db, context, number, "steadfast")
    row = shop.order(number)
    who = {"name": row.name, "line": row.address_line, "area": row.area, "city": row.city, "district": row.district}
    shop.do(number, c.CorrectAddress(phone="01811000000", **who))
    page, drawer = await desk.browser("packer"), await desk.browser("packer")
    await page.arrive(f"/orders/{number}")
    await drawer.arrive("/shipping?tab=in_transit")
    await drawer.call(ParcelState.open, number=number)
    for tab, state in ((page, OrderState), (drawer, ParcelState)):
        (differs,) = tab.sees(state, "drift")
        assert (differs["label"], differs["told"], differs["now"]) == ("Phone", "01711000000", "01811000000")
    await page.call(DriftState.tell, number=number, version=1, field="recipient_phone")
    assert "changed while you looked" in page.told[-1]
    await page.call(DriftState.tell, number=number, version=page.sees(OrderState, "version"), field="recipient_phone")
    await live.refresh(app, {topics.of_order(number), topics.ORDERS})
    assert page.sees(OrderState, "drift") == [] and drawer.sees(ParcelState, "drift") == []


async def test_second_phone_weight_and_hub_are_sent_where_the_courier_takes_them_and_kept_where_not(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    number = shop.bring_to(
        "packed", customer={"name": "Rahima", "phone": "01711000000", "email": "r@shop.com.bd"}
    ).number
    tab = await opened(desk, number)
    assert tab.sees(SendState, "takes") == ["alternative_phone", "hub_pickup", "recipient_email"]
    assert tab.sees(SendState, "values")["recipient_email"] == "", "nobody said that the courier may have it"
    await tab.call(SendState.send, form=form(tab, alternative_phone="123", weight="heavy"))
    assert set(filter(None, tab.sees(SendState, "errors").values())) == {
        "The weight in grams, 1 to 1,000,000; empty where nobody knows."
    }
    await tab.call(SendState.edit, field="alternative_phone", value="123")
    await tab.call(SendState.edit, field="weight", value="900")
    assert "mobile number" in tab.sees(SendState, "errors")["alternative_phone"]
    more = {"alternative_phone": "01911000000", "weight": "900", "delivery": "hub", "recipient_email": "r@shop.com.bd"}
    await tab.call(SendState.send, form=form(tab, **more))
    (parcel,) = booked(practice_courier)
    details = json.loads(parcel["details"])
    assert (details["alternative_phone"], details["delivery_type"]) == ("01911000000", 1)
    assert details["recipient_email"] == "r@shop.com.bd"
    row = shop.db.read(lambda tx: lists.parcel_file(tx, number)).parcel
    assert row is not None and row.weight_g == 900


async def test_what_is_the_same_for_many_goes_with_each_of_them(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    with_mail = {"name": "Rahima", "phone": "01711000000", "email": "r@shop.com.bd"}
    shop.bring_to("packed", customer=with_mail)
    shop.bring_to("packed")
    tab = await desk.browser("packer")
    await tab.arrive("/shipping")
    await tab.call(ShippingState.choose_all, on=True)
    await tab.call(BulkState.open)
    await tab.call(BulkState.set_for_all, name="weight", value="much")
    assert tab.sees(BulkState, "errors")["weight"]
    await tab.call(BulkState.send, form=over_many(tab))
    assert booked(practice_courier) == []
    for name, value in (("weight", "500"), ("delivery", "hub"), ("emails", "yes"), ("nothing", "x")):
        await tab.call(BulkState.set_for_all, name=name, value=value)
    assert tab.sees(BulkState, "errors")["weight"] == ""
    await tab.call(BulkState.send, form=over_many(tab))
    found = [json.loads(parcel["details"]) for parcel in booked(practice_courier)]
    assert [one["delivery_type"] for one in found] == [1, 1]
    assert [one.get("recipient_email") for one in found] == ["r@shop.com.bd", None]


async def run_jobs(practice_courier: CourierDesk, shop: Shop) -> None:
    """What the worker does, and what open pages hear of it."""
    couriered = Couriered(shop, practice_courier)
    await asyncio.to_thread(couriered.run_jobs)
    await live.refresh(app, {topics.COURIERS_KNOW})


async def test_what_a_courier_knows_comes_onto_the_order_s_page_while_it_is_open(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    number = shop.bring_to("confirmed").number
    page = await desk.browser("packer")
    await page.arrive(f"/orders/{number}")
    assert page.sees(OrderState, "places") == []
    assert [row["words"] for row in page.sees(OrderState, "buyers")] == ["Steadfast is being asked about this buyer."]
    await run_jobs(practice_courier, shop)
    assert page.sees(OrderState, "places") == [{"level": "good", "words": "Steadfast serves Dhanmondi."}]
    (buyer,) = page.sees(OrderState, "buyers")
    assert buyer == {"level": "info", "words": "Steadfast has no history of this phone."}


async def test_before_many_are_sent_what_a_courier_knows_against_one_stands_beside_it(
    desk: Desk, shop: Shop, clock: ManualClock, practice_courier: CourierDesk
) -> None:
    bad = {"name": "Nobody", "phone": "01811000000"}
    for _ in range(2):
        number, context = shop.bring_to("packed", customer=bad).number, Context(shop.owner, clock)
        await asyncio.to_thread(book.ship_by_courier, practice_courier, shop.db, context, number, "steadfast")
        row = shop.db.read(lambda tx, n=number: lists.parcel_file(tx, n)).parcel
        await asyncio.to_thread(practice_courier.practice().move, row.consignment_id, "cancelled")
    good, refused = shop.bring_to("packed").number, shop.bring_to("packed", customer=bad).number
    tab = await desk.browser("packer")
    await tab.arrive("/shipping")
    await tab.call(ShippingState.choose_all, on=True)
    await tab.call(BulkState.open)
    assert {row["known"] for row in tab.sees(BulkState, "rows")} == {""}
    await run_jobs(practice_courier, shop)
    known = {row["number"]: (row["known_level"], row["known"]) for row in tab.sees(BulkState, "rows")}
    assert known[good][1] == ""
    assert known[refused] == (
        "bad", "With Steadfast: 0 % delivered, 100 % cancelled, 100 % returned (low volume)."
    )  # fmt: skip
    await tab.call(BulkState.send, form=over_many(tab))
    assert set(how_they_stand(tab).values()) == {"good"}, "it is said, and stops nobody"


async def test_each_label_ticks_its_parcel_and_what_is_out_already_or_unknown_is_said_loudly(
    desk: Desk, shop: Shop, clock: ManualClock, practice_courier: CourierDesk
) -> None:
    numbers = [shop.bring_to("packed").number for _ in range(2)]
    for number in numbers:
        context = Context(shop.owner, clock)
        await asyncio.to_thread(book.ship_by_courier, practice_courier, shop.db, context, number, "steadfast")
    tab = await desk.browser("packer")
    await tab.arrive("/shipping")
    await tab.call(ScanOutState.open)
    assert tab.sees(ScanOutState, "choices") == [["steadfast", "Steadfast"]]
    assert [row["out"] for row in tab.sees(ScanOutState, "rows")] == ["", ""]
    code = tab.sees(ScanOutState, "rows")[0]["code"]
    await tab.call(ScanOutState.scan, form={"code": code})
    assert tab.sees(ScanOutState, "level") == "good" and tab.sees(ScanOutState, "head").startswith("1 of 2 parcels")
    assert [bool(row["out"]) for row in tab.sees(ScanOutState, "rows")] == [False, True], "what is still here is first"
    for wrong, words in ((code, "ALREADY OUT"), ("NOBODY", "UNKNOWN")):
        await tab.call(ScanOutState.scan, form={"code": wrong})
        assert tab.sees(ScanOutState, "level") == "bad" and words in tab.sees(ScanOutState, "result")
    viewer = await desk.browser("viewer")
    await viewer.arrive("/shipping")
    for handler, given in ((ScanOutState.scan, {"form": {"code": code}}), (ScanOutState.back, {"code": code})):
        await viewer.call(handler, **given)
        assert "may not" in viewer.told[-1]


async def test_a_finger_ticks_takes_back_and_looks_at_the_list_of_another_day(desk: Desk, shop: Shop) -> None:
    for _ in range(2):
        shop.do(shop.bring_to("packed"), c.Ship(courier="manual", carrier="Rider"))
    tab = await desk.browser("packer")
    await tab.arrive("/shipping")
    await tab.call(ScanOutState.open)
    first, second = (row["code"] for row in tab.sees(ScanOutState, "rows"))
    for handler, code, out in (
        (ScanOutState.out, first, 1), (ScanOutState.out, second, 2), (ScanOutState.back, first, 1),
    ):  # fmt: skip
        await tab.call(handler, code=code)
        assert tab.sees(ScanOutState, "head").startswith(f"{out} of 2 parcels")
    assert [row["code"] for row in tab.sees(ScanOutState, "rows")] == [first, second]
    shop.clock.advance(86_400)
    await tab.call(ScanOutState.open)
    assert (tab.sees(ScanOutState, "choices"), tab.sees(ScanOutState, "rows")) == ([], [])
    await tab.call(ScanOutState.choose_day, day="2026-11-22")
    assert [row["code"] for row in tab.sees(ScanOutState, "rows")] == [second]
    assert tab.sees(ScanOutState, "paper") == "/papers/handover.pdf?courier=rider&day=2026-11-22"
    await tab.call(ScanOutState.back, code=second)
    assert tab.sees(ScanOutState, "head").startswith("1 of 1 parcel"), "the list of a day that is over stays"
    for nonsense in ("never", "2999-01-01", ""):
        await tab.call(ScanOutState.choose_day, day=nonsense)
        assert tab.sees(ScanOutState, "day") <= "2026-11-23"
