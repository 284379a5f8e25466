"""Each wallet's balance, and where its messages do not follow one another."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.wallet.inbox import WalletState as W

Words = rx.Var[dict[str, str]]


def balances() -> rx.Component:
    """A wallet a row: what it holds by its newest message, and its first gap."""
    columns = [
        ui.Column("Wallet"), ui.Column("Balance", align="right"), ui.Column("Payments", align="right"),
        ui.Column("First gap"),
    ]  # fmt: skip
    return rx.cond(
        W.balances.length() > 0,
        ui.table(columns, rx.foreach(W.balances, _wallet), caption="Balances that the wallets' messages state"),
        ui.empty_state(
            "No balance known", "Bring messages in that state a time and a balance; each follows from the one before.",
            icon="wallet",
        ),
    )  # fmt: skip


def _wallet(row: Words) -> rx.Component:
    return ui.row(
        ui.cell(row["wallet"], lead=True, heading=True),
        ui.cell(ui.money(row["balance"]), label="Balance", align="right"),
        ui.cell(row["lines"], label="Payments", align="right"),
        ui.cell(
            ui.check_line(row["level"], row["words"]),
            rx.cond(
                row["before"] != "",
                rx.fragment(
                    rx.el.div(row["before"], class_name="dk-hint"), rx.el.div(row["after"], class_name="dk-hint"),
                ),
            ),
            label="First gap",
        ),
        name=row["method"],
    )  # fmt: skip
