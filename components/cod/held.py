"""Cash that couriers hold: by courier and age, and the orders behind it."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.cod.held import HeldCashState as S
from state.cod.held_text import BANDS

Words = rx.Var[dict[str, str]]


def held() -> rx.Component:
    """Each courier with what it holds and what is overdue, and the orders."""
    columns = [
        ui.Column("Courier"), *(ui.Column(words.capitalize(), align="right") for _, words in BANDS),
        ui.Column("Besides", align="right"), ui.Column("In all", align="right"), ui.Column("Overdue"),
        ui.Column("Message to it", hidden=True),
    ]  # fmt: skip
    return rx.cond(
        S.loading,
        ui.loading_rows(6),
        rx.cond(
            S.held.length() > 0,
            rx.el.div(
                ui.table(columns, rx.foreach(S.held, _courier), caption="Cash with couriers, and how many orders"),
                rx.el.p(
                    "“Besides” is what stands on a courier's account and is no cash of these orders: charges of parcels"
                    " that brought none, to be taken off its next payout.",
                    class_name="dk-hint",
                ),
                _orders(),
                class_name="dk-stack",
            ),
            ui.empty_state("No courier holds any of your cash", "What riders collect stands here until it is paid out.",
                           icon="hand-coins"),
        ),
    )  # fmt: skip


def _orders() -> rx.Component:
    columns = [
        ui.Column("Order"), ui.Column("Courier"), ui.Column("Cash", align="right"), ui.Column("Held for", align="right")
    ]  # fmt: skip
    return ui.section(
        rx.cond(S.of_courier != "", rx.Var.create("Orders behind what ") + S.of_courier + " holds", "Orders behind it"),
        ui.table(columns, rx.foreach(S.orders, _order), caption="Orders whose cash a courier holds"),
        ui.pager(S.previous_url, S.next_url),
        action=rx.cond(S.of_courier != "", ui.link_button("All couriers", "/cod", colour="gray", size="1")),
    )


def _courier(row: Words) -> rx.Component:
    return ui.row(
        ui.cell(
            ui.open_link(row["name"], row["href"]),
            rx.el.div(row["orders"], class_name="dk-subtitle"),
            lead=True, heading=True,
        ),
        *(ui.cell(ui.money(row[key]), label=words.capitalize(), align="right") for key, words in BANDS),
        ui.cell(ui.money(row["besides"]), label="Besides", align="right"),
        ui.cell(
            ui.money(row["held"], strong=True),
            rx.cond(row["oldest"] != "", rx.el.div("oldest ", row["oldest"], class_name="dk-subtitle")),
            label="In all", align="right",
        ),
        ui.cell(
            rx.cond(row["overdue"] != "", ui.check_line("warn", row["overdue"]), "nothing"),
            rx.el.div("promises ", row["promise"], class_name="dk-subtitle"),
            label="Overdue",
        ),
        ui.cell(
            rx.cond(row["message"] != "", ui.copy_button(row["message"], "message to the courier")),
            label="Message to it",
        ),
        name=row["courier"],
    )  # fmt: skip


def _order(row: Words) -> rx.Component:
    return ui.row(
        ui.cell(ui.open_link(rx.Var.create("#") + row["number"], row["href"]), lead=True, heading=True),
        ui.cell(row["courier"], label="Courier"),
        ui.cell(ui.money(row["amount"]), label="Cash", align="right"),
        ui.cell(
            rx.cond(row["late"] != "", ui.badge(row["days"], "amber", "clock"), row["days"]), label="Held for",
            align="right",
        ),
        name=row["number"],
    )  # fmt: skip
