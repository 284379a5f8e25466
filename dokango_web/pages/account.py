"""Your account: for every member of staff, from the menu at the top right."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.account.password import password_card
from components.account.second_step import second_step_card
from components.account.sessions import sessions_card
from state.account.password import PasswordState
from state.account.second_step import SecondStepState
from state.account.sessions import SessionsState

LOADS = [PasswordState.load, SecondStepState.load, SessionsState.load]


def page() -> rx.Component:
    """The account page."""
    return ui.page(
        ui.page_header("Your account"),
        rx.el.div(password_card(), second_step_card(), class_name="dk-stack sh-narrow"),
        sessions_card(),
    )
