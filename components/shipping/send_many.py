"""Sending many parcels: what is ready and what is not, then a result for each."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.shipping.by_whom import SIDE_BY_SIDE, choice_of_courier, no_real_parcel
from dokango.couriers.kind import EMAIL, HUB
from state.shipping.sending.bulk import BulkState
from state.shipping.sending.send_typed import DELIVERIES, EMAILS


def bulk_dialog() -> rx.Component:
    """Many parcels: what is ready and what is not, then a result for each."""
    return ui.dialog(
        rx.cond(BulkState.finished, rx.Var.create("Sent "), rx.Var.create("Send ")) + BulkState.to_whom,
        rx.cond(
            BulkState.sending | BulkState.finished,
            rx.fragment(),
            rx.fragment(choice_of_courier(BulkState.courier, BulkState.choices, BulkState.choose), _for_all()),
        ),
        no_real_parcel(BulkState.practising),
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
        ui.dialog_foot(rx.cond(BulkState.finished, _again(), send), back=back),
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
