"""The dialog that asks for which order money came."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.wallet.assign import AssignState as S


def assign_dialog() -> rx.Component:
    """One field: what booking it there would do is said in the dialog that follows."""
    return ui.dialog(
        "Which order is this money for?",
        ui.sent_form(
            S,
            S.choose,
            ui.form_error(S.failure),
            ui.text_field(
                "Order number", "order", required=True, error=S.errors.get("order", ""), auto_complete="off",
                hint="Of any state: what is not due there becomes due back.",
            ),
            ui.dialog_foot(ui.action_button("Look at the order", submit=True, variant="solid", pending=S.pending)),
            key=S.press,
            custom_attrs={"noValidate": True},
        ),
        is_open=S.is_open,
        on_open_change=S.close,
        description=S.about,
        width="420px",
    )  # fmt: skip
