"""The checklist of a new shop: what to do before the first order, each with where to do it."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.owner.first_steps import FirstStepsState


def first_steps_card() -> rx.Component:
    """Shown to who may set things up, until the first order has come in."""
    return rx.cond(
        FirstStepsState.steps.length() > 0,
        ui.card(
            rx.el.ol(rx.foreach(FirstStepsState.steps, _step), class_name="sh-steps"), title="Before the first order"
        ),
    )


def _step(step: rx.Var[dict[str, str]]) -> rx.Component:
    is_done = step["state"] == "done"
    return rx.el.li(
        rx.cond(
            is_done,
            rx.icon("circle-check", size=18, color="var(--green-10)", aria_hidden="true"),
            rx.icon("circle", size=18, color="var(--gray-9)", aria_hidden="true"),
        ),
        rx.link(step["title"], href=step["href"]),
        rx.el.span(ui.visually_hidden(rx.cond(is_done, "Done. ", "")), step["why"], class_name="dk-hint"),
    )
