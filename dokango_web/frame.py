"""The frame of every staff page: navigation, the top bar, and what Reflex needs to know of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from dokango.people.permissions import Permission
from state.session import SessionState


@dataclass(frozen=True, slots=True)
class Page:
    """One line of the site map. `icon` puts it into the staff's navigation, for those who hold `wants`."""

    route: str
    build: Callable[[], rx.Component]
    title: str
    on_load: Any = None
    icon: str = ""
    wants: Permission = Permission.VIEW_ORDERS
    context: dict[str, Any] = field(default_factory=dict)


NAVIGATION: tuple[tuple[str, str, str, Permission], ...] = (
    ("/orders", "Orders", "inbox", Permission.VIEW_ORDERS),
    ("/pack", "Pack", "package", Permission.PACK),
    ("/shipping", "Shipping", "truck", Permission.SHIP),
    ("/stock", "Stock", "boxes", Permission.VIEW_STOCK),
    ("/products", "Products", "tag", Permission.EDIT_PRODUCTS),
    ("/insights", "Insights", "chart-column", Permission.SEE_PROFIT),
    ("/books", "Books", "book-open", Permission.SEE_BOOKS),
    ("/settings", "Settings", "settings", Permission.EDIT_SETTINGS),
)


def staff_page(*content: rx.Component, active: str, wide: bool = True) -> rx.Component:
    """A staff page: `content` inside navigation and top bar; `active` is the route of its navigation entry."""
    return rx.box(
        rx.link("Skip to content", href="#content", class_name="skip-link"),
        _top_bar(active),
        rx.el.main(*content, id="content", class_name="page" if wide else "page narrow", tab_index=-1),
        class_name="frame",
    )


def _top_bar(active: str) -> rx.Component:
    return rx.el.header(
        rx.link(rx.text("DokanGo", weight="bold"), href="/orders", underline="none", color="inherit"),
        rx.el.nav(*[_entry(*entry, active) for entry in NAVIGATION], class_name="nav", aria_label="Main"),
        rx.spacer(),
        rx.text(SessionState.name, size="2"),
        class_name="top-bar",
    )


def _entry(route: str, title: str, icon: str, wants: Permission, active: str) -> rx.Component:
    return rx.cond(
        SessionState.may[wants.value],
        rx.link(
            rx.icon(icon, size=16, aria_hidden=True),
            rx.text(title, size="2"),
            href=route,
            underline="none",
            class_name="nav-entry active" if route == active else "nav-entry",
            aria_current="page" if route == active else None,
        ),
    )
