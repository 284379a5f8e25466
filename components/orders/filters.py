"""What narrows the order list: chips of what is on, the form that adds more, and the sort."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.theme import MONEY, WORK
from dokango.orders.lifecycle.commands import HOLD_REASONS
from dokango.orders.reading.lists import ANY_HOLD, NOT_SHIPPED_YET
from dokango.payments.methods import METHODS
from dokango.people.districts import DISTRICTS
from state.orders.lists import OrdersState

_ANY = ("", "Any")


def filter_bar() -> rx.Component:
    """Chips, “+ Filter”, and the direction of the list."""
    return rx.el.div(
        rx.foreach(
            OrdersState.chips,
            lambda chip: ui.filter_chip(chip["words"], rx.redirect(chip["url"])),
        ),
        rx.popover.root(
            rx.popover.trigger(
                rx.button(
                    rx.icon("plus", size=14, aria_hidden="true"),
                    "Filter",
                    variant="ghost",
                    color_scheme="gray",
                    size="2",
                )
            ),
            rx.popover.content(_form(), width="min(440px, 92vw)", aria_label="Filter orders"),
            open=OrdersState.filter_open,
            on_open_change=OrdersState.show_filter,
        ),
        rx.spacer(),
        rx.link(
            rx.icon("arrow-down-up", size=14, aria_hidden="true"),
            rx.cond(OrdersState.newest_first, "Newest first", "Oldest first"),
            href=OrdersState.sort_url,
            underline="none",
            class_name="od-sort",
        ),
        class_name="od-filters",
    )


def _form() -> rx.Component:
    """All filters at once; applied together."""
    held = [(ANY_HOLD, "Any reason"), *((reason, reason.title()) for reason in HOLD_REASONS)]
    work = [*((key, look.word) for key, look in WORK.items()), (NOT_SHIPPED_YET, "Not shipped yet")]
    return rx.form(
        rx.el.div(
            _choice("Payment by", "method", [(key, method.label) for key, method in METHODS.items()]),
            _choice("Payment is", "money", [(key, look.word) for key, look in MONEY.items()]),
            _choice("Work is", "status", work),
            _choice("On hold for", "held", held),
            _choice("District", "district", [(name, name) for name in DISTRICTS]),
            _text("Assigned to", "assigned"),
            _text("From day", "from", type="date"),
            _text("Until day", "to", type="date"),
            class_name="od-filter-grid",
        ),
        rx.el.div(
            rx.button("Show", type="submit", variant="outline"),
            class_name="dk-dialog-foot",
        ),
        on_submit=OrdersState.filter,
    )


def _choice(label: str, name: str, options: list[tuple[str, str]]) -> rx.Component:
    return ui.choice_field(label, name, [_ANY, *options], default_value=OrdersState.filters[name])


def _text(label: str, name: str, **props: str) -> rx.Component:
    return ui.text_field(label, name, default_value=OrdersState.filters[name], size="2", **props)
