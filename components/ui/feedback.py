"""What tells people that something happened: toasts, the live region, progress, and the band of a lost connection."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

Text = str | rx.Var[str]


def toaster() -> rx.Component:
    """The place of toasts; goes into rx.App(toaster=…). They are announced politely and stay while hovered."""
    return rx.toast.provider(
        position="bottom-right", close_button=True, duration=6000, visible_toasts=4, rich_colors=False
    )


def live_region(sentence: Text, *, urgent: bool = False) -> rx.Component:
    """Spoken by a screen reader whenever it changes ("3 new orders"); not shown."""
    return rx.el.div(
        sentence,
        role="alert" if urgent else "status",
        aria_live="assertive" if urgent else "polite",
        class_name="dk-hidden",
    )


def progress(done: int | rx.Var[int], total: int | rx.Var[int], words: Text, *, cancel: Any = None) -> rx.Component:
    """Long work: a bar with a count, and a way out when `cancel` is given."""
    out = (
        [rx.button("Stop", variant="outline", color_scheme="gray", size="1", on_click=cancel)]
        if cancel is not None
        else []
    )
    return rx.el.div(
        rx.el.span(words, " ", done, " of ", total, role="status", class_name="dk-nowrap"),
        rx.progress(value=done, max=total, size="1", aria_label=words),
        *out,
        class_name="dk-progress",
    )


def connection_band() -> rx.Component:
    """A thin band while the server cannot be reached. Buttons of the desk stop until it is back (assets/desk.js)."""
    return rx.el.div(
        rx.cond(
            has_connection_errors,
            rx.el.div(
                rx.icon("wifi-off", size=14, aria_hidden="true"),
                "Connection lost. Trying again; what you typed is kept, and buttons wait until it is back.",
                class_name="dk-band",
                custom_attrs={"data-offline": ""},
            ),
        ),
        role="status",
        aria_live="polite",
    )
