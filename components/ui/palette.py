"""The palette behind Ctrl K: find any page by typing, or orders by number, name, phone …; in the browser alone."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components.ui.native import native_link

Text = str | rx.Var[str]
_IN_ORDERS = "/orders?tab=all&q="


def palette(*lines: rx.Component) -> rx.Component:
    """A native dialog over `palette_line`s; assets/desk.js opens it, filters it and moves through it."""
    return rx.el.dialog(
        rx.el.div(
            rx.icon("search", size=16, aria_hidden="true"),
            rx.el.input(
                type="search",
                placeholder="Page, order number, name, phone …",
                auto_complete="off",
                role="combobox",
                aria_label="Find a page or an order",
                aria_expanded="true",
                aria_controls="palette-list",
                class_name="dk-search-input",
                custom_attrs={"data-palette-input": ""},
            ),
            class_name="dk-search",
        ),
        rx.el.ul(
            *lines,
            _line(native_link, "Open order ", "/orders/", "hash", {"data-order": "/orders/", "hidden": True}),
            _line(native_link, "Find in orders", _IN_ORDERS, "search", {"data-search": _IN_ORDERS, "hidden": True}),
            id="palette-list",
            role="listbox",
            aria_label="Found",
            class_name="dk-palette-list",
        ),
        id="palette",
        aria_label="Find a page or an order",
        class_name="dk-sheet dk-palette",
    )


def palette_line(words: Text, href: Text, icon: str) -> rx.Component:
    """One page to go to."""
    return _line(rx.link, words, href, icon, {})


def _line(link: Any, words: Text, href: Text, icon: str, attributes: dict[str, Any]) -> rx.Component:
    return rx.el.li(
        link(
            rx.icon(icon, size=16, aria_hidden="true"),
            rx.el.span(words),
            href=href,
            tab_index=-1,
            class_name="dk-palette-line",
        ),
        role="option",
        aria_selected="false",
        custom_attrs={"data-palette-line": "", **attributes},
    )
