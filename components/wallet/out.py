"""The dialog that asks where money went that left a wallet."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.wallet.out import MoneyOutState as S


def money_out_dialog() -> rx.Component:
    """One choice; the fee is the wallet's own word, beside what the settings expect."""
    return ui.dialog(
        "Where did this money go?",
        ui.sent_form(
            S,
            S.book,
            ui.form_error(S.failure),
            ui.choice_field("To", "pocket", S.choices, error=S.errors.get("pocket", "")),
            ui.check_line(S.fee_level, S.fee),
            ui.dialog_foot(ui.action_button("Book it", submit=True, variant="solid", pending=S.pending)),
            key=S.press,
            custom_attrs={"noValidate": True},
        ),
        is_open=S.is_open,
        on_open_change=S.close,
        description=S.about,
        width="420px",
    )
