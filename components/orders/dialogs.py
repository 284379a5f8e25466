"""The dialogs behind an order's buttons: each asks what the step needs, and keeps what was typed when it is refused."""

from __future__ import annotations

from collections.abc import Callable

import reflex as rx

from components import ui
from components.claims.opening import open_claim_dialog
from components.orders import advance, back, credit, undo
from components.orders.deliver_part import deliver_part_dialog
from components.orders.edit import edit_dialog
from components.orders.form_dialog import SEEN, form_dialog
from components.orders.take_back import take_back_dialog
from components.pack.checklist import checklist_fields
from components.shipping.cancel_booking import cancel_booking_dialog
from components.shipping.send import send_dialog
from dokango.orders.lifecycle.commands import HOLD_REASONS
from dokango.orders.lifecycle.faces import forms
from dokango.payments.methods import pockets
from state.orders.order import OrderState
from state.orders.steps import OrderStepsState as Steps


def order_dialogs() -> rx.Component:
    """All of them; one is open at a time."""
    return rx.fragment(
        *[form() for form in FORMS.values()],
        *(_message(), send_dialog(), deliver_part_dialog(), cancel_booking_dialog(), open_claim_dialog()),
        edit_dialog(),
        take_back_dialog(),
    )


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
    return form_dialog(
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
    return form_dialog(
        "pack",
        "Pack this order",
        "Who ticked what stands in the order's history.",
        "Mark as packed",
        Steps.pack,
        checklist_fields(Steps.errors["checks"], OrderState.ticked),
    )


def _problem() -> rx.Component:
    return form_dialog(
        "report_problem",
        "Note a problem",
        "A failed attempt, an address question. Leave it empty when it is solved.",
        "Note it",
        Steps.report_problem,
        ui.text_area_field("What is wrong", "reason", error=Steps.errors["reason"], rows="3"),
    )


def _ship() -> rx.Component:
    return form_dialog(
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


def _code() -> rx.Component:
    return form_dialog(
        "set_code",
        "Tracking code",
        "As the courier gave it. The customer's page shows it, with the courier's page where the owner has set one.",
        "Keep it",
        Steps.set_code,
        ui.text_field("Tracking code", "tracking_code", error=Steps.errors["tracking_code"], max_length=80),
    )


def _refund() -> rx.Component:
    return form_dialog(
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
    order = OrderState.order
    return form_dialog(
        "pay_out",
        "The courier paid out, or charged",
        "What arrived at the bank, and what the parcel cost. A charge can be booked alone: leave the rest empty.",
        "Book it",
        Steps.pay_out,
        ui.text_field(
            "Arrived at the bank, in taka",
            "amount_poisha",
            input_mode="decimal",
            error=Steps.errors["amount_poisha"],
            default_value=order["courier_due_plain"],
            key=order["courier_due_plain"],
        ),
        ui.text_field(
            "The parcel's charge, in taka",
            "charge_poisha",
            input_mode="decimal",
            error=Steps.errors["charge_poisha"],
            hint=rx.cond(OrderState.parcel["charge"] != "", OrderState.parcel["charge"], "Empty: not known yet."),
        ),
        rx.cond(
            order["courier_owed"] != "",
            ui.text_field(
                "Paid to the courier, in taka",
                "paid_poisha",
                input_mode="decimal",
                error=Steps.errors["paid_poisha"],
                hint=rx.Var.create("It is owed ") + order["courier_owed"],
            ),
        ),
        ui.text_field("Reference", "reference", hint="Number of the payout or bill", error=Steps.errors["reference"]),
    )


def _edit_address() -> rx.Component:
    order = OrderState.order
    return form_dialog(
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
    return form_dialog(
        "message",
        "Write to the customer",
        "It goes out by e-mail where the customer gave one, and is kept on the timeline.",
        "Send",
        Steps.message,
        ui.text_area_field("Message", "text", error=Steps.errors["text"], rows="4", max_length=900),
    )


# The forms that actions open, by the names that their faces give them.
FORMS: dict[str, Callable[[], rx.Component]] = {
    "hold": _hold,
    "waive_advance": advance.waive_advance,
    "cancel": _cancel,
    "pack": _pack,
    "report_problem": _problem,
    "ship": _ship,
    "set_code": _code,
    "refund": _refund,
    "pay_with_credit": credit.pay_with_credit,
    "keep_as_credit": credit.keep_as_credit,
    "pay_out": _pay_out,
    "receive_return": back.receive_return,
    "lose_parcel": back.lose_parcel,
    "lower_cod": back.lower_cod,
    "refuse_change": back.refuse_change,
    "refuse_approval": back.refuse_approval,
    "inspect": back.inspect,
    "send_again": back.send_again,
    "edit_address": _edit_address,
    "undo": undo.undo,
}
FORMLESS = set(forms()) - set(FORMS)
if FORMLESS:
    raise LookupError(f"No form for: {', '.join(sorted(FORMLESS))}")
