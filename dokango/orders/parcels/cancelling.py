"""What can be done about cancelling an order's parcel, for who draws its buttons."""

from __future__ import annotations

from enum import StrEnum

from dokango.couriers.parcels import requests
from dokango.couriers.parcels.requests import CANCEL
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.db import Tx
from dokango.orders.book.rows import OrderRow
from dokango.orders.parcels.cancel_booking import why_not
from dokango.orders.parcels.cancelled import may_be_cancelled


class Cancelling(StrEnum):
    """How a booking can be cancelled now."""

    NONE = ""
    BY_API = "by_api"  # its courier can be called
    BY_WORDS = "by_words"  # somebody tells them, and says when they did it
    ASKED = "asked"  # they were asked, and it is not known what came of it


def cancelling_of(tx: Tx, order: OrderRow, parcel: ParcelRow | None) -> Cancelling:
    """How it stands with the live parcel of an order."""
    if order.status != "shipped" or parcel is None or may_be_cancelled(parcel):
        return Cancelling.NONE
    if requests.open_of(tx, parcel.id, CANCEL) is not None:
        return Cancelling.ASKED
    return Cancelling.BY_WORDS if why_not(parcel) else Cancelling.BY_API
