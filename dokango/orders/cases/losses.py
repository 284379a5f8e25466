"""Goods that were written off on a courier's way: somebody claims them from it, or closes the case."""

from __future__ import annotations

from dataclasses import replace

from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.db import Tx
from dokango.orders.cases import rows
from dokango.orders.cases.kinds import CLAIM, LOSS, TO_CLAIM
from dokango.orders.cases.moves import Happened, about_parcel, open_case

REFUSED = "refused"


def written_off(tx: Tx, order_id: int, happened: Happened) -> None:
    """The goods of the order's last parcel are gone, or worth nothing: their loss can be claimed, unless it was."""
    parcel = last_carried(tx, order_id)
    if parcel is None or _is_claimed(tx, parcel):
        return
    before = rows.open_about(tx, about_parcel(parcel).subject, LOSS)
    if before is not None and before.kind == TO_CLAIM:
        happened = replace(happened, words=f"{before.words}, {happened.words}")
    open_case(tx, about_parcel(parcel), TO_CLAIM, happened)


def last_carried(tx: Tx, order_id: int) -> ParcelRow | None:
    """The parcel that a courier had last: one that it took over from counts before one that was never booked."""
    had = carried_of(tx, order_id)
    return next((parcel for parcel in reversed(had) if parcel.booking == "booked"), had[-1] if had else None)


def carried_of(tx: Tx, order_id: int) -> list[ParcelRow]:
    """Every parcel of the order that a courier had, the first first."""
    return [parcel for parcel in shipments.all_of(tx, order_id) if parcel.booking in ("booked", "superseded")]


def _is_claimed(tx: Tx, parcel: ParcelRow) -> bool:
    """Whether a claim waits or brought something in; one that was refused may be claimed again."""
    claims = [case for case in rows.all_of(tx, parcel.order_id) if case.shipment_id == parcel.id and case.kind == CLAIM]
    return any(case.is_open or case.outcome != REFUSED for case in claims)
