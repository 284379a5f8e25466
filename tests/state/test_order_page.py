"""What an order's page offers and tells: COD orders first of all, and the time of each happening."""

from __future__ import annotations

from typing import Any

import pytest

from components import ui
from dokango.clock import ManualClock, said
from dokango.db import Database
from dokango.orders.lifecycle import commands as c
from dokango.orders.reading.review import review
from dokango.people.actor import Actor
from state.orders.money_text import money_in_words
from state.orders.order import OrderState
from state.orders.row_text import rows_in_words
from state.orders.text import buttons_of, events_in_words, order_in_words, parcel_in_words
from tests.small_shop import Shop, open_shop

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
COD = {"payment": {"method": "cod"}}


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


def seen(shop: Shop, number: str) -> Any:
    return shop.db.read(lambda tx: review(tx, shop.owner, shop.clock, number))


@pytest.mark.parametrize(
    ("status", "first"),
    [("pending", "confirm"), ("confirmed", "pack"), ("packed", "ship"), ("shipped", "deliver"),
     ("delivered", "pay_out"), ("returned", ""), ("cancelled", "")],
)  # fmt: skip
def test_a_cod_order_keeps_verifying_a_payment_in_the_menu(shop: Shop, status: str, first: str) -> None:
    done = shop.bring_to(status, ("MUG", 1), **COD)
    filled, beside, menu = buttons_of(seen(shop, done.number), "")
    assert filled["action"] == first
    assert "verify_payment" not in [button["action"] for button in beside]
    assert "verify_payment" in [button["action"] for button in menu], "money is taken whenever it comes"


def test_an_advance_that_is_asked_for_comes_first_until_it_is_paid(shop: Shop) -> None:
    shop.ask_in_advance({"asks": "delivery"})
    done = shop.place(("MUG", 1), **COD)
    assert buttons_of(seen(shop, done.number), "")[0]["action"] == "verify_payment"
    shop.settle(done, shop.order(done).delivery_poisha)
    assert buttons_of(seen(shop, done.number), "")[0]["action"] == "confirm"


def test_the_timeline_shows_the_time_of_each_happening_beside_its_age(shop: Shop) -> None:
    done = shop.place(("MUG", 1), **COD)
    at = said(shop.clock.now_us())
    shop.clock.advance(3 * 3_600)
    assert [(e["when"], e["exact"]) for e in events_in_words(seen(shop, done.number), shop.clock.now_us())] == [
        ("3 h", at)
    ]
    drawn = str(ui.timeline(OrderState.events).render())
    assert "'contents': 'event_rx_state_?.[\"exact\"]'" in drawn  # as words, not only as what shows on hover


@pytest.mark.parametrize("status", ["cancelled", "returned"])
def test_an_order_that_was_let_go_says_nothing_is_due(shop: Shop, status: str) -> None:
    done = shop.bring_to(status, ("MUG", 1), **COD)
    found, now_us = seen(shop, done.number), shop.clock.now_us()
    page = order_in_words(found, "Shop", "http://shop", now_us)
    row = shop.db.read(lambda tx: rows_in_words(tx, [done.order_id], now_us))[0]
    assert (page["money"], page["due"], row["money"], row["due"]) == ("nothing_due", "", "nothing_due", "")


def test_a_refund_names_its_wallet_as_people_do(shop: Shop) -> None:
    done = shop.place(("MUG", 1))
    shop.settle(done)
    shop.do(done, c.Cancel(reason="changed their mind"))
    paid = shop.order(done).refund_due_poisha
    shop.do(done, c.PayRefund(method="bkash", amount_poisha=paid, reference="SENT123456"))
    found = seen(shop, done.number)
    said_there = [line["what"] for line in money_in_words(found)] + [event.note for event in found.events]
    assert not [words for words in said_there if "by bkash" in words]
    assert any("given back by bKash" in words for words in said_there)
    assert any("by bKash" in event.note for event in found.events if event.action == "refund")


@pytest.mark.parametrize(("status", "back"), [("shipped", ""), ("delivered", ""), ("returned", "1")])
def test_a_parcel_that_is_back_is_expected_nowhere_and_collects_nothing(shop: Shop, status: str, back: str) -> None:
    done = shop.bring_to(status, ("MUG", 1), **COD)
    assert parcel_in_words(seen(shop, done.number), with_cost=False)["back"] == back
