"""The list of one's own open sessions."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.account.sessions import SessionsState as S


def sessions_card() -> rx.Component:
    """Where one is signed in."""
    columns = [
        ui.Column("Browser"), ui.Column("From"), ui.Column("Since"), ui.Column("Last act"),
        ui.Column("Do", hidden=True),
    ]  # fmt: skip
    return ui.card(
        ui.table(columns, rx.foreach(S.rows, _session), caption="Where you are signed in"),
        title="Where you are signed in",
        action=rx.cond(
            S.others > 0,
            ui.action_button("Sign out all others", S.sign_out_others, icon="log-out"),
        ),
    )


def _session(row: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.row(
        ui.cell(
            rx.el.span(
                row["browser"], rx.cond(row["here"] != "", ui.badge("This browser", "green", "check")),
                class_name="dk-inline",
            ),
            lead=True, heading=True,
        ),
        ui.cell(row["address"], label="From"),
        ui.cell(row["since"], label="Since"),
        ui.cell(rx.el.span(row["acted"], title=row["acted_exact"]), label="Last act"),
        ui.cell(
            rx.cond(
                row["here"] == "",
                ui.action_button("Sign out", S.sign_out(row["name"]), name=row["name"], variant="soft", colour="gray"),
            ),
            align="right",
        ),
        name=row["name"],
    )  # fmt: skip
