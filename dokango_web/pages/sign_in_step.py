"""The steps between the password and the desk; the page has no frame, for nothing else opens yet."""

from __future__ import annotations

import reflex as rx

from components.account.password import new_password_fields
from components.account.set_up import code_field, picture, recovery_codes
from components.ui import action_button, form_error, loading_rows, plain_form, sent_form
from dokango.people.sessions import Asked
from state.sign_in_step import SignInStepState as S

ON_LOAD = S.load
LOST = "Phone and codes lost? The owner can reset your second step in the settings."


def page() -> rx.Component:
    """Whatever is asked next."""
    return rx.el.main(
        rx.el.div(
            rx.el.div(rx.image(src="/logo.svg", alt="", height="32px"), rx.el.strong("DokanGo"), class_name="fr-logo"),
            rx.cond(
                S.codes.length() > 0,
                recovery_codes(S, action_button("Go on", S.go_on, variant="solid")),
                rx.match(
                    S.asked,
                    (Asked.CODE.value, _code()),
                    (Asked.PASSWORD.value, _own_password()),
                    (Asked.SECOND_STEP.value, _set_up()),
                    loading_rows(3),
                ),
            ),
            plain_form(
                rx.el.button("Sign out", type="submit", class_name="dk-link fr-leave"),
                action="/sign-out",
            ),
            class_name="fr-sign-in",
        ),
    )


def _code() -> rx.Component:
    return rx.fragment(
        rx.el.h1("Your second step", class_name="dk-title"),
        sent_form(
            S,
            S.give_code,
            form_error(S.failure),
            code_field(S, hint="Six digits, as the app shows them now; or one of your recovery codes."),
            action_button("Go on", submit=True, variant="solid", pending=S.pending, size="3"),
            rx.el.p(
                "Phone and codes lost? The owner can reset your second step in the settings.", class_name="dk-hint"
            ),
            key=S.press,
            class_name="fr-form",
            custom_attrs={"noValidate": True},
        ),
    )


def _set_up() -> rx.Component:
    return rx.fragment(
        rx.el.h1("Set up a second step", class_name="dk-title"),
        rx.el.p("Your role needs one: after the password, a code of your phone. Nothing opens before."),
        sent_form(
            S,
            S.set_up,
            form_error(S.failure),
            picture(S),
            code_field(S),
            action_button("Set it up", submit=True, variant="solid", pending=S.pending, size="3"),
            key=S.press,
            class_name="fr-form",
            custom_attrs={"noValidate": True},
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
