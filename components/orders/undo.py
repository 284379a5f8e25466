"""Undoing the last step of an order later than at once: with a reason, from its menu."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.orders.form_dialog import form_dialog
from state.orders.steps import OrderStepsState as Steps


def undo() -> rx.Component:
    """What goes back, and why."""
    return form_dialog(
        "undo",
        "Undo the last step",
        "Goods, books and messages that were not sent yet go back; both steps stay on the timeline. "
        "A customer who was told of it is told of this.",
        "Undo it",
        Steps.undo,
        ui.text_field("Why", "reason", error=Steps.errors["reason"], hint="It is kept in the order's history"),
    )
