"""Finding rows: the search box, chips of what is filtered."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components.ui.action import shortcut

Text = str | rx.Var[str]


def search_box(
    value: Text, on_change: Any, *, placeholder: str, label: str = "Search", wait_ms: int = 250, name: str = "search"
) -> rx.Component:
    """Search as one types, sent after a pause of `wait_ms`; `/` goes there."""
    return rx.el.div(
        rx.icon("search", size=16, aria_hidden="true"),
        rx.debounce_input(
            rx.el.input(
                value=value,
                on_change=on_change,
                placeholder=placeholder,
                aria_label=label,
                type="search",
                id=name,
                auto_complete="off",
                class_name="dk-search-input",
                custom_attrs=shortcut("/"),
            ),
            debounce_timeout=wait_ms,
        ),
        rx.el.kbd("/", aria_hidden="true", class_name="dk-kbd"),
        class_name="dk-search",
        role="search",
    )


def filter_chip(words: Text, on_remove: Any) -> rx.Component:
    """One filter that is on, with the cross that takes it off."""
    return rx.el.span(
        words,
        rx.el.button(
            rx.icon("x", size=12, aria_hidden="true"),
            rx.el.span("Remove filter ", words, class_name="dk-hidden"),
            type="button",
            on_click=on_remove,
            class_name="dk-chip-x",
        ),
        class_name="dk-chip",
    )
