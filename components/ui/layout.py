"""The page and its parts: header, sections, cards, two columns, the bar for what is selected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

Text = str | rx.Var[str]


def page(*parts: rx.Component, **props: Any) -> rx.Component:
    """The main part of a screen, within its frame."""
    return rx.el.div(*parts, class_name="dk-page", **props)


def page_header(
    title: Text,
    *,
    search: rx.Component | None = None,
    action: rx.Component | None = None,
    more: Sequence[rx.Component] = (),
    subtitle: Text | rx.Component = "",
    back: rx.Component | None = None,
) -> rx.Component:
    """Title, search and the one filled action; `more` are outlined buttons and the menu, left of it."""
    return rx.el.header(
        back or rx.fragment(),
        rx.el.div(
            rx.el.h1(title, class_name="dk-title"),
            subtitle if isinstance(subtitle, rx.Component) else rx.el.p(subtitle, class_name="dk-subtitle"),
            class_name="dk-heading",
        ),
        rx.el.div(search, class_name="dk-header-search") if search is not None else rx.fragment(),
        rx.el.div(*more, action or rx.fragment(), class_name="dk-header-actions"),
        class_name="dk-page-header",
    )


def section(title: Text, *body: rx.Component, action: rx.Component | None = None, **props: Any) -> rx.Component:
    """A titled part of a page."""
    head = rx.el.div(
        rx.el.h2(title, class_name="dk-section-title"), action or rx.fragment(), class_name="dk-section-head"
    )
    return rx.el.section(head, *body, class_name="dk-section", **props)


def card(*body: rx.Component, title: Text = "", action: rx.Component | None = None, **props: Any) -> rx.Component:
    """A framed part, with or without a title."""
    head = (
        [
            rx.el.div(
                rx.el.h2(title, class_name="dk-section-title"), action or rx.fragment(), class_name="dk-section-head"
            )
        ]
        if isinstance(title, rx.Var) or title
        else []
    )
    return rx.el.section(*head, *body, class_name="dk-card", **props)


def split(left: Sequence[rx.Component], right: Sequence[rx.Component]) -> rx.Component:
    """Two columns on a wide screen (two thirds, one third), one below the other on a phone."""
    return rx.el.div(
        rx.el.div(*left, class_name="dk-stack"), rx.el.div(*right, class_name="dk-stack"), class_name="dk-split"
    )


def facts(*pairs: tuple[Text, Text | rx.Component]) -> rx.Component:
    """Labels and what they are, as a definition list."""
    inner = [rx.el.div(rx.el.dt(label), rx.el.dd(value)) for label, value in pairs]
    return rx.el.dl(*inner, class_name="dk-facts")


def bulk_bar(count: rx.Var[int], *actions: rx.Component, clear: Any) -> rx.Component:
    """What can be done with the chosen rows; stands at the bottom while any is chosen, and says how many."""
    return rx.cond(
        count > 0,
        rx.el.div(
            rx.el.span(count, " selected", class_name="dk-strong", role="status"),
            *actions,
            rx.button("Clear", variant="ghost", color_scheme="gray", on_click=clear, size="2"),
            class_name="dk-bulk",
            role="region",
            aria_label="Selected rows",
        ),
    )
