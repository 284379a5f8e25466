"""Sending by a courier's API: the dialog of one parcel, and the one of many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx

from components import ui
from dokango.couriers.kind import EMAIL, HUB, SECOND_PHONE, WEIGHT
from state.shipping.bulk import BulkState
from state.shipping.couriers import CouriersState
from state.shipping.send import SendState
from state.shipping.send_typed import DELIVERIES, EMAILS

SIDE_BY_SIDE = {
    "display": "grid",
    "grid_template_columns": "repeat(auto-fit, minmax(min(100%, 220px), 1fr))",
    "column_gap": "var(--dk-gap-4)",
    "row_gap": "var(--dk-gap-3)",
}


def send_dialog() -> rx.Component:
    """One parcel: everything pre-filled and editable, looked over, and shown as it will go."""
    return ui.dialog(
        rx.Var.create("Send #") + SendState.number + " to " + SendState.courier_name,
        ui.sent_form(
            SendState,
            SendState.send,
            ui.form_error(SendState.failure),
            _choice(SendState.courier, CouriersState.choices, SendState.choose),
            by_rule(SendState.why, SendState.otherwise),
            _no_real_parcel(SendState.practising),
            _fields(),
            _warnings(),
            _preview(),
            rx.el.div(
                rx.dialog.close(rx.button("Back", type="button", variant="outline", color_scheme="gray", size="2")),
                ui.action_button(
                    rx.cond(SendState.by_hand, "Mark as shipped", "Send"), submit=True, variant="solid", icon="send",
                    pending=SendState.pending, name="send",
                ),
                class_name="dk-dialog-foot",
            ),
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


def bulk_dialog() -> rx.Component:
    """Many parcels: what is ready and what is not, then a result for each."""
    return ui.dialog(
        rx.cond(BulkState.finished, rx.Var.create("Sent "), rx.Var.create("Send ")) + BulkState.to_whom,
        rx.cond(
            BulkState.sending | BulkState.finished,
            rx.fragment(),
            rx.fragment(_choice(BulkState.courier, BulkState.choices, BulkState.choose), _for_all()),
        ),
        _no_real_parcel(BulkState.practising),
        rx.cond(BulkState.sending, ui.progress(BulkState.done, BulkState.ready, "Sent", cancel=BulkState.stop)),
        ui.table(
            (
                ui.Column("Order"),
                ui.Column("Customer"),
                ui.Column("Collect", align="right"),
                ui.Column("How it stands"),
            ),
            rx.foreach(BulkState.rows, _bulk_row),
            caption="Parcels to send",
        ),
        _send_all(),
        is_open=BulkState.is_open,
        on_open_change=BulkState.show,
        description="Each goes as its order says, at most 500 at once. Open one by itself to change what is sent.",
        width="760px",
    )


def _send_all() -> rx.Component:
    """The form of it: which orders, each as it was looked over."""
    back = rx.cond(BulkState.finished, "Close", "Back")
    send = ui.action_button(
        rx.Var.create("Send ") + BulkState.ready.to_string(), submit=True, variant="solid", icon="send",
        pending=BulkState.sending, name="bulk",
        reason=rx.cond(BulkState.ready == 0, "None of these can be sent as it is.", ""),
    )  # fmt: skip
    return ui.sent_form(
        BulkState,
        BulkState.send,
        rx.foreach(BulkState.rows, _seen),
        ui.form_error(BulkState.failure),
        rx.el.div(
            rx.dialog.close(rx.button(back, type="button", variant="outline", color_scheme="gray", size="2")),
            rx.cond(BulkState.finished, _again(), send),
            class_name="dk-dialog-foot",
        ),
    )


def _again() -> rx.Component:
    """What did not go, and nothing else, once more."""
    return rx.cond(
        BulkState.failed > 0,
        ui.action_button(
            rx.Var.create("Look at the ") + BulkState.failed.to_string() + " that did not go",
            BulkState.again,
            variant="solid",
            icon="rotate-cw",
            name="again",
        ),
    )


def _seen(row: rx.Var[dict[str, str]]) -> rx.Component:
    field = rx.el.input(type="hidden", name=ui.order_field(row["number"]), value=row["version"], read_only=True)
    return rx.cond(row["version"] != "", field)


def _choice(courier: rx.Var[str], choices: rx.Var[list[list[str]]], choose: rx.EventHandler) -> rx.Component:
    """By whom, when there is more than one."""
    return rx.cond(
        choices.length() > 1,
        ui.choice_field("Courier", "courier", choices, value=courier, on_change=choose),
    )


def by_rule(why: rx.Var[str], otherwise: rx.Var[bool]) -> rx.Component:
    """What the owner's rule says of an order, and that another choice is kept."""
    return rx.el.div(
        rx.cond(why != "", ui.check_line(rx.cond(otherwise, "warn", "info"), "By the rule: ", why)),
        rx.cond(
            otherwise,
            rx.el.p("You send it by another one: the order's history keeps that, and who did.", class_name="dk-hint"),
        ),
        role="status",
    )


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
                "Tracking code",
                "tracking_code",
                hint="If they gave one. The customer sees it.",
                auto_complete="off",
                **given("tracking_code"),
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


def _for_all() -> rx.Component:
    """What is the same for each of many parcels, as far as the courier has a use for it."""
    given, takes = BulkState.for_all, BulkState.takes
    return rx.el.details(
        rx.el.summary("The same for each: delivery, weight, e-mail"),
        rx.el.div(
            rx.cond(
                takes.contains(HUB),
                ui.choice_field(
                    "Delivery", "for_all_delivery", DELIVERIES, value=given["delivery"],
                    on_change=lambda value: BulkState.set_for_all("delivery", value),
                ),
            ),
            ui.text_field(
                "Weight of each (g)", "for_all_weight", default_value=given["weight"], input_mode="numeric",
                error=BulkState.errors["weight"], on_blur=lambda value: BulkState.set_for_all("weight", value),
            ),
            rx.cond(
                takes.contains(EMAIL),
                ui.choice_field(
                    "Tell the courier their e-mail", "for_all_emails", EMAILS, value=given["emails"],
                    on_change=lambda value: BulkState.set_for_all("emails", value),
                ),
            ),
            style=SIDE_BY_SIDE,
            class_name="dk-form",
        ),
    )  # fmt: skip


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


def _bulk_row(row: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.row(
        ui.cell(rx.Var.create("#") + row["number"], lead=True, heading=True),
        ui.cell(rx.el.span(row["name"], dir="auto"), label="Customer"),
        ui.cell(ui.money(row["collect"]), label="Collect", align="right"),
        ui.cell(
            ui.check_line(row["level"], row["words"]),
            rx.cond(row["known"] != "", ui.check_line(row["known_level"], row["known"])),
            rx.cond(row["why"] != "", rx.el.span(row["why"], class_name="dk-subtitle")),
        ),
        name=row["number"],
    )


def _no_real_parcel(practising: rx.Var[bool]) -> rx.Component:
    return rx.cond(practising, ui.check_line("info", "Practice courier: no real parcel is booked."))
