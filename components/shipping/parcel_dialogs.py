"""The questions that a parcel's drawer asks before it acts."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.shipping.parcel import ParcelState

COLLECTED_HINT = "What they took of the customer all the same, mostly the delivery charge; empty: nothing."
SEEN = (ParcelState.number, ParcelState.version)


def parcel_dialogs() -> rx.Component:
    """A reason or a second look, over the drawer; one of them at a time."""
    return rx.fragment(
        _problem_dialog(),
        _return_dialog(),
        _ask_back_dialog(),
        _sure(
            "deliver", "Mark as delivered?", "The goods count as sold, and what the rider collected as owed by the"
            " courier. Do it when you know that the customer has the parcel.", "Mark as delivered", ParcelState.deliver,
        ),
        _sure(
            "free", "The courier does not have it?", "Look in the courier's own panel first. If the parcel is"
            " there after all, the customer gets two.", "It never arrived there", ParcelState.free,
        ),
    )  # fmt: skip


def _problem_dialog() -> rx.Component:
    return ui.reason_dialog(
        "Note an attempt or a problem",
        "It shows in the list until somebody marks it as solved.",
        "Note it",
        ParcelState,
        ParcelState.note_problem,
        seen=SEEN,
        is_open=ParcelState.asking == "note_problem",
        on_open_change=ParcelState.ask_nothing,
        error=ParcelState.errors["reason"],
    )


def _ask_back_dialog() -> rx.Component:
    return ui.reason_dialog(
        "Ask the parcel back",
        ParcelState.carrier
        + " cannot cancel a parcel; it can bring it back before it is delivered. Their charge stays.",
        "Ask it back",
        ParcelState,
        ParcelState.ask_back,
        seen=SEEN,
        is_open=ParcelState.asking == "ask_back",
        on_open_change=ParcelState.ask_nothing,
        error=ParcelState.errors["reason"],
    )


def _return_dialog() -> rx.Component:
    choices = rx.radio_group.root(
        rx.el.div(
            rx.radio_group.item("Back on the shelf", value="restock"),
            rx.radio_group.item("Write off: damaged or missing", value="write_off"),
            rx.radio_group.item("Inspect it later, item by item", value="later"),
            class_name="dk-form",
        ),
        name="shelf",
        aria_label="What becomes of the goods",
    )
    return ui.reason_dialog(
        "The parcel came back",
        "The order is undone: what was paid becomes due back to the customer.",
        "It is here",
        ParcelState,
        ParcelState.came_back,
        seen=SEEN,
        is_open=ParcelState.asking == "came_back",
        on_open_change=ParcelState.ask_nothing,
        extra=[
            choices,
            ui.text_field(
                "The rider collected, in taka",
                "took",
                input_mode="decimal",
                hint=COLLECTED_HINT,
                error=ParcelState.errors["took"],
            ),
        ],
    )


def _sure(what: str, title: str, sentence: str, confirm: str, on_confirm: object) -> rx.Component:
    return ui.confirm_dialog(
        title,
        sentence,
        confirm,
        ParcelState,
        on_confirm,
        is_open=ParcelState.asking == what,
        on_open_change=ParcelState.ask_nothing,
        seen=SEEN,
    )
