"""The dialogs that settle money which matches no order."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components import ui
from dokango.payments.methods import pockets
from state.wallet.settle import GiveBackState, KeepState


def give_back_dialog() -> rx.Component:
    """Where it went out of, and the reference that the wallet gave."""
    state = GiveBackState
    return _settled(
        "Give the money back",
        state,
        state.give,
        "Book it",
        ui.choice_field(
            "Paid from", "method", [(key, pocket.label) for key, pocket in pockets().items()],
            error=state.errors.get("method", ""), default_value=state.pocket, key=state.pocket,
        ),
        ui.text_field(
            "Reference", "reference", error=state.errors.get("reference", ""), hint="The TrxID of your payment",
        ),
    )  # fmt: skip


def keep_dialog() -> rx.Component:
    """Whose credit it is."""
    state = KeepState
    return _settled(
        "Keep it as a customer's credit",
        state,
        state.keep,
        "Keep it",
        ui.text_field(
            "Customer's phone", "phone", required=True, error=state.errors.get("phone", ""), input_mode="tel",
            default_value=state.phone, key=state.phone,
        ),
    )  # fmt: skip


def _settled(title: str, state: Any, act: Any, word: str, *fields: rx.Component) -> rx.Component:
    return ui.dialog(
        title,
        ui.sent_form(
            state,
            act,
            ui.form_error(state.failure),
            *fields,
            ui.dialog_foot(ui.action_button(word, submit=True, variant="solid", pending=state.pending)),
            key=state.press,
            custom_attrs={"noValidate": True},
        ),
        is_open=state.is_open,
        on_open_change=state.close,
        description=state.about,
        width="420px",
    )
