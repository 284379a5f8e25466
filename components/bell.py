"""The bell in the top bar: how many messages wait, and what they say."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.bell import BellState


def approvals_link() -> rx.Component:
    """How many bookings wait for a second person, for those who may be one; nothing while none does."""
    return rx.cond(
        BellState.approvals > 0,
        rx.link(
            rx.icon("users", size=18, aria_hidden="true"),
            BellState.approvals.to_string(),
            rx.el.span(" to approve"),
            href="/orders?tab=to_approve",
            underline="none",
            class_name="bl-approvals",
        ),
    )


def bell() -> rx.Component:
    """The button with its count, and the list behind it; opening it reads it."""
    words = rx.cond(BellState.unread > 0, BellState.unread.to_string() + " unread messages", "No unread messages")
    return rx.popover.root(
        rx.popover.trigger(
            rx.el.button(
                rx.icon("bell", size=18, aria_hidden="true"),
                rx.cond(
                    BellState.unread > 0,
                    rx.el.span(
                        rx.cond(BellState.unread > 99, "99+", BellState.unread.to_string()),
                        class_name="bl-count",
                        aria_hidden="true",
                    ),
                ),
                ui.visually_hidden(words),
                type="button",
                class_name="dk-iconbutton bl-button",
            )
        ),
        rx.popover.content(
            rx.el.h2("Messages", class_name="dk-section-title"),
            rx.cond(
                BellState.lines.length() > 0,
                rx.el.ul(rx.foreach(BellState.lines, _line), class_name="bl-list"),
                rx.el.p("Nothing yet. New orders and TrxIDs are told here.", class_name="dk-hint"),
            ),
            width="min(360px, 92vw)",
            aria_label="Messages",
        ),
        on_open_change=BellState.show,
        on_mount=BellState.load,
    )


def _line(line: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.li(
        rx.link(
            rx.el.span(line["words"], class_name=rx.cond(line["unread"] != "", "dk-strong", "")),
            href=line["href"],
            underline="none",
            class_name="bl-link",
        ),
        ui.age(line["age"], line["exact"]),
    )
