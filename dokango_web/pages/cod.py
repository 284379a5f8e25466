"""Couriers' cash: held by each, overdue, payouts from files, and those that were booked."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.cod import clearing
from components.cod import payouts as booked
from components.cod.held import held
from components.cod.payout import ask_couriers, choose_file, fetched_preview, preview
from components.cod.tabs import HELD, OPEN, PAYOUTS, tab_row
from state.cod.cash import CourierCashState as S
from state.cod.clearing import OpenSumsState
from state.cod.held import HeldCashState
from state.cod.payouts import PayoutsState, PayoutState

LOADS = [S.load, HeldCashState.load]
PAYOUTS_LOADS = [PayoutsState.load]
OPEN_LOADS = [OpenSumsState.load]
PAYOUT_LOADS = [PayoutState.load]


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
        tab_row(HELD),
        held(),
        ui.card(ask_couriers(), title="Payouts that couriers tell of"),
        ui.card(choose_file(), title="A payout came"),
        class_name="dk-stack",
    )


def payouts() -> rx.Component:
    """Every payout that was booked."""
    return ui.page(
        ui.page_header("Payouts of couriers"),
        tab_row(PAYOUTS),
        booked.told_payouts(),
        booked.booked_payouts(),
        booked.cost_sheets(),
    )


def one_payout() -> rx.Component:
    """/cod/payouts/‹id›: one payout and what was found of its lines."""
    return ui.page(ui.page_header("Payout"), tab_row(PAYOUTS), booked.one_payout())


def open_sums() -> rx.Component:
    """What payouts paid for no parcel, until it is cleared up."""
    return ui.page(
        ui.page_header("To be cleared up", subtitle="What couriers paid, or took, that belongs to no parcel of yours."),
        tab_row(OPEN),
        clearing.open_sums(),
        clearing.clear_up_dialog(),
    )
