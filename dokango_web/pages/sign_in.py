"""Sign in: a native form, so that the browser itself posts it and takes the HttpOnly cookie."""

from __future__ import annotations

import reflex as rx

from components.ui import plain_form, text_field
from state.sign_in import SignInState

ON_LOAD = SignInState.load


def page() -> rx.Component:
    """The sign-in page."""
    return rx.el.main(
        rx.el.div(
            rx.el.div(rx.image(src="/logo.svg", alt="", height="32px"), rx.el.strong("DokanGo"), class_name="fr-logo"),
            rx.el.h1("Sign in", class_name="dk-title"),
            _reason(),
            plain_form(
                rx.el.input(type="hidden", name="next", value=SignInState.going_to, read_only=True),
                # the key draws the field anew when the URL is read, so that what was typed stands in it again
                text_field(
                    "Login",
                    "login",
                    auto_complete="username",
                    required=True,
                    max_length=80,
                    key=SignInState.login,
                    default_value=SignInState.login,
                ),
                text_field("Password", "password", type="password", auto_complete="current-password", required=True),
                rx.button("Sign in", type="submit", size="3", width="100%"),
                action="/sign-in",
                class_name="fr-form",
            ),
            class_name="fr-sign-in",
        ),
    )


def _reason() -> rx.Component:
    return rx.cond(
        SignInState.sentence != "",
        rx.callout.root(
            rx.callout.icon(rx.cond(SignInState.failed, rx.icon("triangle-alert"), rx.icon("info"))),
            rx.callout.text(SignInState.sentence),
            color_scheme=rx.cond(SignInState.failed, "red", "gray"),
            role="alert",
        ),
    )
