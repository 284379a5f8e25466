"""The dialogs that settle money which matches no order."""

from __future__ import annotations

import reflex as rx

from components import ui
from dokango.payments.methods import pockets
from state.wallet.settle import GiveBackState, KeepState


def give_back_dialog() -> rx.Component:
    """Where it went out of, and the reference that the wallet gave."""
    state = GiveBackState
    return ui.dialog(
        "Give the money back",
        ui.sent_form(
            state,
            state.give,
            ui.form_error(state.failure),
            ui.choice_field(
                "Paid from", "method", [(key, pocket.label) for key, pocket in pockets().items()],
                error=state.errors.get("method", ""), default_value=state.pocket, key=state.pocket,
            ),
            ui.text_field(
                "Reference", "reference", error=state.errors.get("reference", ""), hint="The TrxID of your payment",
            ),
            ui.dialog_foot(ui.action_button("Book it", submit=True, variant="solid", pending=state.pending)),
            key=state.press,
            custom_attrs={"noValidate": True},
        ),
        is_open=state.is_open,
        on_open_change=state.close,
        description=state.about,
        width="420px",
    )  # fmt: skip


def keep_dialog() -> rx.Component:
    """Whose credit it is."""
    state = KeepState
    return ui.dialog(
        "Keep it as a customer's credit",
        ui.sent_form(
            state,
            state.keep,
            ui.form_error(state.failure),
            ui.text_field(
                "Customer's phone", "phone", required=True, error=state.errors.get("phone", ""), input_mode="tel",
                default_value=state.phone, key=state.phone,
            ),
            ui.dialog_foot(ui.action_button("Keep it", submit=True, variant="solid", pending=state.pending)),
            key=state.press,
            custom_attrs={"noValidate": True},
        ),
        is_open=state.is_open,
        on_open_change=state.close,
        description=state.about,
        width="420px",
    )  # fmt: skip
