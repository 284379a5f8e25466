"""Couriers' cash: held by each, overdue, and payouts from files."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.cod.held import held
from components.cod.payout import ask_couriers, choose_file, fetched_preview, preview
from state.cod.cash import CourierCashState as S
from state.cod.held import HeldCashState

LOADS = [S.load, HeldCashState.load]


def page() -> rx.Component:
    """Who holds what; with a file in the address, its preview."""
    return ui.page(
        ui.page_header("Couriers' cash"),
        ui.form_error(S.refused),
        rx.cond(
            S.said != "", rx.callout(S.said, icon="circle-check", color_scheme="green", size="1", high_contrast=True)
        ),
        rx.cond(
            S.loading,
            ui.loading_rows(6),
            rx.cond(
                S.token != "",
                preview(),
                rx.cond(S.fetched != "", fetched_preview(), _standing()),
            ),
        ),
    )  # fmt: skip


def _standing() -> rx.Component:
    return rx.el.div(
        held(),
        ui.card(ask_couriers(), title="Payouts that couriers tell of"),
        ui.card(choose_file(), title="A payout came"),
        class_name="dk-stack",
    )
