"""The dialogs of a customer's page."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components import ui
from state.customers.acts import BLOCK, LABELS, MERGE, SEPARATE, UNBLOCK
from state.customers.acts import CustomerActsState as S


def customer_dialogs() -> rx.Component:
    """All of them; one is open at a time."""
    return rx.fragment(_labels(), _block(), _unblock(), _merge(), _separate())


def _labels() -> rx.Component:
    field = ui.text_field(
        "Labels", "labels", default_value=S.labels, error=S.errors["labels"], max_length=600, auto_complete="off",
        hint="With commas between them: wholesale, neighbour. Customers are found by them.",
    )  # fmt: skip
    return _dialog(LABELS, "Labels", S.label, [field], "Save")


def _block() -> rx.Component:
    field = ui.text_area_field(
        "Why", "reason", required=True, error=S.errors["reason"], rows="3", max_length=300,
        hint="For the staff alone. The customer is never told, neither why nor that they are blocked.",
    )  # fmt: skip
    return _dialog(BLOCK, "Block this customer", S.block, [field], "Block", colour="red")


def _unblock() -> rx.Component:
    field = ui.text_area_field("Why", "reason", error=S.errors["reason"], rows="2", max_length=300)
    return _dialog(UNBLOCK, "Unblock this customer", S.unblock, [field], "Unblock")


def _merge() -> rx.Component:
    field = ui.text_field(
        "Their other number", "other", required=True, error=S.errors["other"], input_mode="tel", auto_complete="off",
        hint="It leads to this page from now on. No order is changed, and it can be separated again.",
    )  # fmt: skip
    return _dialog(MERGE, "Merge with another number", S.merge, [field], "Merge")


def _separate() -> rx.Component:
    other = rx.el.input(type="hidden", name="other", value=S.other, read_only=True)
    words = rx.el.p(S.other, " becomes a customer of its own again, with its orders.")
    return _dialog(SEPARATE, "Separate a number", S.separate, [other, words], "Separate")


def _dialog(kind: str, title: str, send: Any, fields: list[rx.Component], label: str, **given: str) -> rx.Component:
    return ui.dialog(
        title,
        ui.sent_form(
            S,
            send,
            ui.form_error(S.failure),
            rx.el.input(type="hidden", name="phone", value=S.phone, read_only=True),
            *fields,
            ui.dialog_foot(ui.action_button(label, submit=True, variant="solid", pending=S.pending, **given)),
            key=S.press,
        ),
        is_open=S.dialog == kind,
        on_open_change=S.close,
        description=S.about,
        width="480px",
    )
