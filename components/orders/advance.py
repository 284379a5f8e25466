"""What of an order is asked in advance: how it stands, and letting it be."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.orders.form_dialog import form_dialog
from state.orders.order import OrderState
from state.orders.steps import OrderStepsState as Steps

ORDER = OrderState.order


def waive_advance() -> rx.Component:
    """Why the order goes on without its advance."""
    return form_dialog(
        "waive_advance",
        "Go on without the advance",
        ORDER["advance_missing"] + " is not asked for before any more; the rider collects it with the rest.",
        "Go on without it",
        Steps.waive_advance,
        ui.text_field("Why", "reason", error=Steps.errors["reason"], hint="Kept in the order's history"),
    )


def advance_lines() -> rx.Component:
    """What is asked before it is confirmed and why, what is paid and what the rider collects, what a refusal kept."""
    return rx.fragment(
        rx.cond(
            ORDER["advance_why"] != "",
            ui.check_line(
                rx.cond(ORDER["advance_missing"] != "", "warn", "info"),
                rx.cond(ORDER["advance"] != "", ORDER["advance"] + " in advance. ", ""), ORDER["advance_why"],
            ),
        ),
        rx.cond(ORDER["parts"] != "", ui.check_line("info", ORDER["parts"], ".")),
        rx.cond(ORDER["kept"] != "", ui.check_line("info", ORDER["kept"], " stays with us: the parcel was refused.")),
    )  # fmt: skip
