"""Sending by the owner's rule and by name: pre-chosen with its reason, changed by staff, each of many by its own."""

from __future__ import annotations

from typing import Any

import pytest

from dokango.couriers.carriers import Carrier, add_carrier
from dokango.couriers.choosing.rule import CourierRule, RuleRow, change_rule, load_rule
from dokango.couriers.desk import CourierDesk
from dokango.couriers.parcels import shipments
from dokango.couriers.registry import COURIERS
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels.by_hand import carrier_of
from state.orders.order import OrderState
from state.orders.steps import OrderStepsState
from state.shipping.couriers import CouriersState
from state.shipping.handover import HandoverState
from state.shipping.lists import ShippingState
from state.shipping.sending.bulk import BulkState
from state.shipping.sending.bulk_rows import BY_RULE
from state.shipping.sending.send import SendState
from tests.small_shop import Shop
from tests.state.desk import Browser, Desk
from tests.state.test_shipping import booked, form, opened, over_many

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
COD = {"payment": {"method": "cod"}}
SYLHET = {"address": {"line": "House 7", "area": "Zindabazar", "city": "Sylhet", "district": "Sylhet"}}
FIRST = next(kind for kind in COURIERS.values() if kind.by_api)
LINK = "https://sundarban.example/?cn={code}"


@pytest.fixture(autouse=True)
def by_name(shop: Shop) -> None:
    """A courier that the owner keeps by name."""
    carrier = Carrier(name="Sundarban", link=LINK)
    shop.db.write(lambda tx: add_carrier(tx, shop.owner, shop.clock, carrier))


def rule(shop: Shop, *rows: RuleRow, otherwise: str = "") -> None:
    wanted = CourierRule(rows=rows, otherwise=otherwise)
    shop.db.write(lambda tx: change_rule(tx, shop.owner, shop.clock, load_rule(tx), wanted))


def parcel(shop: Shop, number: str) -> Any:
    return shop.db.read(lambda tx: shipments.all_of(tx, shop.order(number).id))[-1]


async def test_the_rule_s_courier_is_chosen_and_the_dialog_says_why(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    rule(shop, RuleRow(by="sundarban", districts=("Sylhet",)), otherwise=FIRST.key)
    far, here = shop.bring_to("packed", **SYLHET).number, shop.bring_to("packed").number
    tab = await opened(desk, far)
    assert [tab.sees(SendState, name) for name in ("courier", "courier_name", "by_hand")] == [
        "sundarban", "Sundarban", True,
    ]  # fmt: skip
    assert tab.sees(SendState, "why") == "Sundarban: to Sylhet."
    assert tab.sees(SendState, "otherwise") is False
    await tab.call(SendState.send, form=form(tab, tracking_code="SB 7", note="Gate 2"))
    row = parcel(shop, far)
    assert (row.carrier, row.tracking_link) == ("Sundarban", "https://sundarban.example/?cn=SB%207")
    assert tab.sees(SendState, "is_open") is False and booked(practice_courier) == []
    await tab.call(SendState.open, number=here)
    assert (tab.sees(SendState, "courier"), tab.sees(SendState, "by_hand")) == (FIRST.key, False)
    assert tab.sees(SendState, "why") == f"{FIRST.name}: no row of the rule fits."


async def test_another_courier_may_be_chosen_and_the_dialog_says_that_it_is_kept(desk: Desk, shop: Shop) -> None:
    rule(shop, RuleRow(by="sundarban"))
    number = shop.bring_to("packed", **COD).number
    tab = await opened(desk, number)
    await tab.call(SendState.choose, courier=FIRST.key)
    assert (tab.sees(SendState, "otherwise"), tab.sees(SendState, "courier")) == (True, FIRST.key)
    await tab.call(SendState.send, form=form(tab))
    await tab.arrive(f"/orders/{number}")
    told = f"{FIRST.name}, although the rule says Sundarban (for every parcel)"
    assert any(told in event["note"] for event in tab.sees(OrderState, "events"))


async def test_by_name_without_a_rule_it_is_one_of_the_list(desk: Desk, shop: Shop) -> None:
    number = shop.bring_to("packed", **COD).number
    tab = await opened(desk, number)
    assert tab.sees(CouriersState, "choices")[-1] == ["sundarban", "Sundarban"]
    assert (tab.sees(SendState, "courier"), tab.sees(SendState, "why")) == (FIRST.key, "")
    await tab.call(SendState.choose, courier="sundarban")
    await tab.call(SendState.send, form=form(tab, recipient_address="", tracking_code="y" * 81))
    assert tab.sees(SendState, "errors")["recipient_address"] and tab.sees(SendState, "is_open") is True
    await tab.call(SendState.send, form=form(tab, recipient_address="House 9, Road 3", tracking_code="y" * 81))
    assert "80 characters" in tab.sees(SendState, "errors")["tracking_code"]
    await tab.call(SendState.send, form=form(tab, tracking_code="", collects="500"))
    assert (parcel(shop, number).cod_poisha, shop.order(number).status) == (50_000, "shipped")


async def test_of_many_each_goes_by_its_own_and_one_for_all_can_be_chosen(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    rule(shop, RuleRow(by="sundarban", districts=("Sylhet",)), RuleRow(by=FIRST.key, districts=("Dhaka",)))
    khulna = {"address": {**SYLHET["address"], "district": "Khulna", "city": "Khulna"}}
    far, here, none = (shop.bring_to("packed", **place).number for place in (SYLHET, {}, khulna))
    tab = await desk.browser("packer")
    await tab.arrive("/shipping")
    await tab.call(ShippingState.choose_all, on=True)
    await tab.call(BulkState.open)
    rows = {row["number"]: row for row in tab.sees(BulkState, "rows")}
    assert tab.sees(BulkState, "courier") == BY_RULE
    assert [rows[n]["why"] for n in (far, here, none)] == [
        "Sundarban: to Sylhet.", f"{FIRST.name}: to Dhaka.", "No row of the rule fits this order.",
    ]  # fmt: skip
    assert (rows[none]["version"], tab.sees(BulkState, "ready")) == ("", 2)
    await tab.call(BulkState.send, form=over_many(tab))
    assert [shop.order(n).status for n in (far, here, none)] == ["shipped", "shipped", "confirmed"]
    assert [parcel(shop, n).carrier for n in (far, here)] == ["Sundarban", FIRST.name]
    assert len(booked(practice_courier)) == 1
    await tab.call(BulkState.again)
    await tab.call(BulkState.choose, courier="sundarban")
    assert [(row["number"], row["why"]) for row in tab.sees(BulkState, "rows")] == [(none, "")]
    await tab.call(BulkState.send, form=over_many(tab))
    assert parcel(shop, none).carrier == "Sundarban"


async def test_a_stale_row_of_many_by_name_fails_alone(desk: Desk, shop: Shop) -> None:
    one, two = (shop.bring_to("packed").number for _ in range(2))
    tab = await desk.browser("packer")
    await tab.arrive("/shipping")
    await tab.call(ShippingState.choose_all, on=True)
    await tab.call(BulkState.open)
    await tab.call(BulkState.choose, courier="sundarban")
    shop.do(two, c.AddNote(text="ring"))
    await tab.call(BulkState.send, form=over_many(tab))
    assert [row["level"] for row in tab.sees(BulkState, "rows")] == ["good", "bad"]
    assert [shop.order(n).status for n in (one, two)] == ["shipped", "confirmed"]


async def review(desk: Desk, number: str, role: str = "packer") -> Browser:
    tab = await desk.browser(role)
    await tab.arrive(f"/orders/{number}")
    return tab


async def test_the_review_says_whom_the_rule_chooses_to_who_may_send(desk: Desk, shop: Shop) -> None:
    rule(shop, RuleRow(by="sundarban"))
    number = shop.bring_to("packed").number
    tab = await review(desk, number)
    assert tab.sees(OrderState, "by_rule") == "Sundarban: for every parcel."
    assert (await review(desk, number, "viewer")).sees(OrderState, "by_rule") == ""
    typed = {"carrier": "A neighbour", "tracking_code": ""}
    await tab.call(OrderStepsState.ask, dialog="ship", number=number, version=shop.order(number).version)
    await tab.call(OrderStepsState.ship, form=tab.shown(OrderStepsState, typed))
    assert shop.order(number).status == "shipped"
    await tab.arrive(f"/orders/{number}")
    notes = [event["note"] for event in tab.sees(OrderState, "events")]
    assert any("A neighbour, although the rule says Sundarban" in note for note in notes)


async def test_who_hands_it_to_another_one_is_offered_the_names(desk: Desk, shop: Shop) -> None:
    number = shop.bring_to("packed").number
    tab = await desk.browser("packer")
    await tab.arrive("/shipping")
    await tab.call(HandoverState.open, number=number)
    assert tab.sees(HandoverState, "known") == ["Sundarban"]
    await tab.call(HandoverState.hand_over, form=tab.shown(HandoverState, {"carrier": "sundarban"}))
    assert parcel(shop, number).carrier == "Sundarban"
    assert shop.db.read(lambda tx: carrier_of(tx, "nobody")) is None
