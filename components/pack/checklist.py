"""The packer's checklist in a form: of one order, or of many at once."""

from __future__ import annotations

import reflex as rx

from components import ui
from dokango.orders.before.checklist import CHECKLIST, Check
from state.pack.typed import CHECK


def checklist_fields(error: rx.Var[str], ticked: rx.Var[list[str]] | None = None) -> rx.Component:
    """A box a line, under its stage; those in `ticked` are ticked from the start."""
    return rx.el.fieldset(
        rx.el.legend("Checklist", class_name="dk-label"),
        *[_box(check, ticked) for check in CHECKLIST],
        rx.el.div(rx.cond(error != "", rx.el.span(error, class_name="dk-error")), role="alert"),
        class_name="dk-checklist",
    )


def _box(check: Check, ticked: rx.Var[list[str]] | None) -> rx.Component:
    start = {} if ticked is None else {"default_checked": ticked.contains(check.key)}
    optional = [] if check.needed else [rx.el.span(" (optional)", class_name="dk-soft")]
    return rx.el.label(
        rx.el.input(type="checkbox", name=f"{CHECK}{check.key}", value="on", **start),
        rx.el.span(rx.el.span(check.stage, ": ", class_name="dk-soft"), check.words, *optional),
        class_name="dk-tick",
    )


def seen_orders(rows: rx.Var[list[dict[str, str]]]) -> rx.Component:
    """The orders of a form over many, each with the version that is on the screen."""

    def line(row: rx.Var[dict[str, str]]) -> rx.Component:
        return rx.el.li(
            rx.el.input(type="hidden", name=ui.order_field(row["number"]), value=row["version"], read_only=True),
            rx.el.span("#", row["number"], class_name="dk-strong"),
            " ",
            rx.el.span(row["name"], dir="auto"),
            rx.el.span(" · ", row["items"], class_name="dk-soft"),
        )

    return rx.el.ul(rx.foreach(rows, line), class_name="dk-plain-list")
