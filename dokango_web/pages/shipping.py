"""/shipping: hand parcels over and follow them."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.orders.deliver_part import deliver_part_dialog
from components.shipping.cancel_booking import cancel_booking_dialog
from components.shipping.handover import handover_dialog
from components.shipping.lists import (
    chosen_bar,
    courier_lines,
    header,
    parcel_list,
    practice_band,
    sync_progress,
    tab_row,
)
from components.shipping.parcel import parcel_drawer
from components.shipping.scan_out import scan_out_dialog
from components.shipping.send import send_dialog
from components.shipping.send_many import bulk_dialog
from state.shipping.lists import ShippingState

LOADS = [ShippingState.load]


def page() -> rx.Component:
    """Two lists, and the dialogs over them."""
    return ui.page(
        header(),
        practice_band(),
        tab_row(),
        sync_progress(),
        courier_lines(),
        parcel_list(),
        chosen_bar(),
        send_dialog(),
        bulk_dialog(),
        handover_dialog(),
        scan_out_dialog(),
        deliver_part_dialog(),
        cancel_booking_dialog(),
        parcel_drawer(),
    )
