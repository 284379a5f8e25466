"""The dialogs behind an order's buttons: each asks what the step needs, and keeps what was typed when it is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx

from components import ui
from components.pack.checklist import checklist_fields
from components.shipping.send import send_dialog
from dokango.orders.lifecycle.commands import HOLD_REASONS
from dokango.orders.lifecycle.faces import forms
from dokango.payments.methods import pockets
from state.orders.order import OrderState
from state.orders.steps import OrderStepsState as Steps

SEEN = (Steps.number, Steps.version)


def order_dialogs() -> rx.Component:
    """All of them; one is open at a time."""
    return rx.fragment(*[form() for form in FORMS.values()], _message(), send_dialog())


def _hold() -> rx.Component:
    return ui.reason_dialog(
        "Hold this order",
        "It stays where it is until somebody releases it.",
        "Hold",
        Steps,
        Steps.hold,
        seen=SEEN,
        is_open=Steps.dialog == "hold",
        on_open_change=Steps.close,
        reasons=HOLD_REASONS,
        error=Steps.errors["reason"],
    )


def _cancel() -> rx.Component:
    """A reason of the shop's list, words of one's own, or both; and what the customer will read."""
    return _form_dialog(
        "cancel",
        "Cancel this order",
        "The goods are free again, and what was paid becomes a refund due.",
        "Cancel the order",
        Steps.cancel,
        ui.choice_field("Why", "kind", Steps.reasons, on_change=lambda chosen: Steps.weigh("kind", chosen)),
        ui.text_area_field(
            "In your words",
            "reason",
            error=Steps.errors["reason"],
            rows="2",
            on_blur=lambda typed: Steps.weigh("reason", typed),
        ),
        rx.el.div(
            rx.el.div("The customer is told", class_name="dk-label"),
            rx.el.p(
                rx.cond(Steps.told != "", Steps.told, "Choose or write the reason, and read here what they are told."),
                class_name="od-prewrap dk-soft",
            ),
            aria_live="polite",
        ),
        colour="red",
    )


def _pack() -> rx.Component:
    return _form_dialog(
        "pack",
        "Pack this order",
        "Who ticked what stands in the order's history.",
        "Mark as packed",
        Steps.pack,
        checklist_fields(Steps.errors["checks"], OrderState.ticked),
    )


def _problem() -> rx.Component:
    return _form_dialog(
        "report_problem",
        "Note a problem",
        "A failed attempt, an address question. Leave it empty when it is solved.",
        "Note it",
        Steps.report_problem,
        ui.text_area_field("What is wrong", "reason", error=Steps.errors["reason"], rows="3"),
    )


def _ship() -> rx.Component:
    return _form_dialog(
        "ship",
        "Hand over the parcel",
        "For couriers that this site cannot book by itself: say who carries it.",
        "Mark as shipped",
        Steps.ship,
        ui.text_field(
            "Who carries it",
            "carrier",
            error=Steps.errors["carrier"],
            hint="For example Sundarban, SA Paribahan, own rider",
            max_length=80,
        ),
        ui.text_field("Tracking code, if there is one", "tracking_code", error=Steps.errors["tracking_code"]),
    )


def _refund() -> rx.Component:
    return _form_dialog(
        "refund",
        "Pay the refund",
        "Send the money first, then book it here.",
        "Book refund",
        Steps.refund,
        rx.el.div(
            OrderState.order["paid_by"],
            " ",
            ui.code(OrderState.order["refund_number_said"]),
            ui.copy_button(OrderState.order["refund_number"], "number"),
            class_name="dk-inline",
        ),
        ui.choice_field(
            "Paid from",
            "method",
            [(key, pocket.label) for key, pocket in pockets().items()],
            error=Steps.errors["method"],
            default_value=OrderState.order["refund_from"],
            key=OrderState.order["refund_from"],
        ),
        ui.text_field(
            "Amount in taka",
            "amount_poisha",
            input_mode="decimal",
            error=Steps.errors["amount_poisha"],
            default_value=OrderState.order["refund_due_plain"],
            key=OrderState.order["refund_due_plain"],
        ),
        ui.text_field("Reference", "reference", hint="The TrxID of your payment", error=Steps.errors["reference"]),
    )


def _pay_out() -> rx.Component:
    return _form_dialog(
        "pay_out",
        "The courier paid out",
        "What arrived at the bank, and what the courier kept of it.",
        "Book payout",
        Steps.pay_out,
        ui.text_field(
            "Arrived at the bank, in taka",
            "amount_poisha",
            input_mode="decimal",
            error=Steps.errors["amount_poisha"],
            default_value=OrderState.order["courier_due_plain"],
            key=OrderState.order["courier_due_plain"],
        ),
        ui.text_field(
            "Charge kept, in taka",
            "charge_poisha",
            input_mode="decimal",
            default_value="0",
            error=Steps.errors["charge_poisha"],
        ),
        ui.text_field("Reference", "reference", error=Steps.errors["reference"]),
    )


def _receive_return() -> rx.Component:
    """Per line: how many are fit for the shelf, how many are not. All is filled in as fit."""

    def line(item: rx.Var[dict[str, str]]) -> rx.Component:
        return rx.el.fieldset(
            rx.el.legend(item["title"], " ", ui.code(item["sku"]), rx.el.span(" · sent ", item["quantity"])),
            _pieces("Fit for the shelf", rx.Var.create("good ") + item["sku"], item["left"]),
            _pieces("Damaged", rx.Var.create("bad ") + item["sku"], "0"),
            class_name="od-return-line",
        )

    return _form_dialog(
        "receive_return",
        "What came back",
        "Goods fit for the shelf can be sold again; damaged ones are written off. What was paid becomes a refund due.",
        "Book what came back",
        Steps.receive_return,
        rx.foreach(OrderState.lines, line),
        rx.el.div(Steps.errors["lines"], role="alert", class_name="dk-error"),
        rx.cond(
            OrderState.order["status"] == "delivered",
            ui.tick_field("Give the delivery charge back too", "delivery"),
        ),
        ui.text_field("Why it came back", "reason", error=Steps.errors["reason"]),
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


def _edit_address() -> rx.Component:
    order = OrderState.order
    return _form_dialog(
        "edit_address",
        "Where it goes",
        "The delivery charge stays as agreed.",
        "Save the address",
        Steps.edit_address,
        rx.el.div(
            *[
                ui.text_field(label, name, error=Steps.errors[name], default_value=order[source], size="2")
                for label, name, source in (
                    ("Name", "name", "name"),
                    ("Phone", "phone", "phone"),
                    ("Area", "area", "area"),
                    ("City or upazila", "city", "city"),
                    ("District", "district", "district"),
                )
            ],
            class_name="od-filter-grid",
        ),
        ui.text_area_field("House, road, village", "line", error=Steps.errors["line"], default_value=order["line"]),
    )


def _message() -> rx.Component:
    return _form_dialog(
        "message",
        "Write to the customer",
        "It goes out by e-mail where the customer gave one, and is kept on the timeline.",
        "Send",
        Steps.message,
        ui.text_area_field("Message", "text", error=Steps.errors["text"], rows="4", max_length=900),
    )


def _form_dialog(
    kind: str,
    title: str,
    sentence: str,
    confirm: str,
    on_submit: Any,
    *fields: rx.Component,
    colour: str | None = None,
) -> rx.Component:
    """A dialog with a form; the server's refusal stands above the fields."""
    return ui.dialog(
        title,
        ui.sent_form(
            Steps,
            on_submit,
            ui.form_error(Steps.failure),
            *fields,
            rx.el.div(
                rx.dialog.close(rx.button("Back", type="button", variant="outline", color_scheme="gray", size="2")),
                ui.action_button(confirm, submit=True, variant="solid", colour=colour, pending=Steps.pending),
                class_name="dk-dialog-foot",
            ),
            seen=SEEN,
        ),
        is_open=Steps.dialog == kind,
        on_open_change=Steps.close,
        description=sentence,
        width="480px",
    )


# The forms that actions open, by the names that their faces give them.
FORMS: dict[str, Callable[[], rx.Component]] = {
    "hold": _hold,
    "cancel": _cancel,
    "pack": _pack,
    "report_problem": _problem,
    "ship": _ship,
    "refund": _refund,
    "pay_out": _pay_out,
    "receive_return": _receive_return,
    "edit_address": _edit_address,
}
FORMLESS = set(forms()) - set(FORMS)
if FORMLESS:
    raise LookupError(f"No form for: {', '.join(sorted(FORMLESS))}")
