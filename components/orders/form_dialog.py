"""The frame of a dialog behind an order's button."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components import ui
from state.orders.steps import OrderStepsState as Steps

SEEN = (Steps.number, Steps.version)


def form_dialog(
    kind: str,
    title: str,
    sentence: str | rx.Var[str],
    confirm: str,
    on_submit: Any,
    *fields: rx.Component,
    colour: str | None = None,
) -> rx.Component:
    """A dialog with a form; the server's refusal stands above the fields."""
    return ui.dialog(
        title,
        ui.sent_form(
            Steps,
            on_submit,
            ui.form_error(Steps.failure),
            *fields,
            ui.dialog_foot(
                ui.action_button(confirm, submit=True, variant="solid", colour=colour, pending=Steps.pending)
            ),
            seen=SEEN,
        ),
        is_open=Steps.dialog == kind,
        on_open_change=Steps.close,
        description=sentence,
        width="480px",
    )
