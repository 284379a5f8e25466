"""The desk: the order list, and one order under review."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.orders.confirming import confirming_dialog
from components.orders.dialogs import order_dialogs
from components.orders.entry import entry_dialog, new_order_button
from components.orders.lists import chosen_bar, order_list, order_tabs, search
from components.orders.review import order_page, peek
from components.orders.verify import verify_dialog
from components.orders.views import view_dialog, views_bar
from components.owner.first_steps import first_steps_card
from state.orders.lists import OrdersState
from state.orders.order import OrderState
from state.orders.presence import PresenceState
from state.orders.views import OrderViewsState
from state.owner.first_steps import FirstStepsState

LOADS = [OrdersState.load, OrderViewsState.load, FirstStepsState.load]
REVIEW_LOADS = [OrderState.load, PresenceState.load]


def page() -> rx.Component:
    """/orders: everything that waits, by what it waits for."""
    return rx.fragment(
        ui.page(
            ui.page_header("Orders", search=search(), action=new_order_button()),
            first_steps_card(),
            rx.el.div(order_tabs(), views_bar(), class_name="od-tabs"),
            order_list(),
            chosen_bar(),
        ),
        peek(),
        order_dialogs(),
        verify_dialog(),
        confirming_dialog(),
        entry_dialog(),
        view_dialog(),
    )


def review() -> rx.Component:
    """/orders/‹number›: one order with all that a decision needs."""
    return order_page()
