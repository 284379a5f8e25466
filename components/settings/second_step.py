"""Settings: which roles must have a second step at sign-in."""

from __future__ import annotations

import reflex as rx

from components import ui
from dokango.people.permissions import STAFF_ROLES
from state.settings.second_step import SecondStepRulesState as S


def second_step_rules() -> rx.Component:
    """The card beneath the staff."""
    return ui.card(
        rx.el.p(
            "Of whom a code of their phone is asked after the password. Whoever has none yet is led to set it up before"
            " anything else opens; everybody may, on their own account.",
            class_name="dk-hint",
        ),
        ui.sent_form(
            S,
            S.save,
            ui.form_error(S.failure),
            *[_role(role.value) for role in STAFF_ROLES],
            rx.el.div(ui.action_button("Save", submit=True, pending=S.pending), class_name="sh-save"),
            key=S.press,
        ),
        title="Second step at sign-in",
    )


def _role(role: str) -> rx.Component:
    return ui.tick_field(f"Each {role} must have one", f"must_{role}", default_checked=S.must[role])
