"""Why an order was cancelled is told to its customer in the language they read: on its page, and by message."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select, update

from dokango.clock import ManualClock
from dokango.db import Database, table_of
from dokango.notify.messages import Letterhead, render
from dokango.notify.models import Message
from dokango.orders.book.models import Order
from dokango.orders.customer.steps import cancel
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import describe
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from dokango.shop.cancel_reasons import CANCEL_REASONS, CUSTOMERS_REASONS, in_bangla, with_bangla
from dokango.shop.editing import change_profile
from dokango.shop.profile import load_profile
from tests.small_shop import Shop, open_shop

_M, _O = table_of(Message), table_of(Order)
OURS = with_bangla(CANCEL_REASONS, {})


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


def placed(shop: Shop, locale: str) -> str:
    """The number of an order whose customer reads `locale`."""
    number = shop.place(("MUG", 1)).number
    shop.db.write(lambda tx: tx.run(update(_O).where(_O.c.number == number).values(locale=locale)))
    return number


def message(shop: Shop) -> str:
    """What the customer is written."""
    wanted = select(_M.c.data).where(_M.c.template == "order_cancelled", _M.c.audience == "customer")
    (row,) = shop.db.read(lambda tx: tx.rows(wanted))
    return render("customer", "order_cancelled", row.data, Letterhead("Shop", "", "")).body


def why(shop: Shop, number: str, locale: str) -> str:
    """What the order's page says."""
    token = shop.order(number).token
    return shop.db.read(lambda tx: describe(by_link(tx, token), locale).order["why"])


@pytest.mark.parametrize("reason", CANCEL_REASONS)
@pytest.mark.parametrize(("own", "told"), [("", ""), (". Sorry about it", "। Sorry about it")])
def test_who_reads_bangla_is_told_the_reason_in_bangla(shop: Shop, reason: str, own: str, told: str) -> None:
    number = placed(shop, "bn")
    shop.do(number, c.Cancel(reason=reason + own))
    assert f"বাতিল হয়েছে: {OURS[reason]}{told}\n" in message(shop)
    assert why(shop, number, "bn") == f"কারণ: {OURS[reason]}{told}"
    assert why(shop, number, "en") == f"The reason: {reason}{own}"


def test_who_reads_english_is_told_in_english(shop: Shop) -> None:
    shop.do(placed(shop, "en"), c.Cancel(reason=CANCEL_REASONS[0]))
    assert f"was cancelled: {CANCEL_REASONS[0]}\n" in message(shop)


def test_the_owners_own_words_are_told_also_after_the_list_was_changed(shop: Shop, owner: Actor) -> None:
    def listed(**changes: object) -> None:
        shop.db.write(lambda tx: change_profile(tx, owner, shop.clock, changes))

    listed(cancel_reasons=("Sold out", "Flood"), cancel_reasons_bn={"Sold out": "শেষ", "Flood": ""})
    number, flood = placed(shop, "bn"), placed(shop, "bn")
    shop.do(number, c.Cancel(reason="Sold out"))
    shop.do(flood, c.Cancel(reason="Flood"))
    listed(cancel_reasons=("Other",), cancel_reasons_bn={})
    assert why(shop, number, "bn") == "কারণ: শেষ"
    assert why(shop, flood, "bn") == "কারণ: Flood"


@pytest.mark.parametrize("chosen", CUSTOMERS_REASONS)
def test_a_customers_own_reason_is_written_in_bangla_and_not_told_on_their_page(shop: Shop, chosen: str) -> None:
    number = placed(shop, "bn")
    token = shop.order(number).token
    shop.db.write(lambda tx: cancel(tx, shop.clock, token, chosen))
    assert "Customer:" not in message(shop)
    assert why(shop, number, "bn") == ""


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("Sold out", "শেষ"),
        ("Sold out.", "শেষ"),
        ("Sold out. Sorry", "শেষ। Sorry"),
        ("Sold out today. Sorry", "আজ শেষ। Sorry"),
        ("Sold outside", ""),
        ("We are Sold out", ""),
        ("Nothing of the list", ""),
        ("No Bangla. Sorry", ""),
    ],
)
def test_a_reason_is_found_whole_or_before_what_was_written_beside_it(reason: str, told: str) -> None:
    assert in_bangla(reason, {"Sold out": "শেষ", "Sold out today": "আজ শেষ।", "No Bangla": ""}) == told


def test_a_shop_that_changed_its_list_before_has_our_bangla_for_what_it_left(shop: Shop, owner: Actor) -> None:
    kept = (CANCEL_REASONS[2], "Of our own")
    shop.db.write(lambda tx: change_profile(tx, owner, shop.clock, {"cancel_reasons": kept}))
    assert shop.db.read(load_profile).reasons_in_bangla == {kept[0]: OURS[kept[0]], "Of our own": ""}


def test_a_cancelled_order_of_before_has_its_reason_in_english(shop: Shop) -> None:
    data = json.dumps({"number": "7", "locale": "bn", "reason": "An old reason"})
    assert "বাতিল হয়েছে: An old reason" in render("customer", "order_cancelled", data, Letterhead("Shop", "", "")).body
