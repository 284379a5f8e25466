"""A figure with its change, as a link to the rows behind it."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

Text = str | rx.Var[str]


def stat(
    label: Text, value: Text, *, change: Text = "", direction: Text = "", href: Text = "", hint: Text = ""
) -> rx.Component:
    """`change` in words ("12 % more than the 30 days before"); `direction` "good", "bad" or "" colours it."""
    inner = (
        rx.el.span(label, class_name="dk-stat-label"),
        rx.el.span(value, class_name="dk-stat-value"),
        rx.cond(
            rx.Var.create(change) != "",
            rx.el.span(change, class_name="dk-stat-change", custom_attrs={"data-direction": direction}),
        ),
        rx.cond(rx.Var.create(hint) != "", rx.el.span(hint, class_name="dk-stat-hint")),
    )
    if isinstance(href, rx.Var) or href:
        return rx.link(*inner, href=href, underline="none", class_name="dk-stat dk-stat-link")
    return rx.el.div(*inner, class_name="dk-stat")


def stat_row(items: Sequence[rx.Component]) -> rx.Component:
    """One row of figures; wraps on a phone."""
    return rx.el.div(*items, class_name="dk-stats")
