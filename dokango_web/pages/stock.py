"""Stock: what is on hand, promised and available, why, and the two things people do at the shelf."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.stock.dialogs import count_dialog, receive_dialog
from components.stock.table import figures, shelf_table, sku_drawer
from components.ui.lists.tabs import Tab
from dokango.people.permissions import Permission
from state.kit.session import SessionState
from state.stock.count import CountState
from state.stock.receive import ReceiveState
from state.stock.shelf import StockState

LOADS = [StockState.load]


def page() -> rx.Component:
    """The stock page."""
    return rx.fragment(
        ui.page(
            ui.page_header(
                "Stock",
                search=ui.search_box(StockState.asked["q"], StockState.find, placeholder="search SKU or title"),
                more=[
                    _if(Permission.SEE_COST, _export()),
                    _if(Permission.COUNT_STOCK, ui.action_button("Count", CountState.open(""), icon="clipboard-check")),
                ],
                action=_if(
                    Permission.RECEIVE_STOCK,
                    ui.action_button("Receive goods", ReceiveState.open(""), variant="solid", icon="package-plus"),
                ),
            ),
            figures(),
            ui.tabs(
                [
                    Tab("All", StockState.all_url, current=StockState.asked["low"] == ""),
                    Tab("Low or sold out", StockState.low_url, StockState.asked["low"] == "1", StockState.low_count),
                ],
                label="Views",
            ),
            rx.cond(StockState.loading, ui.loading_rows(), _list()),
        ),
        sku_drawer(),
        receive_dialog(),
        count_dialog(),
    )


def _list() -> rx.Component:
    return rx.cond(
        StockState.rows.length() > 0,
        rx.fragment(
            shelf_table(),
            ui.pager(StockState.previous_url, StockState.next_url),
        ),
        rx.cond(
            StockState.asked["q"] != "",
            ui.empty_state("Nothing found", "No SKU or title has these words. Try fewer letters.", icon="search"),
            rx.cond(
                StockState.asked["low"] != "",
                ui.empty_state(
                    "Nothing runs low", "Items come here when they fall to their low-stock level.", icon="boxes"
                ),
                ui.empty_state("The shelf is empty", "Add products first; then receive goods here.", icon="boxes"),
            ),
        ),
    )


def _export() -> rx.Component:
    return ui.link_button("XLSX", "/export/inventory.xlsx", icon="download", inside=False, colour="gray", download=True)


def _if(wanted: Permission, part: rx.Component) -> rx.Component:
    return rx.cond(SessionState.may[wanted.value], part)
