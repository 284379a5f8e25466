"""Tabs that are links: the tab is in the URL, the count beside its word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

Text = str | rx.Var[str]
Truth = bool | rx.Var[bool]


@dataclass(frozen=True, slots=True)
class Tab:
    """One view: its words, where it lives, whether it is the present one, and how many are in it (None: no count)."""

    label: Text
    href: Text
    current: Truth = False
    count: int | rx.Var[int] | rx.Var[str] | str | None = None
    on_click: Any = None


def tabs(items: Sequence[Tab] | rx.Component, *, label: str) -> rx.Component:
    """A row of tabs; scrolls sideways on a phone."""
    inner = [items] if isinstance(items, rx.Component) else [tab(item) for item in items]
    return rx.el.nav(rx.el.div(*inner, class_name="dk-tabs"), aria_label=label, class_name="dk-tabs-frame")


def tab(item: Tab) -> rx.Component:
    """One tab, to be used in rx.foreach too."""
    counted = [] if item.count is None else [rx.el.span(item.count, class_name="dk-count")]
    given = {"on_click": item.on_click} if item.on_click is not None else {}
    return rx.link(
        item.label,
        *counted,
        href=item.href,
        underline="none",
        class_name="dk-tab",
        custom_attrs={"aria-current": rx.cond(item.current, "page", "false")},
        **given,
    )
