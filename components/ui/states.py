"""What stands where rows would be: nothing yet, an error, or still loading."""

from __future__ import annotations

from typing import Any

import reflex as rx

Text = str | rx.Var[str]


def empty_state(title: Text, what_next: Text, *actions: rx.Component, icon: str = "inbox") -> rx.Component:
    """Nothing here, and what to do next."""
    return rx.el.div(
        rx.icon(icon, size=28, aria_hidden="true"),
        rx.el.p(title, class_name="dk-empty-title"),
        rx.el.p(what_next, class_name="dk-empty-text"),
        rx.el.div(*actions, class_name="dk-inline") if actions else rx.fragment(),
        class_name="dk-empty",
    )


def error_state(what_happened: Text, what_to_do: Text, *actions: rx.Component) -> rx.Component:
    """What happened, what was kept, and what to do."""
    return rx.el.div(
        rx.icon("cloud-alert", size=28, aria_hidden="true"),
        rx.el.p(what_happened, class_name="dk-empty-title"),
        rx.el.p(what_to_do, class_name="dk-empty-text"),
        rx.el.div(*actions, class_name="dk-inline") if actions else rx.fragment(),
        class_name="dk-empty dk-empty-bad",
        role="alert",
    )


def skeleton(width: str = "100%", height: str = "1em", **props: Any) -> rx.Component:
    """A grey bar where words will be."""
    return rx.el.span(class_name="dk-skeleton", style={"width": width, "height": height}, **props)


def loading_rows(count: int = 8, words: str = "Loading…") -> rx.Component:
    """Rows to come, for the first load alone."""
    widths = ("92%", "78%", "86%", "70%")
    bars = [rx.el.div(skeleton(widths[i % 4]), class_name="dk-loading-row", aria_hidden="true") for i in range(count)]
    return rx.el.div(rx.el.span(words, class_name="dk-hidden", role="status"), *bars, class_name="dk-loading")
