"""The dialog that changes an order: what it is filled in with, what it shows before, and what it saves."""

from __future__ import annotations

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.orders import Done
from dokango.orders.book import rows
from dokango.people.actor import Actor
from state.orders.edit import EditState
from tests.core.couriered import COD
from tests.core.ledgers import owes
from tests.small_shop import Shop, open_shop
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


async def editing(desk: Desk, order: Done) -> Browser:
    """A manager before the open dialog."""
    tab = await desk.browser("manager")
    await tab.arrive(f"/orders/{order.number}")
    await tab.call(EditState.open, number=order.number)
    return tab


def fields(tab: Browser, **typed: str) -> dict[str, str]:
    """What the form holds, with what was typed over it."""
    cells = {
        line[f"{name}_name"]: line[name] for line in tab.sees(EditState, "lines") for name in ("pieces", "each", "off")
    }
    return {**tab.sees(EditState, "given"), "reason": "", **cells, **typed}


async def save(tab: Browser, **typed: str) -> None:
    await tab.call(EditState.save, form=tab.shown(EditState, fields(tab, **typed)))


def after(tab: Browser) -> dict[str, tuple[str, str]]:
    return {row["label"]: (row["before"], row["amount"]) for row in tab.sees(EditState, "after")}


async def test_before_and_after_are_shown_as_the_fields_are_left_and_then_saved(desk: Desk, shop: Shop) -> None:
    order = shop.place(("MUG", 2), **COD)
    tab = await editing(desk, order)
    assert "Nothing is different" in tab.sees(EditState, "refused")

    await tab.call(EditState.weigh, name="pieces MUG", typed="1")
    await tab.call(EditState.weigh, name="discount", typed="10%")
    assert tab.sees(EditState, "said") == "Clay mug: 1 instead of 2; discount ৳80 instead of ৳0"
    assert tab.sees(EditState, "moves") == ["1 × MUG: free again"]
    assert after(tab) == {"Total": ("৳1,700", "৳820"), "Due": ("৳1,700", "৳820")}
    assert shop.order(order).version == 1, "nothing is kept of a preview"

    await save(tab, **{"pieces MUG": "1", "discount": "10%", "reason": "a regular"})
    row = shop.order(order)
    assert (row.total_poisha, row.discount_poisha, row.discount_reason) == (82_000, 8_000, "a regular")
    assert tab.told == [f"Order #{order.number} is changed."] and tab.sees(EditState, "is_open") is False


async def test_an_item_is_added_and_another_taken_out(desk: Desk, shop: Shop) -> None:
    order = shop.place(("MUG", 1), ("CARD", 1))
    tab = await editing(desk, order)
    await tab.call(EditState.find, typed="honey")
    assert [found["sku"] for found in tab.sees(EditState, "found")] == ["HONEY"]
    await tab.call(EditState.add, sku="HONEY")
    await tab.call(EditState.drop, sku="CARD")
    assert tab.sees(EditState, "said") == "1 × Sundarban honey added; Gift card taken out"
    await save(tab)
    lines = shop.db.read(lambda tx: rows.lines_of(tx, order.order_id))
    assert {(line.sku, line.quantity) for line in lines} == {("MUG", 1), ("HONEY", 1)}


async def test_what_is_wrong_stands_under_its_field_and_nothing_is_lost(desk: Desk, shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    tab = await editing(desk, order)
    await save(tab, **{"pieces MUG": "some", "delivery_poisha": "x"})
    errors = tab.sees(EditState, "errors")
    assert errors["lines"].startswith("MUG:") and errors["delivery_poisha"]
    await save(tab, discount="50")
    assert "Say why" in tab.sees(EditState, "errors")["reason"]
    await save(tab, **{"pieces MUG": "60"})
    assert "Clay mug" in tab.sees(EditState, "failure") and tab.sees(EditState, "is_open") is True
    assert shop.order(order).version == 1


async def test_somebody_elses_change_is_said_and_nothing_is_overwritten(desk: Desk, shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    tab = await editing(desk, order)
    shop.settle(order)
    await save(tab, **{"pieces MUG": "2"})
    assert "changed while you looked at it" in tab.sees(EditState, "failure")
    assert (shop.order(order).units, owes(shop, order)) == (1, {})


async def test_whoever_packs_is_told(desk: Desk, shop: Shop) -> None:
    order = shop.bring_to("packed", ("MUG", 1), **COD)
    tab = await editing(desk, order)
    await tab.call(EditState.weigh, name="phone", typed="01811000000")
    assert tab.sees(EditState, "packer") == "Print its label again."
    await tab.call(EditState.weigh, name="pieces MUG", typed="2")
    assert tab.sees(EditState, "packer") == "It goes back to be packed anew."


async def test_a_shipped_order_has_no_such_dialog(desk: Desk, shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 1))
    tab = await editing(desk, order)
    assert tab.sees(EditState, "is_open") is False
