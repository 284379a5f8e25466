"""The columns of a file, each with what it holds and what somebody says that it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import reflex as rx

from components.ui.layout import card
from components.ui.lists.table import Column, cell, row, table

Words = rx.Var[dict[str, str]]


def asked_columns(
    columns: rx.Var[list[dict[str, str]]],
    places: Mapping[str, str],
    choose: Callable[..., rx.event.EventSpec],
    *,
    title: rx.Var[str],
) -> rx.Component:
    """A select a column, named "column-‹at›"; `choose` is told of each change (at, place)."""
    heads = [Column("Column"), Column("What it holds"), Column("What it is")]
    return card(
        rx.el.p("What each column is; it is remembered for files with the same headings.", class_name="dk-hint"),
        table(heads, rx.foreach(columns, lambda one: _asked(one, places, choose)), caption="Columns of the file"),
        title=title,
    )


def _asked(one: Words, places: Mapping[str, str], choose: Callable[..., rx.event.EventSpec]) -> rx.Component:
    return row(
        cell(one["spelled"], lead=True, heading=True),
        cell(one["samples"], label="What it holds"),
        cell(
            rx.el.select(
                *(rx.el.option(words, value=place) for place, words in places.items()),
                name=rx.Var.create("column-") + one["at"],
                value=one["place"],
                on_change=lambda place: choose(one["at"], place),
                class_name="dk-select",
                aria_label=rx.Var.create("What is ") + one["spelled"] + "?",
            ),
            label="What it is",
        ),
        name=one["at"],
    )
