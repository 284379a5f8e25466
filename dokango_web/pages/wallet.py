"""The wallet's inbox: what bKash, Nagad and Rocket wrote to the shop, and whose payments it tells of."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.orders.verify import verify_dialog
from components.ui.lists.tabs import Tab
from components.wallet.assign import assign_dialog
from components.wallet.balances import balances
from components.wallet.inbox import lines, paste_card
from dokango.orders.reading.evidence_lists import TABS, WAITING
from state.wallet.inbox import BALANCES, ROUTE, WalletState

LOADS = [WalletState.load]


def page() -> rx.Component:
    """The wallet page."""
    return ui.page(
        ui.page_header("Wallet"),
        paste_card(),
        ui.tabs(
            [
                Tab(word, f"{ROUTE}?tab={key}", WalletState.tab == key, WalletState.to_book if key == WAITING else "")
                for key, word in (*TABS.items(), (BALANCES, "Balances"))
            ],
            label="Views",
        ),
        rx.cond(WalletState.loading, ui.loading_rows(), rx.cond(WalletState.tab == BALANCES, balances(), _list())),
        assign_dialog(),
        verify_dialog(),
    )


def _list() -> rx.Component:
    return rx.cond(
        WalletState.rows.length() > 0,
        rx.fragment(lines(), ui.pager(WalletState.previous_url, WalletState.next_url)),
        ui.empty_state(
            "Nothing here", "Messages that you paste, or that a phone passes on, are sorted into these lists.",
            icon="wallet",
        ),
    )  # fmt: skip
