"""The review page of one order, and the drawer that peeks at it from the list."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.claims.of_order import order_claims
from components.orders import parts, steps
from components.orders.approval import approval_band
from components.orders.dialogs import order_dialogs
from components.orders.parcel import parcel_card
from components.orders.presence import presence_band
from components.orders.verify import verify_dialog
from state.orders.came_from import CameFromState
from state.orders.lists import OrdersState
from state.orders.order import OrderState

ORDER = OrderState.order


def order_page() -> rx.Component:
    """Everything of one order: left what it is, right who it is for, below how it came here."""
    return rx.fragment(
        rx.cond(
            OrderState.missing != "",
            ui.error_state("No such order", OrderState.missing, ui.link_button("All orders", "/orders?tab=all")),
            rx.cond(OrderState.loading, ui.page(ui.loading_rows(10, "Loading the order…")), _page()),
        ),
        order_dialogs(),
        verify_dialog(),
    )


def _page() -> rx.Component:
    return ui.page(
        ui.page_header(
            rx.Var.create("Order #") + ORDER["number"],
            subtitle=rx.el.div(
                ORDER["placed"],
                " · ",
                ORDER["channel"],
                " · ",
                parts.axes(),
                rx.cond(ORDER["kept"] != "", rx.el.span("let go on ", ORDER["kept"], " unless confirmed")),
                class_name="od-sub",
            ),
            back=_back(),
            action=steps.next_button(),
            more=[_print_link(), steps.other_buttons(), steps.steps_menu()],
        ),
        presence_band(),
        parts.held_band(),
        approval_band(),
        parts.wish_band(),
        rx.el.div(
            ui.split(
                [
                    parts.checks(),
                    parts.items(),
                    parts.payment(),
                    parcel_card(),
                    order_claims(),
                    parts.history(),
                ],
                [parts.customers_note(), parts.customer(), parts.address(), _tracking()],
            ),
            class_name="od-review",
        ),
    )


def _back() -> rx.Component:
    icon = rx.icon("arrow-left", size=18, aria_hidden="true")
    return rx.link(icon, href=CameFromState.orders_url, aria_label="Back to orders", class_name="od-back")


def _print_link() -> rx.Component:
    return ui.link_button(
        "Print",
        rx.Var.create("/papers/slips.pdf?orders=") + ORDER["number"],
        icon="printer",
        inside=False,
        target="_blank",
        key="p",
    )


def _tracking() -> rx.Component:
    return ui.card(
        rx.el.a(ORDER["tracking"], href=ORDER["tracking"], target="_blank", class_name="dk-link od-break"),
        title="The customer's page",
        action=ui.copy_button(ORDER["tracking"], "tracking link"),
    )


def peek() -> rx.Component:
    """The drawer over the list, with previous and next."""
    return ui.drawer(
        rx.Var.create("Order #") + OrdersState.peek,
        rx.cond(
            OrderState.missing != "",
            ui.error_state("No such order", OrderState.missing),
            rx.cond(OrderState.loading, ui.loading_rows(8), _peeked()),
        ),
        is_open=OrdersState.peek != "",
        on_open_change=OrdersState.close_peek,
    )


def _peeked() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            _neighbour("Previous", "chevron-up", OrdersState.peek_before, "k"),
            _neighbour("Next", "chevron-down", OrdersState.peek_after, "j"),
            rx.spacer(),
            rx.link("Open the page", href=rx.Var.create("/orders/") + ORDER["number"], size="2"),
            class_name="od-peek-bar",
        ),
        parts.axes(),
        parts.held_band(),
        approval_band(),
        parts.wish_band(),
        rx.el.div(steps.next_button(), steps.other_buttons(), steps.steps_menu(), class_name="dk-inline"),
        parts.checks(),
        parts.customers_note(),
        parts.items(),
        parts.payment(),
        parts.customer(),
        parts.address(),
        parcel_card(),
    )


def _neighbour(label: str, icon: str, url: rx.Var[str], key: str) -> rx.Component:
    return rx.button(
        rx.icon(icon, size=16, aria_hidden="true"),
        label,
        variant="ghost",
        color_scheme="gray",
        size="2",
        disabled=url == "",
        on_click=rx.redirect(url, replace=True),
        custom_attrs=ui.shortcut(key),
    )
