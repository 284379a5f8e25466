"""A parcel that did not come by the day that was told, or was not fetched, as a case; its end when it moves on."""

from __future__ import annotations

from dataclasses import replace

from dokango.couriers.kind.status import StatusReading, Where
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.db import Tx
from dokango.orders.cases import rows
from dokango.orders.cases.moves import Happened, about_parcel, close, open_case

LATE, NOT_PICKED_UP = "late", "not_picked_up"


def open_late(tx: Tx, order_id: int, happened: Happened) -> None:
    """The order's live parcel is late."""
    parcel = shipments.live_of(tx, order_id)
    if parcel is not None:
        open_case(tx, about_parcel(parcel), LATE, happened)


def moved_on(tx: Tx, parcel: ParcelRow, reading: StatusReading, heard: Happened) -> None:
    """What the courier says ends what was waited for: a parcel that moves was fetched, one that turns back is awaited
    no more."""
    ends = {Where.BOOKED: "", Where.OUT: NOT_PICKED_UP, Where.UNCLEAR: NOT_PICKED_UP}.get(reading.meaning.where)
    for family in (NOT_PICKED_UP, LATE) if ends is None else (ends,):
        case = rows.open_about(tx, about_parcel(parcel).subject, family) if family else None
        if case is not None:
            outcome = "picked up" if family == NOT_PICKED_UP else "on its way back"
            close(tx, case, outcome, replace(heard, key=f"{heard.key}/{family}"))
