"""Setting up a second step: the picture to scan, the code that proves it, and the recovery codes."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components import ui

HOW = "Scan the picture with an app for sign-in codes (Google Authenticator, Aegis, 2FAS …), or type the key into it."


def code_field(state: Any, label: str = "Code", hint: str = "Six digits, as the app shows them now.") -> rx.Component:
    """Where a code is typed."""
    return ui.text_field(
        label, "code", required=True, auto_complete="one-time-code", auto_capitalize="none", max_length=40, hint=hint,
        error=rx.cond(state.errors["code"], state.errors["code"], ""),
    )  # fmt: skip


def picture(state: Any) -> rx.Component:
    """The secret, to be scanned or typed."""
    return rx.fragment(
        rx.el.p(HOW),
        rx.cond(
            state.qr != "",
            rx.image(src=state.qr, alt="The key of your second step, as a QR code", class_name="fr-qr"),
        ),
        rx.el.p(rx.el.span("Key: ", class_name="dk-hint"), ui.code(state.secret), class_name="fr-key"),
    )


def recovery_codes(state: Any, *below: rx.Component) -> rx.Component:
    """The ten codes, shown this once."""
    return rx.el.div(
        rx.el.p(
            "Ten recovery codes, shown this once. Each opens the shop once in place of the phone: print them, or write"
            " them down, and keep them where the phone is not."
        ),
        rx.el.ul(rx.foreach(state.codes, lambda code: rx.el.li(ui.code(code))), class_name="fr-codes"),
        rx.el.div(ui.copy_button(state.codes.join("\n"), "recovery codes"), *below, class_name="sh-save"),
        class_name="dk-stack", role="status",
    )  # fmt: skip
