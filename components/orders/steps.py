"""The buttons of an order: the right action filled, others outlined, what destroys in the menu; and dialogs."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components import ui
from dokango.orders.lifecycle.faces import AT_ONCE, COURIER, EDIT, PART, REVERSE, SEND, VERIFY
from dokango.people.permissions import Permission
from state.kit.session import SessionState
from state.orders.deliver_part import DeliverPartState
from state.orders.edit import EditState
from state.orders.order import OrderState
from state.orders.steps import OrderStepsState
from state.orders.take_back import TakeBackState
from state.orders.verify import VerifyState
from state.shipping.lists import ShippingState
from state.shipping.sending.send import SendState

Button = rx.Var[dict[str, str]]


def next_button() -> rx.Component:
    """The filled button: what comes next for this order."""
    return rx.cond(OrderState.first["action"] != "", _button(OrderState.first, "solid", keyed=True))


def other_buttons() -> rx.Component:
    """What else can be done now; a blocked one says why."""
    return rx.foreach(OrderState.outlined, lambda button: _button(button, "outline"))


def steps_menu() -> rx.Component:
    """Hold, problem, cancel: rarer, or destroying, each behind a dialog."""

    def item(button: Button) -> rx.Component:
        return rx.cond(
            button["why"] == "",
            rx.cond(
                button["danger"] != "",
                ui.menu_item(button["label"], _ask(button["opens"]), danger=True),
                rx.match(
                    button["opens"],
                    (AT_ONCE, ui.menu_item(button["label"], _act(button))),
                    (VERIFY, ui.menu_item(button["label"], VerifyState.show(OrderState.order["number"]))),
                    (PART, ui.menu_item(button["label"], DeliverPartState.open(OrderState.order["number"]))),
                    (EDIT, ui.menu_item(button["label"], EditState.open(OrderState.order["number"]))),
                    (REVERSE, ui.menu_item(button["label"], TakeBackState.open(OrderState.order["number"]))),
                    ui.menu_item(button["label"], _ask(button["opens"])),
                ),
            ),
            rx.menu.item(button["label"], rx.el.span(button["why"], class_name="od-menu-why"), disabled=True),
        )

    menu = ui.more_menu(
        rx.cond(
            SessionState.may[Permission.PACK.value],
            ui.menu_item("Take it", OrderStepsState.take(OrderState.order["number"], OrderState.version), icon="user"),
        ),
        rx.foreach(OrderState.menu, item),
    )
    may_act = SessionState.may[Permission.PACK.value] | (OrderState.menu.length() > 0)
    return rx.cond(may_act, menu)


def _button(button: Button, variant: str, *, keyed: bool = False) -> rx.Component:
    """A step as a button; what its face opens is decided in the browser, so a new action needs nothing here."""

    def made(on_click: Any) -> rx.Component:
        return ui.action_button(
            button["label"], on_click, variant=variant, reason=button["why"], name=button["action"],
            key=button["key"] if keyed else None,
        )  # fmt: skip

    return rx.match(
        button["opens"],
        (AT_ONCE, made(_act(button))),
        (VERIFY, made(VerifyState.show(OrderState.order["number"]))),
        (COURIER, _sync(button, variant)),
        (SEND, made(SendState.open(OrderState.order["number"]))),
        (PART, made(DeliverPartState.open(OrderState.order["number"]))),
        (EDIT, made(EditState.open(OrderState.order["number"]))),
        (REVERSE, made(TakeBackState.open(OrderState.order["number"]))),
        made(_ask(button["opens"])),
    )


def _sync(button: Button, variant: str) -> rx.Component:
    """Asking the courier takes a moment: the button says so."""
    number = OrderState.order["number"]
    return ui.action_button(
        button["label"], ShippingState.sync_one(number), variant=variant, icon="refresh-cw",
        pending=ShippingState.syncing == number,
    )  # fmt: skip


def _act(button: Button) -> Any:
    return OrderStepsState.act(button["action"], OrderState.order["number"], OrderState.version)


def _ask(form: rx.Var[str]) -> Any:
    return OrderStepsState.ask(form, OrderState.order["number"], OrderState.version)
