"""The dialogs that end a claim: what came in, or that nothing does."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.claims.ending import PAID, REFUSED
from state.claims.ending import EndClaimState as S


def end_claim_dialogs() -> rx.Component:
    """Both; one is open at a time."""
    return rx.fragment(_paid(), _refused())


def _paid() -> rx.Component:
    return ui.dialog(
        "What came in for the claim",
        ui.sent_form(
            S,
            S.pay,
            ui.form_error(S.failure),
            ui.text_field(
                "Came into the bank, ৳", "amount_poisha", input_mode="decimal", required=True,
                error=S.errors["amount_poisha"], auto_complete="off",
                hint=S.claimed + rx.Var.create(" is claimed. Less closes it as paid in part."),
            ),
            ui.text_field(
                "Reference", "reference", error=S.errors["reference"], max_length=120,
                hint="As the bank or the courier writes it.",
            ),
            ui.text_area_field(
                "Remark", "reason", error=S.errors["reason"], rows="2", max_length=500,
                hint="Why it is less, if it is.",
            ),
            _foot("Book it", ""),
            seen=(S.number, S.version),
            key=S.press,
        ),
        is_open=S.dialog == PAID,
        on_open_change=S.close,
        description=S.about,
        width="480px",
    )  # fmt: skip


def _refused() -> rx.Component:
    return ui.dialog(
        "The courier pays nothing",
        ui.sent_form(
            S,
            S.refuse,
            ui.form_error(S.failure),
            ui.text_area_field(
                "Why, as the courier says", "reason", required=True, error=S.errors["reason"], rows="3", max_length=500
            ),
            _foot("Close as refused", "red"),
            seen=(S.number, S.version),
            key=S.press,
        ),
        is_open=S.dialog == REFUSED,
        on_open_change=S.close,
        description=S.about,
        width="480px",
    )


def _foot(label: str, colour: str) -> rx.Component:
    given = {"colour": colour} if colour else {}
    return ui.dialog_foot(ui.action_button(label, submit=True, variant="solid", pending=S.pending, **given))
