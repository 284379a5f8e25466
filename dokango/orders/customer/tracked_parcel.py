"""The parcel as its customer sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dokango.couriers.kind.parcel_limits import collectable
from dokango.couriers.kind.status import CarrierStatus
from dokango.couriers.registry import COURIERS, is_by_api
from dokango.couriers.tracking_links import web_link
from dokango.orders.customer.tracking_rows import TrackedParcelRow

_ON_THE_WAY: Mapping[str, str] = {
    CarrierStatus.HOLD: "waiting",
    CarrierStatus.DELIVERED_APPROVAL_PENDING: "nearly",
    CarrierStatus.DELIVERED: "nearly",
    CarrierStatus.PARTIAL_DELIVERED_APPROVAL_PENDING: "nearly",
    CarrierStatus.PARTIAL_DELIVERED: "nearly",
    CarrierStatus.CANCELLED_APPROVAL_PENDING: "trouble",
    CarrierStatus.CANCELLED: "coming_back",
    CarrierStatus.EXCEPTIONAL: "trouble",
    CarrierStatus.PICKUP_FAILED: "waiting",
    CarrierStatus.DELIVERY_FAILED: "trouble",
    CarrierStatus.PAID_RETURN: "coming_back",
    CarrierStatus.RETURNING: "coming_back",
    CarrierStatus.EXCHANGED: "nearly",
}


_LOSSES: Mapping[str, str] = {"lost": "missing", "damaged": "damaged"}


@dataclass(frozen=True, slots=True)
class Parcel:
    """Who brings it, under which code, and when; `on_the_way` is waiting, nearly, trouble, coming_back,
    missing, damaged or "".

    `told_poisha` is what the rider was told to collect, `asked_poisha` what we asked for since, until it is known
    whether they heard of it.
    """

    carrier: str
    code: str
    link: str
    expected: date | None
    is_late: bool
    on_the_way: str
    told_poisha: int
    asked_poisha: int | None = None


def parcel_of(row: TrackedParcelRow, loss: str = "") -> Parcel:
    """The row in the customer's terms: a courier's status only as far as it concerns them.

    `loss`: the kind of the open case that says it is lost or damaged, whatever the courier said last.
    """
    carrier = row.carrier or (COURIERS[row.courier].name if is_by_api(row.courier) else "")
    return Parcel(
        carrier,
        row.tracking_code,
        web_link(row.tracking_link),
        date.fromisoformat(row.estimated_delivery) if row.estimated_delivery else None,
        row.late_at is not None,
        _LOSSES.get(loss) or _ON_THE_WAY.get(row.status, ""),
        collectable(row.cod_poisha),
        row.asked_cod_poisha,
    )
