"""A list that follows what others do: what came meanwhile waits for a click over it, and never moves its rows."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components.ui.action import action_button
from components.ui.feedback import live_region
from components.ui.lists.pager import pager
from components.ui.states import loading_rows


def followed_list(state: Any, shown: rx.Component, nothing: rx.Component) -> rx.Component:
    """The rows of `state` as `shown`, or `nothing`; it has `news`, `bring_in`, `loading`, `rows` and turns."""
    return rx.fragment(
        live_region(state.news),
        rx.cond(
            state.news != "",
            rx.el.div(
                action_button(state.news, state.bring_in, variant="soft", icon="arrow-up"),
                class_name="dk-news",
            ),
        ),
        rx.cond(state.loading, loading_rows(), rx.cond(state.rows.length() > 0, shown, nothing)),
        pager(state.previous_url, state.next_url),
    )
