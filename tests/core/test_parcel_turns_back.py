"""A parcel that was not accepted, as its customer sees it: coming back, then back, and nothing to pay for either."""

from __future__ import annotations

import pytest

from dokango.language import say
from dokango.orders.book.money_state import money_said
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import Described, describe
from dokango.orders.lifecycle import commands as c
from dokango.orders.reading.lists import Filters, Wanted, page
from tests.core.couriered import COD, Couriered, shipped
from tests.small_shop import Shop


def _shown(shop: Shop, number: str, locale: str = "en") -> Described:
    return describe(shop.db.read(lambda tx: by_link(tx, shop.order(number).token)), locale)


@pytest.mark.parametrize("locale", ["en", "bn"])
def test_a_parcel_on_its_way_back_says_so_in_sentence_bar_and_history(couriered: Couriered, locale: str) -> None:
    order = shipped(couriered, **COD)
    couriered.move(order, "cancelled")
    couriered.sync(order)
    shown = _shown(couriered.shop, order.number, locale)
    assert shown.order["standing"] == say("is.coming_back", locale)
    assert [step["word"] for step in shown.steps][-2:] == [say("step.shipped", locale), say("step.coming_back", locale)]
    assert [(step["done"], step["here"]) for step in shown.steps][-2:] == [("1", ""), ("", "1")]
    assert shown.history[0]["what"] == say("did.turn_back", locale)
    assert say("rider_collects", locale) not in [one["label"] for one in shown.sums]


def test_it_is_said_once_that_a_parcel_turns_back(couriered: Couriered) -> None:
    order = shipped(couriered)
    for status in ("cancelled", "cancelled_return_processing", "cancelled_return_received"):
        couriered.move(order, status)
        couriered.shop.clock.advance(60)
        couriered.sync(order)
    said = [event["what"] for event in _shown(couriered.shop, order.number).history]
    assert said.count(say("did.turn_back", "en")) == 1


def test_a_parcel_that_came_back_ends_its_bar_with_that(couriered: Couriered) -> None:
    order = shipped(couriered, **COD)
    couriered.shop.do(order, c.ReceiveReturn(restock=True))
    shown = _shown(couriered.shop, order.number)
    assert [(step["word"], step["done"], step["here"]) for step in shown.steps][-1] == ("Came back", "1", "1")
    assert shown.history[0]["what"] == say("did.receive_return", "en")
    assert shown.order["method"] == ""  # nobody pays for it any more


def test_an_order_that_was_let_go_is_not_called_unpaid_and_is_not_found_as_such(shop: Shop) -> None:
    waits, gone = shop.place(("MUG", 1)), shop.place(("MUG", 1))
    shop.do(gone, c.Cancel(reason="changed their mind"))
    row = shop.order(gone)
    assert (money_said(row.status, row.money), row.due_poisha) == ("nothing_due", 0)

    def found(money: str) -> list[str]:
        wanted = Wanted("all", Filters(money=money))
        return [one.number for one in shop.db.read(lambda tx: page(tx, wanted)).rows]

    assert (found("unpaid"), found("nothing_due")) == ([waits.number], [gone.number])
