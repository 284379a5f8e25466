"""Sending one parcel: its dialog, pre-filled, looked over, and shown as it will go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx

from components import ui
from components.shipping.by_whom import SIDE_BY_SIDE, by_rule, choice_of_courier, no_real_parcel
from dokango.couriers.kind import EMAIL, HUB, SECOND_PHONE, WEIGHT
from state.shipping.couriers import CouriersState
from state.shipping.sending.send import SendState
from state.shipping.sending.send_typed import DELIVERIES


def send_dialog() -> rx.Component:
    """One parcel: everything pre-filled and editable, looked over, and shown as it will go."""
    return ui.dialog(
        rx.Var.create("Send #") + SendState.number + " to " + SendState.courier_name,
        ui.sent_form(
            SendState,
            SendState.send,
            ui.form_error(SendState.failure),
            choice_of_courier(SendState.courier, CouriersState.choices, SendState.choose),
            by_rule(SendState.why, SendState.otherwise),
            no_real_parcel(SendState.practising),
            _fields(),
            _warnings(),
            _charge(),
            _preview(),
            ui.dialog_foot(ui.action_button(
                    rx.cond(SendState.by_hand, "Mark as shipped", "Send"), submit=True, variant="solid", icon="send",
                    pending=SendState.pending, name="send",
                )),
            seen=(SendState.number, SendState.version),
        ),
        is_open=SendState.is_open,
        on_open_change=SendState.close,
        description=rx.cond(
            SendState.by_hand,
            "This site does not book with them: hand the parcel over, then mark it here.",
            "There is no way to change or cancel a parcel once it is booked. Check it before it goes.",
        ),
        width="640px",
    )  # fmt: skip


_CODE_HINT = "If they gave one. The customer sees it."


def _fields() -> rx.Component:
    values, errors = SendState.values, SendState.errors

    def given(name: str) -> dict[str, rx.Var | object]:
        return {
            "default_value": values[name],
            "error": errors[name],
            "on_blur": lambda value: SendState.edit(name, value),
            "dir": "auto",
        }

    cod_hint = SendState.due + " is due. 0 means prepaid."
    return rx.el.div(
        rx.el.div(
            ui.text_field("Recipient", "recipient_name", required=True, **given("recipient_name")),
            ui.text_field("Phone", "recipient_phone", required=True, input_mode="tel", **given("recipient_phone")),
            style=SIDE_BY_SIDE,
        ),
        ui.text_area_field("Address", "recipient_address", required=True, rows="2", **given("recipient_address")),
        _areas(),
        rx.el.div(
            ui.text_field("Rider collects (৳)", "collects", input_mode="decimal", hint=cod_hint, **given("collects")),
            rx.cond(~SendState.by_hand, ui.text_field("Items", "item_description", **given("item_description"))),
            style=SIDE_BY_SIDE,
        ),
        ui.text_area_field("Note for the rider", "note", rows="2", **given("note")),
        rx.cond(
            SendState.by_hand,
            ui.text_field(
                "Tracking code", "tracking_code", hint=_CODE_HINT, auto_complete="off", **given("tracking_code")
            ),
        ),
        rx.el.details(
            rx.el.summary("Second phone, weight and more"),
            rx.el.div(*_more(given), style=SIDE_BY_SIDE, class_name="dk-form"),
            open=(errors["alternative_phone"] + errors["recipient_email"] + errors["weight"]) != "",
        ),
        class_name="dk-form",
    )


def _more(given: Callable[[str], dict[str, Any]]) -> list[rx.Component]:
    """What may be left out; of these only what the courier has a use for."""
    mail_hint = rx.cond(SendState.email != "", "The customer's: " + SendState.email + ". ", "")
    mail_hint += "The courier refuses one whose domain it does not know."
    takes = SendState.takes
    return [
        rx.cond(
            takes.contains(SECOND_PHONE),
            ui.text_field("Second phone", "alternative_phone", input_mode="tel", **given("alternative_phone")),
        ),
        rx.cond(
            takes.contains(EMAIL),
            ui.text_field("E-mail", "recipient_email", type="email", hint=mail_hint, **given("recipient_email")),
        ),
        ui.text_field("Weight (g)", "weight", input_mode="numeric", hint=_weight_hint(takes), **given("weight")),
        rx.cond(
            takes.contains(HUB),
            ui.choice_field(
                "Delivery", "delivery", DELIVERIES, value=SendState.values["delivery"],
                on_change=lambda value: SendState.edit("delivery", value),
            ),
        ),
    ]  # fmt: skip


def _weight_hint(takes: rx.Var[list[str]]) -> rx.Var[str]:
    return rx.cond(
        takes.contains(WEIGHT),
        "As it was weighed, packing and all. Empty: what the courier's settings say.",
        "As it was weighed. The courier is not told; it is kept for charges and claims.",
    )


def _areas() -> rx.Component:
    """Where it goes in the courier's own lists: guessed from the address, asked where nothing or too much fits."""
    return rx.cond(
        SendState.areas.length() > 0,
        rx.el.div(rx.foreach(SendState.areas, _area), style=SIDE_BY_SIDE),
    )


def _area(level: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.choice_field(
        level["label"], level["field"], SendState.area_choices[level["name"]], value=level["value"],
        error=level["error"], on_change=lambda place: SendState.choose_area(level["name"], place),
    )  # fmt: skip


def _warnings() -> rx.Component:
    return rx.el.div(
        rx.foreach(SendState.warnings, lambda sentence: ui.check_line("warn", sentence)),
        role="status",
        aria_live="polite",
    )


def _charge() -> rx.Component:
    """What it will cost: by the tariff, and as its courier says."""
    return rx.el.p(
        rx.cond(SendState.tariff != "", "Charge by the tariff: " + SendState.tariff + ". ", ""),
        SendState.charge,
        class_name="dk-hint",
        role="status",
        hidden=(SendState.tariff + SendState.charge) == "",
    )


def _preview() -> rx.Component:
    return rx.cond(
        SendState.sent.length() > 0,
        rx.el.details(
            rx.el.summary("What ", SendState.courier_name, " will read"),
            rx.el.dl(
                rx.foreach(
                    SendState.sent,
                    lambda pair: rx.el.div(rx.el.dt(pair["label"]), rx.el.dd(pair["value"], dir="auto")),
                ),
                class_name="dk-facts",
            ),
        ),
    )
