"""Cancelling a booking: the button beside the parcel, and the dialog behind it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components import ui
from components.shipping.lists import may_ship
from dokango.orders.parcels.cancelling import Cancelling
from state.shipping.cancel_booking import CancelBookingState as Cancel

SEEN = (Cancel.number, Cancel.version)


def cancel_booking_button(how: rx.Var[str], number: rx.Var[str]) -> rx.Component:
    """`how` is one of `Cancelling`: nothing where it cannot be cancelled any more."""
    asked = how == Cancelling.ASKED.value
    return rx.cond(
        how != Cancelling.NONE.value,
        rx.el.div(
            rx.cond(asked, ui.check_line("warn", "The courier was asked to cancel it, and it is not known if it did.")),
            ui.action_button(
                rx.cond(asked, "Was it cancelled?…", "Cancel the booking…"), Cancel.open(number), size="1", icon="ban",
                name="cancel-booking", reason=may_ship(),
            ),
        ),
    )  # fmt: skip


def cancel_booking_dialog() -> rx.Component:
    """Ask the courier, or tell it by hand, or say what came of that."""
    asks = Cancel.how == Cancelling.BY_API.value
    return ui.dialog(
        rx.Var.create("Cancel the booking · #") + Cancel.number,
        rx.cond(asks, _form("Cancel the booking", Cancel.cancel), _by_hand()),
        is_open=Cancel.is_open,
        on_open_change=Cancel.close,
        description=rx.cond(
            asks,
            Cancel.carrier + " is asked. When it says that it is cancelled, the order waits to be shipped again.",
            "Only while the parcel was not picked up and its goods are here: the order then waits to be shipped again.",
        ),
        width="480px",
    )


def _by_hand() -> rx.Component:
    asked = Cancel.how == Cancelling.ASKED.value
    tell = rx.el.div(
        rx.el.p(
            "Tell ", Cancel.carrier, rx.cond(Cancel.panel != "", " there: " + Cancel.panel, ""),
            ". Copy the words, and say here when they have done it.",
            class_name="dk-hint",
        ),
        rx.el.div(
            rx.el.q(Cancel.to_copy, dir="auto"), ui.copy_button(Cancel.to_copy, "the words"), class_name="dk-inline"
        ),
    )  # fmt: skip
    waits = rx.el.p(
        Cancel.carrier, " was asked already, and is not asked again by itself. Look in its panel, or call them.",
        class_name="dk-hint",
    )  # fmt: skip
    goes_on = ui.sent_form(
        Cancel, Cancel.not_cancelled, ui.action_button("They did not cancel it", submit=True, name="not-cancelled"),
        seen=SEEN,
    )  # fmt: skip
    return rx.fragment(
        rx.cond(asked, waits, tell), rx.cond(asked, goes_on), _form("They cancelled it", Cancel.they_cancelled)
    )


def _form(confirm: str, on_submit: Any) -> rx.Component:
    return ui.sent_form(
        Cancel,
        on_submit,
        ui.form_error(Cancel.failure),
        ui.text_area_field(
            "Why", "reason", error=Cancel.errors["reason"], hint="Kept in the order's history.", rows="3"
        ),
        ui.dialog_foot(
            ui.action_button(confirm, submit=True, variant="solid", colour="red", pending=Cancel.pending)
        ),
        seen=SEEN,
    )  # fmt: skip
