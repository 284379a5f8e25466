"""The steps between the password and the desk; the page has no frame, for nothing else opens yet."""

from __future__ import annotations

import reflex as rx

from components.account.password import new_password_fields
from components.ui import action_button, form_error, loading_rows, plain_form, sent_form
from dokango.people.sessions import Asked
from state.sign_in_step import SignInStepState as S

ON_LOAD = S.load


def page() -> rx.Component:
    """Whatever is asked next."""
    return rx.el.main(
        rx.el.div(
            rx.el.div(rx.image(src="/logo.svg", alt="", height="32px"), rx.el.strong("DokanGo"), class_name="fr-logo"),
            rx.match(S.asked, (Asked.PASSWORD.value, _own_password()), loading_rows(3)),
            plain_form(
                rx.el.button("Sign out", type="submit", class_name="dk-link fr-leave"),
                action="/sign-out",
            ),
            class_name="fr-sign-in",
        ),
    )


def _own_password() -> rx.Component:
    return rx.fragment(
        rx.el.h1("Choose your own password", class_name="dk-title"),
        rx.el.p("The one you signed in with was made by somebody else. Nothing opens until it is changed."),
        sent_form(
            S,
            S.set_password,
            form_error(S.failure),
            rx.el.input(
                type="text", name="login", value=S.login, read_only=True, auto_complete="username", hidden=True
            ),
            *new_password_fields(S),
            action_button("Keep this password", submit=True, variant="solid", pending=S.pending, size="3"),
            class_name="fr-form",
            custom_attrs={"noValidate": True},
        ),
    )
