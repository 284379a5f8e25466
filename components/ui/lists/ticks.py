"""The boxes that tick the rows of a list (state/kit/ticks.py): one row, a range with shift, the whole page."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components.ui.kept import kept_field
from components.ui.lists.table import choose_box

Text = str | rx.Var[str]


def row_box(ticks: Any, number: rx.Var[str]) -> rx.Component:
    """The box of the row `number`. With shift, every row since the one that was clicked before is ticked."""
    return rx.el.span(
        choose_box(
            rx.Var.create("Choose order ") + number, ticks.chosen.contains(number), lambda on: ticks.choose(number, on)
        ),
        on_click=lambda click: rx.cond(click["shift_key"], ticks.choose_to(number), rx.noop()),
    )


def page_box(ticks: Any) -> rx.Component:
    """The box over the rows: all of the page that may be ticked, or none. What is ticked survives a restart."""
    return rx.fragment(
        kept_field("chosen", ticks.chosen.join(","), ticks.bring_back),
        choose_box("Choose all on this page", ticks.all_chosen, ticks.choose_all),
    )
