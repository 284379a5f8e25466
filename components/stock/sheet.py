"""The sheet of lines that receiving and counting share: SKU with proposals, number, and perhaps a cost."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components import ui


def sheet(state: Any, list_id: str, number_label: str, *, with_cost: bool) -> rx.Component:
    """The lines of `state` (lines, choices, errors), with a button for one more."""
    return rx.el.div(
        rx.el.datalist(rx.foreach(state.choices, lambda choice: rx.el.option(choice[1], value=choice[0])), id=list_id),
        rx.foreach(state.lines, lambda line: _line(state, line, list_id, number_label, with_cost)),
        rx.el.div(
            ui.action_button("Add a line", state.add_line, variant="soft", icon="plus", colour="gray"),
        ),
        class_name="ow-sheet",
    )


def sentence(errors: Any, name: str | rx.Var[str]) -> rx.Var[str]:
    """What is wrong with the field `name`, or ""."""
    return rx.cond(errors[name], errors[name], "")


def _line(state: Any, line: rx.Var[dict[str, str]], list_id: str, number_label: str, with_cost: bool) -> rx.Component:
    line_id = line["line"]
    sku, quantity, cost = (rx.Var.create(f"{name}-") + line_id for name in ("sku", "quantity", "cost"))
    costs = (
        [
            ui.text_field(
                "Cost each, ৳",
                cost,
                error=sentence(state.errors, cost),
                input_mode="decimal",
                size="2",
                auto_complete="off",
            )
        ]
        if with_cost
        else []
    )
    return rx.el.div(
        ui.text_field(
            "SKU", sku, error=sentence(state.errors, sku), size="2", auto_complete="off", max_length=120,
            default_value=line["sku"], custom_attrs={"list": list_id},
        ),
        ui.text_field(
            number_label, quantity, error=sentence(state.errors, quantity),
            input_mode="numeric", size="2", auto_complete="off",
        ),
        *costs,
        rx.icon_button(
            rx.icon("trash-2", size=16),
            type="button", variant="ghost", color_scheme="gray", aria_label="Remove this line", title="Remove",
            on_click=state.drop_line(line_id), class_name="ow-drop", disabled=state.lines.length() == 1,
        ),
        key=line_id,
        class_name="ow-line ow-line-cost" if with_cost else "ow-line",
    )  # fmt: skip
