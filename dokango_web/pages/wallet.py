"""The wallet's inbox: what bKash, Nagad and Rocket wrote to the shop, and whose payments it tells of."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.orders.verify import verify_dialog
from components.ui.lists.tabs import Tab
from components.wallet.assign import assign_dialog
from components.wallet.balances import balances
from components.wallet.inbox import lines, paste_card
from components.wallet.out import money_out_dialog
from components.wallet.photos import photos_dialog
from components.wallet.settle import give_back_dialog, keep_dialog
from components.wallet.statement import choose_file, preview
from dokango.orders.reading.evidence_lists import TABS, WAITING
from state.wallet.inbox import BALANCES, ROUTE, WalletState
from state.wallet.statement import StatementState

LOADS = [WalletState.load, StatementState.load]


def page() -> rx.Component:
    """The wallet page."""
    return ui.page(
        ui.page_header("Wallet"),
        ui.form_error(StatementState.refused),
        rx.cond(
            StatementState.kept != "",
            rx.callout(StatementState.kept, icon="circle-check", color_scheme="green", size="1", high_contrast=True),
        ),
        rx.cond(StatementState.token != "", preview(), _inbox()),
    )


def _inbox() -> rx.Component:
    return rx.fragment(
        rx.el.div(paste_card(), choose_file(), class_name="dk-stack"),
        ui.tabs(
            [
                Tab(word, f"{ROUTE}?tab={key}", WalletState.tab == key, WalletState.to_book if key == WAITING else "")
                for key, word in (*TABS.items(), (BALANCES, "Balances"))
            ],
            label="Views",
        ),
        rx.cond(WalletState.by_rule != "", rx.el.p(WalletState.by_rule, class_name="dk-hint", role="status")),
        rx.cond(WalletState.loading, ui.loading_rows(), rx.cond(WalletState.tab == BALANCES, balances(), _list())),
        assign_dialog(),
        give_back_dialog(),
        keep_dialog(),
        photos_dialog(),
        money_out_dialog(),
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
