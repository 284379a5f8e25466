"""Advances on the pages: the owner's rows, the checkout that asks, New order that asks or lets it be, and the words."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from dokango.catalogue.models import Variant
from dokango.db import table_of
from dokango.errors import InvalidInput
from dokango.orders.advances.rule import AdvanceRow, AdvanceRule, change_rule, load_rule
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from dokango.people.permissions import Role
from state.orders.entry import OrderEntryState as Entry
from state.orders.money_text import amounts_in_words
from state.orders.row_text import rows_in_words
from state.settings.advance_rule import AdvanceRuleState as Rule
from state.settings.advance_rule_typed import fields_of, row_typed
from state.store.checkout import CheckoutState
from tests.small_shop import Shop
from tests.state.desk import Browser, Desk
from tests.state.test_customer_states import presses, shopping

COD = {"payment": {"method": "cod"}}
OWNER = Actor(0, "Owner", Role.OWNER)
ASKS_120 = AdvanceRow(asks="amount", amount_poisha=12_000)
FULL = AdvanceRow(
    asks="percent", percent=20, methods=("cod",), where="outside", districts=("Sylhet", "Cox's Bazar"),
    over_poisha=300_000, up_to_poisha=500_050, goods=("MUG", "sari"), delivered_below=1, returned_from=2,
    refused_from=3, courier_below_percent=60,
)  # fmt: skip
SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def keep(desk: Desk, *rows: AdvanceRow) -> None:
    rule = AdvanceRule(rows=rows)
    desk.db.write(lambda tx: change_rule(tx, OWNER, desk.clock, load_rule(tx), rule))


@pytest.mark.parametrize("row", [AdvanceRow(asks="none"), AdvanceRow(asks="all"), ASKS_120, FULL])
def test_a_row_reads_back_as_it_was_typed(row: AdvanceRow) -> None:
    assert row_typed(fields_of(row)) == row


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"asks": "half"}, "asks"), ({"asks": "percent"}, "percent"), ({"percent": "101"}, "percent"),
        ({"asks": "amount"}, "amount"), ({"amount": "-1"}, "amount"), ({"paid_by": "bkash"}, "paid_by"),
        ({"where": "moon"}, "where"), ({"districts": "Atlantis"}, "districts"), ({"over": "9", "up_to": "9"}, "up_to"),
        ({"delivered_below": "0"}, "delivered_below"), ({"goods": ",".join(map(str, range(101)))}, "goods"),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_is_named(typed: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        row_typed({"asks": "all", "paid_by": "", "where": "anywhere", **typed})
    assert list(refused.value.fields) == [field]


@SQLITE_ALONE
async def test_rows_are_added_moved_tried_changed_and_removed(desk: Desk, shop: Shop) -> None:
    order = shop.place(("SARI", 2), **COD)
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=payments")
    for row in (AdvanceRow(asks="all", over_poisha=300_000), AdvanceRow(asks="delivery")):
        await tab.call(Rule.ask, is_open=True)
        await tab.call(Rule.save, form=fields_of(row))
    said = [row["says"] for row in tab.sees(Rule, "rows")]
    assert said == ["COD above ৳3,000: ask all of it", "COD: ask the delivery charge"]
    await tab.call(Rule.try_on, number=f"#{order.number}")
    assert "row 2 asks ৳100" in tab.sees(Rule, "tried")
    second = tab.sees(Rule, "rows")[1]["key"]
    await tab.call(Rule.move, key=second, up=True)
    assert "row 1 asks ৳100" in tab.sees(Rule, "tried"), "what was tried is tried again"
    await tab.call(Rule.alter, key=second)
    await tab.call(Rule.save, form={**fields_of(ASKS_120), "goods": "MUGG"})
    assert "is no SKU" in tab.sees(Rule, "errors")["goods"]
    await tab.call(Rule.save, form=fields_of(ASKS_120))
    assert "row 1 asks ৳120" in tab.sees(Rule, "tried")
    for row in tab.sees(Rule, "rows"):
        await tab.call(Rule.remove, key=row["key"])
    assert shop.db.read(load_rule) == AdvanceRule()
    await tab.call(Rule.try_on, number="404")
    assert tab.sees(Rule, "tried") == "There is no order #404."


def test_the_rule_and_the_row_say_what_is_paid_and_what_is_to_collect(shop: Shop) -> None:
    shop.ask_in_advance(ASKS_120.model_dump())
    order = shop.place(("SARI", 2), **COD)
    before = amounts_in_words(shop.order(order))
    assert (before["advance"], before["advance_missing"], before["parts"]) == ("৳120", "৳120", "")
    shop.settle(order, 12_000)
    shop.do(order, c.Confirm())
    after = amounts_in_words(shop.order(order))
    assert (after["advance_missing"], after["parts"]) == ("", "৳120 paid, ৳2,380 to collect")
    [row] = shop.db.read(lambda tx: rows_in_words(tx, [order.order_id], 0))
    assert row["parts"] == "৳120 paid, ৳2,380 to collect"


@SQLITE_ALONE
async def test_the_checkout_says_what_is_sent_now_and_what_the_rider_collects(desk: Desk, shop: Shop) -> None:
    keep(desk, ASKS_120)
    visitor = await shopping(desk, {"SARI": 2})
    await visitor.call(CheckoutState.choose_method, method="cod")
    assert (visitor.sees(CheckoutState, "advance"), visitor.sees(CheckoutState, "wallets")) == ("0", [])
    await visitor.call(CheckoutState.choose_district, district="Dhaka")
    way = next(way for way in visitor.sees(CheckoutState, "offers") if way["key"] == "cod")
    assert way["how"] == "Of ৳2,500 you send ৳120 in advance by bKash / Nagad / Rocket; the rider collects ৳2,380."
    assert way["keeps"] == "If you do not take the parcel, what you sent in advance is given back."
    assert [wallet["send"] for wallet in visitor.sees(CheckoutState, "wallets")] == ["Send ৳120 to"] * 3
    await presses(visitor, advance="0")
    assert "৳120 is asked in advance, and the rider collects ৳2,380" in visitor.sees(CheckoutState, "failure")
    claim = {"advance_by": "nagad", "trx_id": "ADVNC123"}
    await presses(visitor, advance="12000", trx_id="ADVNC123")
    assert visitor.sees(CheckoutState, "errors")["advance_by"]
    await presses(visitor, advance="12000", **claim)
    row = shop.order("1001")
    assert (row.advance_poisha, row.claim_waits, row.payment_method) == (12_000, 1, "cod")


@SQLITE_ALONE
async def test_who_refused_before_is_told_at_the_press_and_by_nothing_that_is_typed(desk: Desk, shop: Shop) -> None:
    shop.bring_to("back", **COD)  # 01711000000
    keep(desk, AdvanceRow(asks="all", refused_from=1))
    visitor = await shopping(desk, {"SARI": 2})
    await visitor.call(CheckoutState.choose_district, district="Dhaka")
    await visitor.call(CheckoutState.choose_method, method="cod")
    await presses(visitor, advance="0", phone="01711000000")
    assert "৳2,500 is asked in advance" in visitor.sees(CheckoutState, "failure")
    assert visitor.sees(CheckoutState, "advance") == "250000"
    await presses(visitor, advance="250000", phone="01711000000")
    assert shop.order("1002").advance_poisha == 250_000


async def entered(desk: Desk, role: str) -> tuple[Browser, dict[str, Any]]:
    """New order with two saris to Dhaka by COD, and what its form sends."""
    tab = await desk.browser(role)
    await tab.call(Entry.show)
    await tab.call(Entry.find, typed="sari")
    await tab.call(Entry.add, sku="SARI")
    await tab.call(Entry.count, sku="SARI", typed="2")
    await tab.call(Entry.choose_district, district="Dhaka")
    await tab.call(Entry.choose_method, method="cod")
    form = {"name": "Karim", "phone": "01811000000", "line": "House 1, Road 2", "district": "Dhaka", "method": "cod",
            "channel": "counter"}  # fmt: skip
    return tab, form


def on_screen(tab: Browser) -> dict[str, str]:
    return {name: tab.sees(Entry, name) for name in ("total_poisha", "advance")}


@SQLITE_ALONE
async def test_new_order_asks_by_the_rule_and_its_owner_may_let_it_be(desk: Desk, shop: Shop) -> None:
    keep(desk, ASKS_120)
    tab, form = await entered(desk, "owner")
    assert (tab.sees(Entry, "advance_said"), tab.sees(Entry, "advance_why")) == ("৳120", "COD: ask ৳120")
    await tab.call(Entry.place, form={**form, **on_screen(tab), "without_advance": "on"})
    assert "Say why" in tab.sees(Entry, "errors")["without_why"]
    await tab.call(
        Entry.place, form={**form, **on_screen(tab), "without_advance": "on", "without_why": "at the counter"}
    )
    assert shop.order("1001").advance_reason.startswith("Nothing in advance: at the counter (")
    tab, form = await entered(desk, "owner")
    claim = {"advance_by": "bkash", "trx_id": "BLU1H6X8AA"}
    await tab.call(Entry.place, form={**form, **on_screen(tab), **claim})
    assert (shop.order("1002").advance_poisha, shop.order("1002").claim_waits) == (12_000, 1)


@SQLITE_ALONE
async def test_a_manager_cannot_let_an_advance_be_with_a_tick_that_was_not_drawn(desk: Desk, shop: Shop) -> None:
    keep(desk, ASKS_120)
    tab, form = await entered(desk, "manager")
    await tab.call(Entry.place, form={**form, **on_screen(tab), "without_advance": "on", "without_why": "a friend"})
    assert tab.sees(Entry, "is_open") is True
    assert shop.level("SARI")[1] == 0, "nothing was placed"


@SQLITE_ALONE
@pytest.mark.parametrize("change", ["price", "charge", "rule"])
async def test_what_changed_between_looking_and_pressing_is_said_and_not_booked(
    desk: Desk, shop: Shop, change: str
) -> None:
    tab, form = await entered(desk, "manager")
    seen = on_screen(tab)
    table = table_of(Variant)
    dearer = update(table).where(table.c.sku == "SARI").values(price_poisha=130_000)
    if change == "price":
        shop.db.write(lambda tx: tx.run(dearer))
    elif change == "charge":
        shop.set_profile(delivery_inside_poisha=30_000)
    else:
        keep(desk, AdvanceRow(asks="all", over_poisha=100))
    await tab.call(Entry.place, form={**form, **seen})
    now, before = {"price": (270_000, 0), "charge": (270_000, 0), "rule": (250_000, 250_000)}[change]
    assert f"It comes to ৳{now // 100:,} now" in tab.sees(Entry, "failure")
    assert on_screen(tab) == {"total_poisha": str(now), "advance": str(before)}, "it is on the screen now"
    assert shop.level("SARI")[1] == 0
    await tab.call(Entry.place, form={**form, **on_screen(tab)})
    assert (shop.order("1001").total_poisha, shop.order("1001").advance_poisha) == (now, before)
