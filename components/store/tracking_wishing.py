"""What a customer asks to be changed: a form to ask, and what they asked while nobody has answered."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.store.fields import area_field, submit
from components.store.frame import folded, say
from state.store.tracking import TrackingState as Tracking


def wishing() -> rx.Component:
    """One of both; nothing once the order is sent."""
    order = Tracking.order
    kinds = [rx.el.option(say(f"wish.{kind}"), value=kind) for kind in ("change", "cancel")]
    form = ui.sent_form(
        Tracking,
        Tracking.ask_change,
        rx.el.p(say("wish.how")),
        rx.el.div(
            rx.el.label(say("wish.what"), html_for="wish-kind", class_name="sf-label"),
            rx.el.select(*kinds, name="kind", id="wish-kind", class_name="sf-input"),
            class_name="sf-field",
        ),
        area_field("wish.words", "wish", error=Tracking.errors["wish"], rows="3", max_length=500),
        submit(say("wish.send"), Tracking.pending & (Tracking.step == "ask_change")),
        plain=True,
        no_validate=True,
    )
    return rx.cond(
        order["wish"] != "",
        rx.el.section(rx.el.p(order["wish"], role="status", dir="auto"), class_name="sf-panel"),
        rx.cond(
            order["can_ask"] != "",
            rx.el.section(folded("wish", "message-circle-question-mark", form), class_name="sf-panel"),
        ),
    )
