"""The dialogs about a customer's credit: it pays this order, or what is due back becomes it."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.orders.form_dialog import form_dialog
from state.orders.order import OrderState
from state.orders.steps import OrderStepsState as Steps

ORDER = OrderState.order


def pay_with_credit() -> rx.Component:
    """How much of the credit pays: all that is due, or that there is, unless another amount is typed."""
    return form_dialog(
        "pay_with_credit",
        "Pay with the customer's credit",
        ORDER["credit_means"],
        "Use the credit",
        Steps.pay_with_credit,
        _amount("credit_plain"),
    )


def keep_as_credit() -> rx.Component:
    """How much of what is due back stays."""
    return form_dialog(
        "keep_as_credit",
        "Keep it as the customer's credit",
        "Agree it with the customer first. No money is sent; it pays their next order, and can be paid out later.",
        "Keep as credit",
        Steps.keep_as_credit,
        _amount("refund_due_plain"),
    )


def _amount(filled: str) -> rx.Component:
    return ui.text_field(
        "Amount in taka",
        "amount_poisha",
        input_mode="decimal",
        error=Steps.errors["amount_poisha"],
        default_value=ORDER[filled],
        key=ORDER[filled],
    )
