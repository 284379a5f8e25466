"""The parcel on the order's page: how it fares, what the courier was told otherwise, and how it is cancelled."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.shipping.cancel_booking import cancel_booking_button
from components.shipping.collects import collects_band
from components.shipping.drift import drift_band
from components.shipping.way import parcel_way
from state.orders.order import OrderState

ORDER = OrderState.order


def parcel_card() -> rx.Component:
    """The parcel, when there is one."""
    row = OrderState.parcel
    return rx.cond(
        row.contains("courier"),
        ui.card(
            ui.facts(
                ("Courier", row["courier"]),
                ("Code", _tracking_code()),
                ("Status", ui.carrier_badge(row["status"])),
            ),
            rx.cond(
                row["back"] == "",
                ui.facts(
                    ("Expected", rx.cond(row["expected"] != "", row["expected"], "not said")),
                    ("Collects", rx.cond(row["collects"] != "", row["collects"], "nothing")),
                ),
            ),
            rx.cond(row["charge"] != "", ui.facts(("Courier's charge", row["charge"]))),
            rx.cond(row["problem"] != "", ui.check_line("bad", row["problem"])),
            collects_band(row, ORDER["number"], OrderState.version),
            drift_band(OrderState.drift, ORDER["number"], OrderState.version),
            rx.cond(row["tells_way"] != "", parcel_way(ORDER["number"], row["courier"])),
            cancel_booking_button(OrderState.cancels, ORDER["number"]),
            title="Parcel",
            action=rx.link("Shipping", href="/shipping", size="2"),
        ),
    )


def _tracking_code() -> rx.Component:
    row = OrderState.parcel
    return rx.cond(
        row["code"] != "",
        rx.el.span(
            rx.cond(
                row["link"] != "",
                rx.el.a(row["code"], href=row["link"], target="_blank", rel="noopener", class_name="dk-link"),
                ui.code(row["code"]),
            ),
            ui.copy_button(row["code"], "tracking code"),
            class_name="dk-inline",
        ),
        "none yet",
    )
