"""The card of an order's claims on its couriers."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.claims.lists import claim_badge, window
from state.claims.opening import OpenClaimState
from state.orders.order import OrderState

Words = rx.Var[dict[str, str]]


def order_claims() -> rx.Component:
    """What is claimed, and the button that opens a claim; nothing for an order that no courier ever had."""
    ask = rx.cond(
        OrderState.claimable_from != "",
        ui.action_button(
            rx.Var.create("Claim from ") + OrderState.claimable_from + "…",
            OpenClaimState.open(OrderState.order["number"], "", ""),
            size="1",
        ),
    )
    return rx.cond(
        (OrderState.claims.length() > 0) | (OrderState.claimable_from != ""),
        ui.card(
            rx.cond(
                OrderState.claims.length() > 0,
                rx.el.ul(rx.foreach(OrderState.claims, _claim), class_name="dk-plain-list"),
                rx.el.p("Nothing is claimed of what the courier lost or damaged.", class_name="dk-hint"),
            ),
            title="Claims on the courier",
            action=ask,
        ),
    )


def _claim(row: Words) -> rx.Component:
    return rx.el.li(
        claim_badge(row["state"]), " ",
        rx.link(row["kind"], ": ", row["claimed"], href=row["href"]), " ",
        rx.cond(row["paid"] != "", rx.el.span("paid ", row["paid"], " ")),
        window(row), " ", rx.el.span(row["photos"], class_name="dk-subtitle"),
    )  # fmt: skip
