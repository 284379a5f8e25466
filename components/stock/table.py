"""The shelf as a table, and the drawer with one SKU's movements."""

from __future__ import annotations

import reflex as rx

from components import ui
from dokango.people.permissions import Permission
from state.kit.session import SessionState
from state.stock.count import CountState
from state.stock.receive import ReceiveState
from state.stock.shelf import StockState

LEVELS = {"out": ("red", "circle-x"), "low": ("amber", "triangle-alert"), "good": ("green", "circle-check")}
sees_cost = SessionState.may[Permission.SEE_COST.value]


def figures() -> rx.Component:
    """All units, what they cost, and what runs low."""
    return ui.stat_row(
        [
            ui.stat("Units on hand", StockState.units),
            rx.cond(sees_cost, ui.stat("Stock value", StockState.value, hint="at average cost")),
            ui.stat("Low or sold out", StockState.low_count, href=StockState.low_url),
        ]
    )


def shelf_table() -> rx.Component:
    """One row a SKU."""
    columns = [
        ui.Column("SKU"), ui.Column("On hand", align="right"), ui.Column("Reserved", align="right"),
        ui.Column("Available", align="right"), ui.Column("Level"),
    ]  # fmt: skip
    costs = [ui.Column("Cost each", align="right"), ui.Column("Value", align="right")]

    def with_columns(shown: list[ui.Column], *, cost: bool) -> rx.Component:
        return ui.table(shown, rx.foreach(StockState.rows, lambda row: _row(row, cost=cost)), caption="Stock by SKU")

    return rx.cond(
        sees_cost, with_columns([*columns, *costs], cost=True), with_columns(columns, cost=False)
    )  # fmt: skip


def _row(row: rx.Var[dict[str, str]], *, cost: bool) -> rx.Component:
    costs = (
        [
            ui.cell(ui.money(row["cost"]), label="Cost each", align="right"),
            ui.cell(ui.money(row["value"]), label="Value", align="right"),
        ]
        if cost
        else []
    )
    return ui.row(
        ui.cell(
            rx.el.button(
                row["title"], type="button", on_click=StockState.open_sku(row["sku"]), class_name="ow-open",
                custom_attrs={"data-open": ""},
            ),
            rx.el.div(ui.code(row["sku"]), class_name="dk-hint"),
            lead=True, heading=True,
        ),
        ui.cell(row["on_hand"], label="On hand", align="right"),
        ui.cell(
            row["reserved"],
            rx.cond(row["unconfirmed"] != "", rx.el.div(row["unconfirmed"], class_name="dk-hint")),
            label="Reserved", align="right",
        ),
        ui.cell(rx.el.strong(row["available"]), label="Available", align="right"),
        ui.cell(
            level_badge(row["level"], row["level_words"]), rx.el.span(row["low_at"], class_name="dk-hint ow-low-at")
        ),
        *costs,
        name=row["sku"],
    )  # fmt: skip


def level_badge(level: rx.Var[str], words: rx.Var[str]) -> rx.Component:
    """Sold out, low, or in stock."""
    return rx.match(
        level,
        *[(key, ui.badge(words, colour, icon)) for key, (colour, icon) in LEVELS.items()],
        ui.badge(words),
    )


def sku_drawer() -> rx.Component:
    """One SKU: how it stands, and every movement that explains it."""
    opened = StockState.opened
    return ui.drawer(
        rx.cond(opened["title"], opened["title"], StockState.asked["sku"]),
        rx.cond(
            StockState.missing != "",
            ui.error_state(StockState.missing, "It may have been renamed. Close this and search for it."),
            rx.fragment(
                ui.facts(
                    ("SKU", ui.code(opened["sku"])),
                    ("On hand", opened["on_hand"]),
                    ("Reserved", rx.fragment(opened["reserved"], " ", opened["unconfirmed"])),
                    ("Available", opened["available"]),
                ),
                rx.cond(sees_cost, ui.facts(("Cost each", opened["cost"]), ("Value", opened["value"]))),
                rx.el.div(_receive_here(opened["sku"]), _count_here(opened["sku"]), class_name="dk-inline"),
                ui.section("Movements", _movements()),
            ),
        ),
        is_open=StockState.asked["sku"] != "",
        on_open_change=StockState.close_sku,
    )


def _movements() -> rx.Component:
    columns = [
        ui.Column("What"), ui.Column("On hand", align="right"), ui.Column("Reserved", align="right"), ui.Column("When")
    ]  # fmt: skip
    return rx.fragment(
        rx.cond(
            StockState.opened_movements.length() > 0,
            ui.table(columns, rx.foreach(StockState.opened_movements, _movement), caption="Movements, newest first"),
            ui.empty_state("Nothing moved yet", "Receive goods, and the first movement stands here."),
        ),
        ui.pager(StockState.later_moves_url, StockState.earlier_moves_url, label="Pages of movements"),
    )


def _movement(moved: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.row(
        ui.cell(
            moved["kind"],
            rx.cond(
                moved["order"] != "",
                rx.fragment(
                    " ",
                    rx.link("#", moved["order"], href=rx.Var.create("/orders/") + moved["order"], class_name="dk-link"),
                ),
            ),
            rx.cond(sees_cost & (moved["value"] != ""), rx.el.div("value ", moved["value"], class_name="dk-hint")),
            rx.cond(moved["note"] != "", rx.el.div(moved["note"], class_name="dk-hint")),
            lead=True,
        ),
        ui.cell(moved["on_hand"], label="On hand", align="right"),
        ui.cell(moved["reserved"], label="Reserved", align="right"),
        ui.cell(rx.el.span(moved["when"], class_name="dk-age"), rx.el.div(moved["who"], class_name="dk-hint")),
        name=moved["id"],
    )


def _receive_here(sku: rx.Var[str]) -> rx.Component:
    return rx.cond(
        SessionState.may[Permission.RECEIVE_STOCK.value],
        ui.action_button("Receive", ReceiveState.open(sku), icon="package-plus"),
    )


def _count_here(sku: rx.Var[str]) -> rx.Component:
    return rx.cond(
        SessionState.may[Permission.COUNT_STOCK.value],
        ui.action_button("Count", CountState.open(sku), icon="clipboard-check"),
    )
