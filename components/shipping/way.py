"""The way of a parcel as its courier tells it: a button, and what it brought."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.shipping.way import ParcelWayState


def parcel_way(number: rx.Var[str], courier: rx.Var[str]) -> rx.Component:
    """For a parcel whose courier tells it; the steps of another order's parcel are not shown."""
    return rx.el.div(
        ui.action_button(
            rx.Var.create("Ask ") + courier + " for its way",
            ParcelWayState.ask(number),
            icon="route",
            size="1",
            pending=ParcelWayState.asking == number,
        ),
        rx.cond(
            ParcelWayState.number == number,
            rx.fragment(
                rx.cond(ParcelWayState.said != "", rx.el.p(ParcelWayState.said, class_name="dk-hint")),
                rx.cond(ParcelWayState.steps.length() > 0, _steps()),
            ),
        ),
        role="status",
    )


def _steps() -> rx.Component:
    return rx.el.ol(
        rx.foreach(
            ParcelWayState.steps,
            lambda step: rx.el.li(
                rx.el.span(step["when"], class_name="dk-subtitle"), " ", step["words"], " ",
                rx.el.span(step["bn"], lang="bn", class_name="dk-soft"),
            ),
        ),
        class_name="dk-plain-list",
        aria_label="Its way, the newest first",
    )  # fmt: skip
