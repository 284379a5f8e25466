"""How the buyer of the order on the screen is reached."""

from __future__ import annotations

import reflex as rx

from components import ui
from dokango.people.permissions import Permission
from state.kit.session import SessionState
from state.orders.order import OrderState
from state.orders.steps import OrderStepsState

ORDER = OrderState.order
TEL = rx.Var.create("tel:+88") + ORDER["phone"]


def reach() -> rx.Component:
    """Call, WhatsApp, a message, and how to pay once more."""
    return rx.el.div(
        ui.link_button("Call", TEL, icon="phone", size="1", inside=False),
        ui.link_button(
            "WhatsApp", ORDER["whatsapp"], icon="message-circle", size="1", inside=False, target="_blank",
            rel="noopener noreferrer",
        ),
        rx.cond(
            SessionState.may[Permission.EDIT_ORDER.value],
            rx.button(
                rx.icon("mail", size=16, aria_hidden="true"), "Message", size="1", variant="outline",
                on_click=OrderStepsState.ask("message", ORDER["number"], OrderState.version),
            ),
        ),
        rx.cond(
            (ORDER["how_to_pay"] != "") & SessionState.may[Permission.EDIT_ORDER.value],
            ui.action_button(
                "Send how to pay", OrderStepsState.tell_how_to_pay(ORDER["number"], OrderState.version),
                icon="wallet", size="1",
            ),
        ),
        class_name="dk-inline",
    )  # fmt: skip
