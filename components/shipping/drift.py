"""What differs between the order and what the courier was told, with what to do about each field."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.shipping.lists import may_ship
from state.shipping.drift import DriftState

Rows = rx.Var[list[dict[str, str]]]


def drift_band(rows: Rows, number: rx.Var[str], version: rx.Var[int]) -> rx.Component:
    """Nothing while the courier knows what the order says."""
    return rx.cond(
        rows.length() > 0,
        rx.el.section(
            rx.el.h3("The courier was told something else", class_name="dk-label"),
            rx.el.ul(rx.foreach(rows, lambda row: _difference(row, number, version)), class_name="dk-plain-list"),
            aria_label="What the courier was told otherwise",
        ),
    )


def _difference(row: rx.Var[dict[str, str]], number: rx.Var[str], version: rx.Var[int]) -> rx.Component:
    told = ui.action_button(
        "They were told", DriftState.tell(number, version, row["field"]), icon="check", size="1", name=row["field"],
        reason=may_ship(), aria_label=rx.Var.create("The courier was told the ") + row["label"],
    )  # fmt: skip
    by_api = ui.action_button(
        "Tell them now", DriftState.tell_now(number, version), icon="send", size="1", name=f"now-{row['field']}",
        reason=may_ship(), aria_label=rx.Var.create("Tell the courier now of the ") + row["label"],
    )  # fmt: skip
    acts = rx.el.div(
        rx.cond(row["by_api"] != "", by_api),
        ui.copy_button(row["to_copy"], "words for the courier"),
        told,
        class_name="dk-inline",
    )
    return rx.el.li(
        ui.check_line(
            row["level"],
            row["label"] + ": ",
            rx.el.span(row["told"], dir="auto"),
            " → ",
            rx.el.strong(row["now"], dir="auto"),
            rx.el.div(row["to_do"], class_name="dk-hint"),
        ),
        rx.cond(row["to_copy"] != "", acts),
    )
