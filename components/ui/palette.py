"""The palette behind Ctrl K: pages and actions are found in the browser alone, customers and products by the server."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components.ui.native import native_link

Text = str | rx.Var[str]
_IN_ORDERS = "/orders?tab=all&q="


def palette(*lines: rx.Component, found: rx.Component, on_typed: Any) -> rx.Component:
    """A native dialog over `palette_line`s; assets/desk.js opens it, filters it and moves through it.

    `on_typed` is told what was typed, after a pause; `found` are the `palette_found` that it leads to.
    """
    return rx.el.dialog(
        rx.el.div(
            rx.icon("search", size=16, aria_hidden="true"),
            rx.el.input(
                type="search",
                placeholder="Page, order number, customer, product …",
                on_change=on_typed,
                max_length=80,
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
            found,
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


def palette_found(line: rx.Var[dict[str, str]]) -> rx.Component:
    """One thing that the server found: "words", "more", "href", "icon" and what it was found by, "typed"."""
    return rx.el.li(
        rx.link(
            rx.match(
                line["icon"],
                ("tag", rx.icon("tag", size=16, aria_hidden="true")),
                rx.icon("user", size=16, aria_hidden="true"),
            ),
            rx.el.span(line["words"]),
            rx.el.span(line["more"], class_name="dk-hint"),
            href=line["href"],
            tab_index=-1,
            class_name="dk-palette-line",
        ),
        key=line["href"],
        role="option",
        aria_selected="false",
        custom_attrs={"data-palette-line": "", "data-typed": line["typed"]},
    )


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
