"""What the customer is asked about a parcel that could not be handed over; posted by the browser itself."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.store.fields import area_field, field
from components.store.frame import say
from state.store.tracking import TrackingState as Tracking


def asking() -> rx.Component:
    """Each answer is one button; nothing while nothing is asked."""
    order, days = Tracking.order, Tracking.days
    form = ui.plain_form(
        rx.el.input(type="hidden", name="asking", value=order["asking"], read_only=True),
        field("ask.day", "day", error="", type="date", default_value=days["day"], min=days["day_first"],
              max=days["day_last"]),
        _answer("deliver", "sf-solid"),
        area_field("ask.words", "words", error="", optional=True, rows="2", max_length=300),
        *(_answer(what) for what in ("address", "collect", "not_called", "refuse")),
        action="/t/" + order["token"] + "/answer",
        no_validate=True,
        key=order["asking"],
    )  # fmt: skip
    return rx.cond(
        order["asking"] != "",
        rx.el.section(
            rx.el.h2(say("ask.title"), class_name="sf-h2"), rx.el.p(say("ask.how")), form, class_name="sf-panel"
        ),
    )


def taking_back() -> rx.Component:
    """What they told us, and the way to take it back until it was acted on; posted by the browser itself too."""
    order = Tracking.order
    form = ui.plain_form(
        rx.el.input(type="hidden", name="asking", value=order["answered"], read_only=True),
        rx.el.button(say("ask.back"), type="submit", class_name="sf-button sf-soft"),
        action="/t/" + order["token"] + "/take-back",
        no_validate=True,
        key=order["answered"],
    )
    return rx.cond(
        order["answered"] != "",
        rx.el.section(
            rx.el.p(order["answer"], role="status", dir="auto"), rx.el.p(say("ask.back.how")), form,
            class_name="sf-panel",
        ),
    )  # fmt: skip


def _answer(what: str, look: str = "sf-soft") -> rx.Component:
    return rx.el.button(say(f"ask.{what}"), type="submit", name="what", value=what, class_name=f"sf-button {look}")
