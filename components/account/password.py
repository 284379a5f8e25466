"""The fields of a new password, and the form that changes one's own."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components import ui
from state.account.password import PasswordState as P

HINT = "10 characters at least. A short sentence is a good one; the most used passwords are refused."


def new_password_fields(state: Any) -> list[rx.Component]:
    """The new one, twice."""
    return [
        ui.text_field(
            "New password", "new", type="password", auto_complete="new-password", required=True, hint=HINT,
            error=rx.cond(state.errors["new"], state.errors["new"], ""),
        ),
        ui.text_field(
            "New password again", "again", type="password", auto_complete="new-password", required=True,
            error=rx.cond(state.errors["again"], state.errors["again"], ""),
        ),
    ]  # fmt: skip


def password_card() -> rx.Component:
    """Change one's own password."""
    return ui.card(
        ui.sent_form(
            P,
            P.change,
            ui.form_error(P.failure),
            ui.text_field(
                "Present password", "present", type="password", auto_complete="current-password", required=True,
                error=rx.cond(P.errors["present"], P.errors["present"], ""),
            ),
            *new_password_fields(P),
            rx.el.p("Every other browser in which you are signed in is signed out.", class_name="dk-hint"),
            rx.el.div(
                ui.action_button("Change password", submit=True, variant="solid", pending=P.pending),
                class_name="sh-save",
            ),
            key=P.press,  # drawn anew, and so empty, when it was taken
            custom_attrs={"noValidate": True},
        ),
        title="Password",
    )  # fmt: skip
