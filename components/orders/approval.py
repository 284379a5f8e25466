"""What of an order waits for a second person."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.orders.order import OrderState

ORDER = OrderState.order


def approval_band() -> rx.Component:
    """What waits for a second person; nothing of it is booked meanwhile."""
    return rx.cond(
        ORDER["approval"] != "",
        rx.el.div(
            ui.check_line(
                "warn", rx.el.span("Waits for approval by another person: ", class_name="dk-strong"), ORDER["approval"],
                " Nothing is booked until then.",
            ),
            role="status",
        ),
    )  # fmt: skip
