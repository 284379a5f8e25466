"""The dialog that takes a payment back: which one, why, and what that would write."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.orders.take_back import TakeBackState as Back

Words = rx.Var[dict[str, str]]


def take_back_dialog() -> rx.Component:
    """For the order's page."""
    return ui.dialog(
        rx.Var.create("Take a payment back · #") + Back.number,
        ui.sent_form(
            Back,
            Back.take_back,
            ui.form_error(Back.failure),
            ui.choice_field(
                "Which payment",
                "payment",
                Back.payments,
                error=Back.errors["payment"],
                on_change=lambda chosen: Back.weigh("payment", chosen),
            ),
            ui.text_area_field("Why", "reason", error=Back.errors["reason"], rows="2", required=True),
            _preview(),
            ui.dialog_foot(ui.action_button("Take it back", submit=True, variant="solid", pending=Back.pending)),
            seen=(Back.number, Back.version),
            key=Back.press,
        ),
        is_open=Back.is_open,
        on_open_change=Back.close,
        description="For what was booked by mistake. No money is sent; both rows stay on record.",
        width="560px",
    )


def _preview() -> rx.Component:
    return rx.el.section(
        rx.el.h3("What this books", class_name="dk-label"),
        rx.el.p(Back.said),
        rx.el.ul(rx.foreach(Back.postings, _posting), class_name="dk-plain-list"),
        aria_live="polite",
        aria_label="What this books",
    )


def _posting(posting: Words) -> rx.Component:
    return rx.el.li(ui.money(posting["amount"]), " ", posting["debit"], " ← ", posting["credit"])
