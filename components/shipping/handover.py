"""The dialog for couriers without an API."""

from __future__ import annotations

import reflex as rx

from components import ui
from dokango.couriers.registry import COURIERS
from state.shipping.handover import HandoverState

CARRIERS = (*(kind.name for kind in COURIERS.values() if kind.by_api), "Own rider")


def handover_dialog() -> rx.Component:
    """Who takes the parcel and, when there is one, the tracking code."""
    return ui.dialog(
        rx.Var.create("Hand over #") + HandoverState.number,
        ui.sent_form(
            HandoverState,
            HandoverState.hand_over,
            ui.form_error(HandoverState.failure),
            ui.text_field(
                "Who takes it", "carrier", required=True, error=HandoverState.errors["carrier"],
                hint="A courier or your own rider. The books keep its name for cash on delivery.",
                list="carriers", auto_complete="off",
            ),
            rx.el.datalist(
                rx.foreach(HandoverState.known, lambda name: rx.el.option(value=name)),
                *[rx.el.option(value=name) for name in CARRIERS],
                id="carriers",
            ),
            ui.text_field(
                "Tracking code", "tracking_code", error=HandoverState.errors["tracking_code"],
                hint="If they gave one. The customer sees it.", auto_complete="off",
            ),
            ui.dialog_foot(ui.action_button(
                    "Mark as shipped", submit=True, variant="solid", icon="truck", pending=HandoverState.pending
                )),
            seen=(HandoverState.number, HandoverState.version),
        ),
        is_open=HandoverState.is_open,
        on_open_change=HandoverState.close,
        description="For couriers that this site cannot book by itself.",
        width="480px",
    )  # fmt: skip
