"""One's own second step: what stands, and the way to set it up or to remove it."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.account.set_up import code_field, picture, recovery_codes
from state.account.second_step import SecondStepState as S

OTHER_PHONE = "Of the app, or a recovery code. For another phone, remove it and set it up anew."


def second_step_card() -> rx.Component:
    """The card on the account page."""
    return ui.card(
        rx.cond(
            S.codes.length() > 0,
            recovery_codes(S, ui.action_button("I have them", S.codes_kept)),
            rx.cond(S.since != "", _kept(), rx.cond(S.qr != "", _setting_up(), _none())),
        ),
        title="Second step at sign-in",
    )


def _none() -> rx.Component:
    return rx.el.div(
        rx.el.p("After the password a code of your phone is asked for, so that a stolen password opens nothing."),
        rx.el.div(ui.action_button("Set up a second step", S.begin, icon="smartphone"), class_name="sh-save"),
        class_name="dk-stack",
    )


def _setting_up() -> rx.Component:
    return ui.sent_form(
        S,
        S.set_up,
        ui.form_error(S.failure),
        picture(S),
        code_field(S),
        rx.el.div(ui.action_button("Set it up", submit=True, pending=S.pending), class_name="sh-save"),
        key=S.press,
        custom_attrs={"noValidate": True},
    )


def _kept() -> rx.Component:
    return rx.el.div(
        ui.facts(("Set up", S.since), ("Recovery codes left", S.codes_left.to_string())),
        ui.sent_form(
            S,
            S.remove,
            ui.form_error(S.failure),
            code_field(S, "Code, to remove it", OTHER_PHONE),
            rx.cond(
                S.must,
                rx.el.p("Your role must have one: you will be led to set up another at once.", class_name="dk-hint"),
            ),
            rx.el.div(
                ui.action_button("Remove the second step", submit=True, colour="red", pending=S.pending),
                class_name="sh-save",
            ),
            key=S.press,
            custom_attrs={"noValidate": True},
        ),
        class_name="dk-stack",
    )
