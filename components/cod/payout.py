"""A payout file: choosing one, saying what its columns are, and what would be booked of each line."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.cod.payout_line import payout_columns, payout_line
from dokango.payouts.columns import PLACES
from state.cod.cash import CourierCashState as S

Words = rx.Var[dict[str, str]]


def choose_file() -> rx.Component:
    """The form that the browser itself sends; nothing is booked by it."""
    return ui.plain_form(
        ui.choice_field("Whose payout", "courier", S.couriers),
        ui.text_field(
            "Its number, if it has one", "reference", max_length=60, default_value=S.file_number, key=S.file_number
        ),
        rx.el.label("The file, CSV or XLSX", html_for="payout-file", class_name="dk-label"),
        rx.el.input(
            type="file", name="file", id="payout-file", accept=".csv,.xlsx", required=True, class_name="sh-file"
        ),
        rx.el.div(rx.button("Preview it", type="submit", size="2"), class_name="sh-save"),
        action="/upload/payouts",
        enc_type="multipart/form-data",
        class_name="dk-form sh-form",
    )


def ask_couriers() -> rx.Component:
    """A button for each courier whose API tells its payouts, and those that nobody booked."""
    columns = [
        ui.Column("Payout"), ui.Column("Amount", align="right"), ui.Column("Day"), ui.Column("It says"),
        ui.Column("Look", hidden=True),
    ]  # fmt: skip
    return rx.el.div(
        rx.foreach(
            S.can_ask,
            lambda one: ui.action_button(
                rx.Var.create("Ask ") + one[1] + " for its payouts",
                S.ask(one[0], 1),
                icon="cloud-download",
                pending=S.asking == one[0],
            ),
        ),
        rx.cond(
            S.told.length() > 0, ui.table(columns, rx.foreach(S.told, _told), caption="Payouts that nobody booked")
        ),
        rx.cond(
            S.older > 0,
            ui.action_button(
                "Ask for older ones", S.ask(S.asked_of, S.older), icon="chevron-right", pending=S.asking != ""
            ),
        ),
        class_name="dk-stack",
    )


def _told(row: Words) -> rx.Component:
    return ui.row(
        ui.cell(ui.code(row["id"]), lead=True, heading=True),
        ui.cell(ui.money(row["amount"]), label="Amount", align="right"),
        ui.cell(row["day"], label="Day"),
        ui.cell(row["status"], label="It says"),
        ui.cell(
            ui.plain_form(
                rx.el.input(type="hidden", name="courier", value=S.asked_of, read_only=True),
                rx.el.input(type="hidden", name="payment", value=row["id"], read_only=True),
                rx.button("Preview it", type="submit", size="2", variant="outline"),
                action="/upload/payouts/fetch",
            ),
            label="Look",
        ),
    )  # fmt: skip


def fetched_preview() -> rx.Component:
    """What is found of a payout that the courier's API told, and the one button that books it."""
    return ui.plain_form(
        rx.el.input(type="hidden", name="fetched", value=S.fetched, read_only=True),
        rx.el.input(type="hidden", name="seen", value=S.seen, read_only=True),
        rx.el.p(S.file_name, class_name="dk-hint"),
        *_found(),
        action="/upload/payouts/fetched/book",
        class_name="dk-form",
    )


def preview() -> rx.Component:
    """Columns, what is found, and the one button that books it."""
    return ui.plain_form(
        rx.el.input(type="hidden", name="file", value=S.token, read_only=True),
        rx.el.input(type="hidden", name="seen", value=S.seen, read_only=True),
        ui.asked_columns(S.columns, PLACES, S.choose, title=S.file_name),
        *_found(),
        action="/upload/payouts/book",
        class_name="dk-form",
    )


def _found() -> tuple[rx.Component, ...]:
    return (
        ui.card(
            rx.el.p(rx.cond(S.problem != "", S.problem, S.summary), role="status"),
            rx.cond(S.lines.length() > 0, _lines()),
            title="What would be booked",
        ),
        rx.el.div(
            ui.link_button("Back", "/cod", colour="gray"),
            rx.button("Book this payout", type="submit", size="2", disabled=(S.problem != "") | (S.seen == "")),
            class_name="dk-dialog-foot",
        ),
    )


def _lines() -> rx.Component:
    columns = payout_columns("Would be booked", expects=True)
    lines = rx.foreach(S.lines, lambda row: payout_line(row, "Would be booked", expects=True))
    return ui.table(columns, lines, caption="Lines of the payout, differences first")
