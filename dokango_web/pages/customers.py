"""/customers: who buys, by phone; and one customer."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.customers.customer import customer_page
from components.customers.dialogs import customer_dialogs
from components.customers.lists import customers_list, search
from state.customers.customer import CustomerState
from state.customers.lists import CustomersState

LOADS = [CustomersState.load]
ONE_LOADS = [CustomerState.load]


def page() -> rx.Component:
    """The list."""
    return ui.page(ui.page_header("Customers", search=search()), customers_list())


def one() -> rx.Component:
    """/customers/‹phone›: one customer, and the dialogs about them."""
    return rx.fragment(customer_page(), customer_dialogs())
