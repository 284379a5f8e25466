"""A chart with its title, the key to its two colours, and the same figures as a table behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx
from plotly.graph_objs import Figure
from plotly.graph_objs.layout import Template

from components.theme import chart_template

Text = str | rx.Var[str]
_CONFIG = {"displayModeBar": False, "responsive": True, "doubleClick": False, "showTips": False}


def chart(
    title: str,
    figure: rx.Var[dict[str, Any]],
    table: rx.Component,
    *,
    said: Text,
    key: Sequence[str] = (),
    on_click: Any = None,
    action: rx.Component | None = None,
) -> rx.Component:
    """`figure` as {"data", "layout"}; `said` is what a screen reader hears in its place, `key` names the colours."""
    template = rx.color_mode_cond(
        light=rx.Var.create(chart_template("light")), dark=rx.Var.create(chart_template("dark"))
    )
    clicks = {"on_click": on_click} if on_click is not None else {}
    return rx.el.section(
        rx.el.div(
            rx.el.h2(title, class_name="dk-section-title"),
            _legend(key) if key else rx.fragment(),
            action or rx.fragment(),
            class_name="ow-chart-head",
        ),
        rx.el.div(
            rx.plotly.basic(
                data=figure.to(Figure),
                template=template.to(Template),
                config=_CONFIG,
                width="100%",
                use_resize_handler=True,
                **clicks,
            ),
            role="img",
            aria_label=said,
            class_name="ow-chart-frame",
            style={"minHeight": figure["layout"].to(dict)["height"].to(str) + "px"},
        ),
        rx.el.details(rx.el.summary("As a table"), table, class_name="ow-table-behind"),
        class_name="dk-card ow-chart",
    )


def _legend(names: Sequence[str]) -> rx.Component:
    return rx.el.ul(
        *[
            rx.el.li(rx.el.span(class_name=f"ow-swatch ow-swatch-{number}", aria_hidden="true"), name)
            for number, name in enumerate(names, start=1)
        ],
        class_name="ow-legend",
    )
