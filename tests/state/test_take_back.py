"""Taking a payment back on the order's page: which, why, what it would write, and both rows on record."""

from __future__ import annotations

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.orders import Done
from dokango.people.actor import Actor
from state.orders.order import OrderState
from state.orders.take_back import TakeBackState
from tests.core.ledgers import ledger
from tests.small_shop import Shop, open_shop
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


async def before(desk: Desk, order: Done) -> Browser:
    tab = await desk.browser("manager")
    await tab.arrive(f"/orders/{order.number}")
    await tab.call(TakeBackState.open, number=order.number)
    return tab


async def test_its_postings_are_shown_before_and_both_rows_after(desk: Desk, shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    shop.settle(order, 40_000, "FIRSTONE12")
    shop.settle(order, 50_000, "SECONDONE1")
    tab = await before(desk, order)
    (newest, words), (oldest, _) = tab.sees(TakeBackState, "payments")
    assert "৳500 by bKash, SECONDONE1" in words
    await tab.call(TakeBackState.weigh, name="payment", typed=oldest)
    shown = [" ".join(row.values()) for row in tab.sees(TakeBackState, "postings")]
    assert shown == ["Owed by customers bKash ৳400.00"] and "৳400 is then due" in tab.sees(TakeBackState, "said")
    assert ledger(shop, order, "reverse_payment") == []
    typed = {"payment": oldest, "reason": "another buyer's"}
    await tab.call(TakeBackState.take_back, form=tab.shown(TakeBackState, typed))
    assert ledger(shop, order, "reverse_payment") == ["reverse_payment: receivable:customers 400 ← cash:bkash"]
    await tab.arrive(f"/orders/{order.number}")
    rows = [(row["kind"], row["code"], row["note"]) for row in tab.sees(OrderState, "money")]
    assert rows == [
        ("payment", "FIRSTONE12", "taken back"), ("payment", "SECONDONE1", ""),
        ("reversal", "FIRSTONE12", "another buyer's"),
    ]  # fmt: skip
    assert newest != oldest and not tab.sees(TakeBackState, "is_open")


async def test_without_a_reason_nothing_is_booked(desk: Desk, shop: Shop) -> None:
    order = shop.settle(shop.place(("MUG", 1)))
    tab = await before(desk, order)
    (payment, _), *_ = tab.sees(TakeBackState, "payments")
    await tab.call(TakeBackState.take_back, form=tab.shown(TakeBackState, {"payment": payment, "reason": " "}))
    assert tab.sees(TakeBackState, "errors")["reason"] and tab.sees(TakeBackState, "is_open")
    assert shop.order(order).due_poisha == 0
