"""Cash that couriers hold: by courier, and the orders behind it."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.cod.cash import CourierCashState as S

Words = rx.Var[dict[str, str]]


def held() -> rx.Component:
    """Each courier with what it holds and what is overdue, and the orders."""
    columns = [
        ui.Column("Courier"), ui.Column("Holds", align="right"), ui.Column("Orders", align="right"),
        ui.Column("Oldest", align="right"), ui.Column("Promises"), ui.Column("Overdue"),
        ui.Column("Message to it", hidden=True),
    ]  # fmt: skip
    orders = [
        ui.Column("Order"), ui.Column("Courier"), ui.Column("Cash", align="right"), ui.Column("Held for", align="right")
    ]  # fmt: skip
    return rx.cond(
        S.held.length() > 0,
        rx.el.div(
            ui.table(columns, rx.foreach(S.held, _courier), caption="Cash with couriers"),
            ui.section(
                "Orders behind it",
                ui.table(orders, rx.foreach(S.orders, _order), caption="Orders whose cash a courier holds"),
            ),
            class_name="dk-stack",
        ),
        ui.empty_state("No courier holds any of your cash", "What riders collect stands here until it is paid out.",
                       icon="hand-coins"),
    )  # fmt: skip


def _courier(row: Words) -> rx.Component:
    return ui.row(
        ui.cell(row["name"], lead=True, heading=True),
        ui.cell(ui.money(row["held"], strong=True), label="Holds", align="right"),
        ui.cell(row["orders"], label="Orders", align="right"),
        ui.cell(row["oldest"], label="Oldest", align="right"),
        ui.cell(row["promise"], label="Promises"),
        ui.cell(
            rx.cond(row["overdue"] != "", ui.check_line("warn", row["overdue"]), "nothing"), label="Overdue"
        ),
        ui.cell(ui.copy_button(row["message"], "message to the courier"), label="Message to it"),
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
    )  # fmt: skip
