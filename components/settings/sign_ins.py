"""Settings: who came in, who was refused, whose rights changed."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.settings.sign_ins import SignInsState as S


def sign_ins_part() -> rx.Component:
    """The list, newest first."""
    columns = [
        ui.Column("What"), ui.Column("Who"), ui.Column("From"), ui.Column("More"), ui.Column("When", align="right"),
    ]  # fmt: skip
    return rx.el.div(
        rx.el.p(
            "Sign-ins, refusals, sign-outs, the first use of an API key on a day, and changes of rights.",
            class_name="dk-hint",
        ),
        rx.cond(
            S.rows.length() > 0,
            rx.fragment(
                ui.table(columns, rx.foreach(S.rows, _event), caption="Sign-ins and rights, newest first"),
                ui.pager(S.previous_url, S.next_url),
            ),
            ui.empty_state("Nothing yet", "Who signs in from now on is listed here.", icon="log-in"),
        ),
        class_name="dk-stack",
    )


def _event(row: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.row(
        ui.cell(row["what"], rx.cond(row["refused"] != "", ui.badge("Refused", "red", "ban")), lead=True, heading=True),
        ui.cell(row["who"], label="Who"),
        ui.cell(row["address"], label="From"),
        ui.cell(row["note"], label="More"),
        ui.cell(row["when"], label="When", align="right"),
        name=row["id"],
    )
