"""The steps between the password and the desk; the page has no frame, for nothing else opens yet."""

from __future__ import annotations

from typing import Any

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
    return _step(
        "Your second step",
        S.give_code,
        code_field(S, hint="Six digits, as the app shows them now; or one of your recovery codes."),
        label="Go on",
        below=rx.el.p(LOST, class_name="dk-hint"),
        key=S.press,
    )


def _set_up() -> rx.Component:
    return _step(
        "Set up a second step",
        S.set_up,
        picture(S),
        code_field(S),
        label="Set it up",
        why="Your role needs one: after the password, a code of your phone. Nothing opens before.",
        key=S.press,
    )


def _own_password() -> rx.Component:
    return _step(
        "Choose your own password",
        S.set_password,
        rx.el.input(type="text", name="login", value=S.login, read_only=True, auto_complete="username", hidden=True),
        *new_password_fields(S),
        label="Keep this password",
        why="The one you signed in with was made by somebody else. Nothing opens until it is changed.",
    )


def _step(
    title: str,
    send: Any,
    *fields: rx.Component,
    label: str,
    why: str = "",
    below: rx.Component | None = None,
    **form: Any,
) -> rx.Component:
    """One step: what is asked, `why`, and the form's one filled button. `key=S.press` empties its fields anew."""
    return rx.fragment(
        rx.el.h1(title, class_name="dk-title"),
        rx.el.p(why) if why else rx.fragment(),
        sent_form(
            S,
            send,
            form_error(S.failure),
            *fields,
            action_button(label, submit=True, variant="solid", pending=S.pending, size="3"),
            below or rx.fragment(),
            class_name="fr-form",
            custom_attrs={"noValidate": True},
            **form,
        ),
    )
