"""The buttons of an order: the right action filled, others outlined, what destroys in the menu; and dialogs."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components import ui
from dokango.people.permissions import Permission
from state.kit.session import SessionState
from state.orders.order import OrderState
from state.orders.steps import OrderStepsState
from state.orders.verify import VerifyState
from state.shipping.lists import ShippingState

Button = rx.Var[dict[str, str]]
AT_ONCE = ("confirm", "release", "pack", "deliver")
_KEYS = {"verify_payment": "v", "confirm": "c", "ship": "s"}


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
                button["action"] == "cancel",
                ui.menu_item(button["label"], _ask(button["action"]), danger=True),
                ui.menu_item(button["label"], _ask(button["action"])),
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
    """A step as a button; which handler it calls is decided in the browser by its action."""

    def made(action: str, on_click: Any) -> tuple[str, rx.Component]:
        key = _KEYS.get(action) if keyed else None
        return action, ui.action_button(
            button["label"], on_click, variant=variant, reason=button["why"], name=button["action"], key=key
        )

    at_once = {
        "confirm": OrderStepsState.confirm,
        "release": OrderStepsState.release,
        "pack": OrderStepsState.pack,
        "deliver": OrderStepsState.deliver,
    }
    return rx.match(
        button["action"],
        made("verify_payment", VerifyState.show(OrderState.order["number"])),
        *[made(action, at_once[action](OrderState.order["number"], OrderState.version)) for action in AT_ONCE],
        ("sync", _sync(button)),
        *[made(action, _ask(action)) for action in ("ship", "refund", "pay_out", "receive_return")],
        rx.fragment(),
    )


def _sync(button: Button) -> rx.Component:
    """Asking the courier takes a moment: the button says so."""
    number = OrderState.order["number"]
    return ui.action_button(
        button["label"], ShippingState.sync_one(number), icon="refresh-cw", pending=ShippingState.syncing == number
    )


def _ask(action: str | rx.Var[str]) -> Any:
    return OrderStepsState.ask(action, OrderState.order["number"], OrderState.version)
