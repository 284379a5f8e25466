"""A transition that was added has its button on the order's page, and the click takes it."""

from __future__ import annotations

import pytest

from components.orders.dialogs import FORMS
from dokango.db import Database
from dokango.language.order_text import ORDER_WORDS
from dokango.orders.lifecycle.commands import COMMANDS
from dokango.orders.lifecycle.faces import AT_ONCE, FACES, forms
from state.orders.order import OrderState
from state.orders.steps import DIALOGS, OrderStepsState
from tests.new_transition import ACTION, SENTENCE, add_transition
from tests.small_shop import Shop
from tests.state.desk import Desk

SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def _rows(monkeypatch: pytest.MonkeyPatch) -> None:
    add_transition(monkeypatch)


@SQLITE_ALONE
async def test_its_button_is_drawn_and_its_click_taken(desk: Desk, db: Database, shop: Shop) -> None:
    done = shop.bring_to("confirmed")
    tab = await desk.browser("manager")
    await tab.arrive(f"/orders/{done.number}")
    buttons = {button["action"]: button for button in tab.sees(OrderState, "outlined")}
    assert buttons[ACTION] == {
        "action": ACTION, "label": "Back to pending", "why": "", "opens": "", "key": "", "danger": "",
    }  # fmt: skip

    await tab.call(OrderStepsState.act, action=ACTION, number=done.number, version=done.version)

    assert tab.told == [SENTENCE.format(n=done.number)]
    assert shop.order(done).status == "pending"
    await tab.arrive(f"/orders/{done.number}")
    event = next(event for event in tab.sees(OrderState, "events") if event["change"] == "Confirmed → Pending")
    assert event["what"] == "took it back to pending"


@SQLITE_ALONE
async def test_a_role_without_the_permission_is_refused_its_click(desk: Desk, shop: Shop) -> None:
    done = shop.bring_to("confirmed")
    tab = await desk.browser("viewer")
    await tab.call(OrderStepsState.act, action=ACTION, number=done.number, version=done.version)
    assert "Your role may not do this" in tab.told[0]
    assert shop.order(done).status == "confirmed"


@SQLITE_ALONE
@pytest.mark.parametrize("action", ["ship", "refund", "verify_payment", "note", "mark", "place", "", "no_such"])
async def test_what_asks_something_is_not_taken_at_once(desk: Desk, shop: Shop, action: str) -> None:
    done = shop.bring_to("packed")
    tab = await desk.browser("owner")
    await tab.call(OrderStepsState.act, action=action, number=done.number, version=done.version)
    assert shop.order(done).version == done.version


def test_every_form_that_a_face_opens_is_on_the_orders_page_and_no_other() -> None:
    assert set(FORMS) == set(forms())
    assert set(DIALOGS) == {*FORMS, "message"}


def test_what_acts_at_once_needs_nothing_typed_and_says_when_it_is_done() -> None:
    at_once = [face for face in FACES.values() if face.place and face.opens == AT_ONCE]
    assert at_once
    for face in at_once:
        assert COMMANDS[face.action]() is not None
        assert "#{n}" in face.done, face.action


def test_what_the_customer_is_told_is_in_the_catalogue() -> None:
    assert {key for face in FACES.values() for key in (face.told, face.told_own) if key} <= set(ORDER_WORDS)
