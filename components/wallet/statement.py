"""A wallet's statement: choosing the file, saying what its columns are, and what would become of each line."""

from __future__ import annotations

import reflex as rx

from components import ui
from dokango.statements.columns import PLACES
from state.wallet.statement import StatementState as S

Words = rx.Var[dict[str, str]]


def choose_file() -> rx.Component:
    """The form that the browser itself sends; nothing is kept by it."""
    return ui.card(
        ui.plain_form(
            ui.choice_field("Whose statement", "wallet", S.wallets),
            rx.el.label("The file, CSV or XLSX: choose it, or drop it here", html_for="statement-file",
                        class_name="dk-label"),
            rx.el.input(
                type="file", name="file", id="statement-file", accept=".csv,.tsv,.txt,.xlsx", required=True,
                class_name="sh-file",
            ),
            rx.el.div(rx.button("Preview it", type="submit", size="2", variant="outline"), class_name="sh-save"),
            action="/upload/statements",
            enc_type="multipart/form-data",
            class_name="dk-form sh-form",
        ),
        title="Bring a statement in",
    )  # fmt: skip


def preview() -> rx.Component:
    """Columns, what is found, and the one button that keeps it."""
    return ui.plain_form(
        rx.el.input(type="hidden", name="file", value=S.token, read_only=True),
        ui.asked_columns(S.columns, PLACES, S.choose, title=S.file_name),
        ui.card(
            rx.el.p(rx.cond(S.problem != "", S.problem, S.summary), role="status"),
            rx.cond(S.lines.length() > 0, _lines()),
            title="What would become of it",
        ),
        rx.el.div(
            ui.link_button("Back", "/wallet", colour="gray"),
            rx.button("Bring these lines in", type="submit", size="2", disabled=S.problem != ""),
            class_name="dk-dialog-foot",
        ),
        action="/upload/statements/keep",
        class_name="dk-form",
    )


def _lines() -> rx.Component:
    columns = [
        ui.Column("Line", align="right", width="56px"), ui.Column("What it says"), ui.Column("When"),
        ui.Column("Amount", align="right"), ui.Column("Balance", align="right"), ui.Column("Becomes"),
    ]  # fmt: skip
    return ui.table(columns, rx.foreach(S.lines, _line), caption="Lines of the statement, those not understood first")


def _line(row: Words) -> rx.Component:
    return ui.row(
        ui.cell(row["line"], label="Line", align="right"),
        ui.cell(
            ui.code(row["trx_id"]), rx.el.div(row["said"], class_name="dk-hint"), lead=True, heading=True,
        ),
        ui.cell(row["at"], label="When"),
        ui.cell(ui.money(row["amount"]), label="Amount", align="right"),
        ui.cell(ui.money(row["balance"]), label="Balance", align="right"),
        ui.cell(
            ui.check_line(row["level"], row["becomes"]), rx.el.div(row["why"], class_name="dk-hint"), label="Becomes"
        ),
        name=row["line"],
    )  # fmt: skip
