"""The dialog that confirms many orders: each with its checks; what is not green is left out unless it is ticked."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.orders.confirming import ConfirmingState as Confirming

Row = rx.Var[dict[str, str]]


def confirming_dialog() -> rx.Component:
    """What stands against each order before, how each went after."""
    return ui.dialog(
        "Confirm orders",
        rx.cond(Confirming.total > 0, _results(), _preview()),
        is_open=Confirming.is_open,
        on_open_change=Confirming.close,
        description=rx.cond(
            Confirming.total > 0,
            "Each order on its own: one that cannot be confirmed leaves the others as they are.",
            "Amber and red orders are left out unless you tick them.",
        ),
        width="720px",
    )


def _preview() -> rx.Component:
    return ui.sent_form(
        Confirming,
        Confirming.confirm,
        ui.form_error(Confirming.failure),
        rx.el.ul(rx.foreach(Confirming.rows, _row), class_name="od-confirm"),
        ui.dialog_foot(
            ui.action_button("Confirm the ticked", submit=True, variant="solid", pending=Confirming.pending)
        ),
    )


def _row(row: Row) -> rx.Component:
    """The box carries the order's number and the version that was looked at."""
    words = f"why-confirm-{row['number']}"
    box = rx.el.input(
        type="checkbox",
        name=ui.order_field(row["number"]),
        value=row["version"],
        default_checked=row["ticked"] != "",
        disabled=row["can"] == "",
        aria_describedby=words,
    )
    return rx.el.li(
        rx.el.label(
            box,
            rx.el.span("#", row["number"], class_name="dk-strong"),
            rx.el.span(row["name"], dir="auto", class_name="dk-soft"),
            ui.money(row["total"]),
            class_name="od-confirm-order",
        ),
        rx.el.div(ui.check_line(row["level"], row["words"]), id=words),
    )


def _results() -> rx.Component:
    def line(result: Row) -> rx.Component:
        number = rx.el.span("#", result["number"], " ", class_name="dk-strong")
        return ui.check_line(result["level"], number, rx.el.span(result["words"]))

    return rx.fragment(
        rx.cond(
            Confirming.results.length() < Confirming.total,
            ui.progress(Confirming.results.length(), Confirming.total, "Confirmed"),
        ),
        rx.el.div(rx.foreach(Confirming.results, line), role="status"),
    )
