"""The dialogs about goods that are back: what came, what was found, and sending it out once more."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.orders.form_dialog import form_dialog
from components.shipping.parcel_dialogs import COLLECTED_HINT
from state.orders.order import OrderState
from state.orders.steps import OrderStepsState as Steps

ORDER = OrderState.order
Words = rx.Var[dict[str, str]]
_BACK = (("Fit for the shelf", "good "), ("Damaged", "bad "))
_FOUND = (
    ("Fit for the shelf", "resell "), ("Damaged", "damaged "), ("Missing", "missing "),
    ("Not our goods", "wrong "),
)  # fmt: skip


def receive_return() -> rx.Component:
    """Per line: how many are fit for the shelf, how many are not. All is filled in as fit."""
    undelivered = ORDER["status"] == "shipped"
    return form_dialog(
        "receive_return",
        "What came back",
        "Goods fit for the shelf can be sold again; damaged ones are written off. Their price is owed less, by customer"
        " or courier, and only the rest of it is a refund due.",
        "Book what came back",
        Steps.receive_return,
        rx.cond(undelivered, ui.tick_field("Inspect it later; what is filled in below does not count", "later")),
        _lines(_BACK, "left", "sent"),
        rx.cond(ORDER["status"] == "delivered", ui.tick_field("Give the delivery charge back too", "delivery")),
        rx.cond(
            (ORDER["status"] == "delivered") & (ORDER["courier_due"] != ""),
            ui.tick_field("The customer paid the rider for these: give the price back", "customer_paid"),
        ),
        rx.cond(
            undelivered & (ORDER["keeps"] != ""),
            ui.tick_field(rx.Var.create("Give back all, also the ") + ORDER["keeps"] + " that would stay", "all_back"),
        ),
        rx.cond(
            undelivered,
            ui.text_field(
                "The rider collected, in taka", "took", input_mode="decimal",
                error=Steps.errors["took"], hint=COLLECTED_HINT,
            ),
        ),
        ui.text_field("Why it came back", "reason", error=Steps.errors["reason"]),
    )  # fmt: skip


def lose_parcel() -> rx.Component:
    """Nothing comes back."""
    return form_dialog(
        "lose_parcel",
        "The parcel is lost",
        "Its goods are written off at cost, and what was paid is due back. The order can be sent again, and the loss "
        "claimed from the courier.",
        "Book the loss",
        Steps.lose_parcel,
        ui.text_field("What the courier said", "reason", error=Steps.errors["reason"]),
        colour="red",
    )


def lower_cod() -> rx.Component:
    """What the rider is to take instead, and why."""
    return form_dialog(
        "lower_cod",
        "Lower what the rider collects",
        "The difference is a discount. The courier is told where its API can be, else a case holds the words to tell "
        "them; the customer is told at once.",
        "Lower it",
        Steps.lower_cod,
        ui.text_field(
            "The rider collects, in taka",
            "collects_poisha",
            input_mode="decimal",
            error=Steps.errors["collects_poisha"],
            hint=rx.cond(OrderState.parcel["collects"] != "", "Now " + OrderState.parcel["collects"], ""),
        ),
        ui.text_field("Why", "reason", error=Steps.errors["reason"], hint="Kept in the order's history"),
    )


def refuse_change() -> rx.Component:
    """Why what the customer asks for cannot be done."""
    return form_dialog(
        "refuse_change",
        "Say no to the customer",
        "The order goes on as it is; the customer reads the reason.",
        "Say no",
        Steps.refuse_change,
        ui.text_field("Why", "reason", error=Steps.errors["reason"], hint="As the customer will read it"),
    )


def refuse_approval() -> rx.Component:
    """Why a second person says no."""
    return form_dialog(
        "refuse_approval",
        "Do not approve it",
        rx.cond(ORDER["approval"] != "", ORDER["approval"] + " Nothing is booked; who asked is told why.", ""),
        "Do not approve",
        Steps.refuse_approval,
        ui.text_field("Why", "reason", error=Steps.errors["reason"]),
    )


def inspect() -> rx.Component:
    """Per line: how many in which condition. All is filled in as fit."""
    return form_dialog(
        "inspect",
        "Inspect what came back",
        "What is fit goes back to the shelf; the rest is written off at cost. What is left out waits on.",
        "Book what was found",
        Steps.inspect,
        _lines(_FOUND, "waits", "to inspect"),
        ui.text_field("Note", "note", error=Steps.errors["note"]),
    )


def send_again() -> rx.Component:
    """What is taken from the shelf, and what the rider collects then."""
    return form_dialog(
        "send_again",
        "Send it again",
        "The order is packed anew with what is on the shelf, and goes out as a new parcel by any courier.",
        "Send again",
        Steps.send_again,
        ui.check_line("info", ORDER["again"]),
        rx.el.div(Steps.errors["lines"], role="alert", class_name="dk-error"),
        ui.text_field("Note", "note", error=Steps.errors["note"], hint="What was agreed with the customer"),
    )


def _lines(pieces: tuple[tuple[str, str], ...], first: str, said: str) -> rx.Component:
    """A fieldset a line, with a field for each of `pieces`; the first holds the line's figure of the name `first`."""

    def line(item: Words) -> rx.Component:
        fields = [
            _pieces(label, rx.Var.create(before) + item["sku"], item[first] if before == pieces[0][1] else "0")
            for label, before in pieces
        ]
        return rx.el.fieldset(
            rx.el.legend(item["title"], " ", ui.code(item["sku"]), rx.el.span(f" · {said} ", item[first])),
            *fields,
            class_name="od-return-line",
        )

    return rx.fragment(
        rx.foreach(OrderState.lines, lambda item: rx.cond(item[first] != "0", line(item))),
        rx.el.div(Steps.errors["lines"], role="alert", class_name="dk-error"),
    )


def _pieces(label: str, name: rx.Var[str], value: rx.Var[str] | str) -> rx.Component:
    return rx.el.label(
        rx.el.span(label, class_name="dk-label"),
        rx.el.input(
            name=name,
            default_value=value,
            input_mode="numeric",
            max_length=5,
            auto_complete="off",
            class_name="od-pieces",
            aria_invalid=rx.cond(Steps.errors["lines"] != "", "true", "false"),
        ),
    )
