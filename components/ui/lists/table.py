"""A dense table on a desk, cards on a phone. Roles are spelled out because cards lose the table's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

Text = str | rx.Var[str]
Truth = bool | rx.Var[bool]


@dataclass(frozen=True, slots=True)
class Column:
    """A heading: its words (or a component, such as a box to choose all), "left" or "right", and a width."""

    title: Text | rx.Component
    align: str = "left"
    width: str = ""
    hidden: bool = False  # said to a screen reader, not shown: a column of buttons


def table(columns: Sequence[Column], body: rx.Component | Sequence[rx.Component], *, caption: Text) -> rx.Component:
    """`body` is rows or rx.foreach of rows; `caption` names the table to a screen reader."""
    rows = [body] if isinstance(body, rx.Component) else list(body)
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="dk-hidden"),
            rx.el.thead(rx.el.tr(*[_heading(c) for c in columns], role="row"), role="rowgroup"),
            rx.el.tbody(*rows, role="rowgroup"),
            role="table",
            class_name="dk-table",
        ),
        class_name="dk-table-frame",
        # Wide tables scroll sideways; a keyboard must be able to reach that.
        tab_index=0,
        role="group",
        aria_label=caption,
    )


def row(
    *cells: rx.Component, chosen: Truth = False, fresh: Truth = False, name: Text = "", **props: Any
) -> rx.Component:
    """A row. `j` and `k` move between rows, `x` ticks its box, Enter opens its link marked `data-open`.

    `fresh` flashes it once; `chosen` tints it.
    """
    attributes = {
        "data-row": name,
        "data-chosen": rx.cond(chosen, "true", "false"),
        "data-fresh": rx.cond(fresh, "true", "false"),
        **props.pop("custom_attrs", {}),
    }
    return rx.el.tr(*cells, role="row", tab_index=-1, custom_attrs=attributes, **props)


def cell(
    *content: Any, label: str = "", align: str = "left", lead: bool = False, heading: bool = False, **props: Any
) -> rx.Component:
    """One cell. On a phone `label` stands before it; a `lead` cell takes the card's first line, without a label."""
    kind = rx.el.th if heading else rx.el.td
    attributes = {"data-label": label, "data-align": align, "data-lead": str(lead).lower()}
    extra = {"scope": "row"} if heading else {}
    return kind(
        *content,
        role="rowheader" if heading else "cell",
        custom_attrs={**attributes, **props.pop("custom_attrs", {})},
        **extra,
        **props,
    )


def row_key(key: str, href: Text) -> rx.Component:
    """A key of the row that has the focus: it follows `href`, as the button over all chosen rows does for these.

    Nobody sees it: where a pointer is used, the row is chosen first.
    """
    return rx.el.a(
        href=href,
        tab_index=-1,
        aria_hidden="true",
        class_name="dk-hidden",
        custom_attrs={"data-key": key, "data-acts": ""},
        **({"target": "_blank"} if key == "p" else {}),
    )


def choose_box(label: Text, chosen: Truth, on_change: Any) -> rx.Component:
    """The box that chooses a row (`x`), or all of them; `label` says which to a screen reader."""
    return rx.el.span(
        rx.checkbox(checked=chosen, on_change=on_change, aria_label=label, custom_attrs={"data-select": ""}),
        class_name="dk-choose",
    )


def open_link(label: Any, href: Text, **props: Any) -> rx.Component:
    """The link that opens a row (Enter): usually its number."""
    attributes = {"data-open": "", **props.pop("custom_attrs", {})}
    return rx.link(label, href=href, class_name="dk-open", custom_attrs=attributes, **props)


def _heading(column: Column) -> rx.Component:
    words = rx.el.span(column.title, class_name="dk-hidden") if column.hidden else column.title
    return rx.el.th(
        words,
        scope="col",
        role="columnheader",
        custom_attrs={"data-align": column.align},
        **({"width": column.width} if column.width else {}),
    )
