"""Sign in: a native form, so that the browser itself posts it and takes the HttpOnly cookie."""

from __future__ import annotations

import reflex as rx

from components.ui.native_form import native_form
from state.sign_in import SignInState


def page() -> rx.Component:
    """The sign-in page."""
    return rx.el.main(
        rx.card(
            rx.heading("Sign in", as_="h1", size="6", margin_bottom="1rem"),
            _reason(),
            native_form(
                rx.el.input(type="hidden", name="next", value=SignInState.going_to, read_only=True),
                _field("Login", "login", "username", default_value=SignInState.login, auto_focus=True),
                _field("Password", "password", "current-password", type="password"),
                rx.button("Sign in", type="submit", size="3", width="100%"),
                action="/sign-in",
            ),
            width="100%",
            max_width="24rem",
            size="4",
        ),
        display="flex",
        justify_content="center",
        padding="15vh 1rem 2rem",
    )


def _reason() -> rx.Component:
    return rx.cond(
        SignInState.sentence != "",
        rx.callout(
            SignInState.sentence,
            icon=rx.cond(SignInState.failed, "triangle-alert", "info"),
            color_scheme=rx.cond(SignInState.failed, "red", "gray"),
            role="alert",
            margin_bottom="1rem",
        ),
    )


def _field(label: str, name: str, complete: str, **props: object) -> rx.Component:
    return rx.el.label(
        rx.text(label, size="2", weight="medium", margin_bottom="0.25rem"),
        rx.input(name=name, auto_complete=complete, required=True, size="3", max_length=200, **props),
        display="block",
        margin_bottom="1rem",
    )
