"""Who else is at the order that is on the screen."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.orders.presence import PresenceState


def presence_band() -> rx.Component:
    """A line for each of them; said to a screen reader as they come."""
    return rx.el.div(
        rx.foreach(PresenceState.others, lambda words: ui.check_line("info", words)),
        role="status",
        class_name="od-presence",
    )
