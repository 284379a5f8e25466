"""Cancelling asks for a reason of the shop's list and says what the customer is told; a refund says where it goes."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select, update

from dokango.clock import ManualClock
from dokango.db import Database, table_of
from dokango.notify.models import Message
from dokango.orders.book.models import Order
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from dokango.shop.profile import load_profile
from state.orders.order import OrderState
from state.orders.steps import OrderStepsState
from state.settings.shop import SettingsState
from tests.small_shop import Shop, open_shop
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_M, _O = table_of(Message), table_of(Order)


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


async def cancelling(desk: Desk, number: str) -> Browser:
    """A manager before the open dialog."""
    tab = await desk.browser("manager")
    await tab.arrive(f"/orders/{number}")
    await tab.call(OrderStepsState.ask, dialog="cancel", number=number, version=1)
    return tab


async def test_the_owner_edits_the_reasons_and_staff_choose_of_them(desk: Desk, shop: Shop) -> None:
    owner = await desk.browser("owner")
    await owner.arrive("/settings")
    form = dict(owner.sees(SettingsState, "form"))
    lines = " Sold out |শেষ \n\nSold out\nThe colour is gone\n"
    await owner.call(SettingsState.save_shop, form={**form, "cancel_reasons": lines})
    assert shop.db.read(load_profile).reasons_in_bangla == {"Sold out": "শেষ", "The colour is gone": ""}
    assert owner.sees(SettingsState, "form")["cancel_reasons"] == "Sold out | শেষ\nThe colour is gone"
    tab = await cancelling(desk, shop.place(("MUG", 1)).number)
    assert [value for value, _ in tab.sees(OrderStepsState, "reasons")] == ["", "Sold out", "The colour is gone"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("\n".join(map(str, range(13))), "At most 12 lines"),
        ("Sold out | " + "শ" * 121, "At most 12 lines of 120 characters"),
        ("Sold out\n| শেষ", "Write the English before the bar"),
    ],
)
async def test_what_is_wrong_with_the_reasons_is_told_under_the_field(
    desk: Desk, shop: Shop, typed: str, said: str
) -> None:
    owner = await desk.browser("owner")
    await owner.arrive("/settings")
    form = dict(owner.sees(SettingsState, "form"))
    await owner.call(SettingsState.save_shop, form={**form, "cancel_reasons": typed})
    assert said in owner.sees(SettingsState, "errors")["cancel_reasons"]


@pytest.mark.parametrize("locale", ["en", "bn"])
async def test_what_the_customer_will_read_is_shown_and_then_sent(desk: Desk, shop: Shop, locale: str) -> None:
    done = shop.place(("MUG", 1))
    shop.db.write(lambda tx: tx.run(update(_O).where(_O.c.number == done.number).values(locale=locale)))
    tab = await cancelling(desk, done.number)
    assert tab.sees(OrderStepsState, "told") == ""
    await tab.call(OrderStepsState.weigh, part="kind", typed="An item is out of stock")
    await tab.call(OrderStepsState.weigh, part="reason", typed="Sorry.")
    told = tab.sees(OrderStepsState, "told")
    reason = {"en": "An item is out of stock. Sorry.", "bn": "একটি পণ্য শেষ হয়ে গেছে। Sorry."}[locale]
    assert f"#{done.number}" in told and reason in told
    typed = tab.shown(OrderStepsState, {"kind": "An item is out of stock", "reason": "Sorry."})
    await tab.call(OrderStepsState.cancel, form=typed)
    message = shop.db.read(
        lambda tx: tx.one(select(_M.c.data).where(_M.c.template == "order_cancelled", _M.c.audience == "customer"))
    )
    assert message is not None and json.loads(message.data)["reason"] == "An item is out of stock. Sorry."


@pytest.mark.parametrize(
    ("payment", "pocket", "number", "words"),
    [
        ({"method": "nagad", "sender": "01811222333"}, "nagad", "01811222333", "They paid by Nagad, from"),
        ({"method": "bkash"}, "bkash", "01711000000", "They paid by bKash; their phone is"),
    ],
)
async def test_a_refund_offers_the_wallet_that_was_paid_from(
    desk: Desk, shop: Shop, payment: dict[str, str], pocket: str, number: str, words: str
) -> None:
    done = shop.place(("MUG", 1))
    due = shop.order(done).due_poisha
    shop.do(done, c.VerifyPayment(transaction_id="7HK2ABCD", amount_poisha=due, **payment))
    shop.do(done, c.Cancel(reason="changed their mind"))
    tab = await desk.browser("manager")
    await tab.arrive(f"/orders/{done.number}")
    order = tab.sees(OrderState, "order")
    assert (order["refund_from"], order["refund_number"], order["paid_by"]) == (pocket, number, words)
