"""What is counted of a courier as its parcels end: how long they took, which did not arrive, what each cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import bindparam, update

from dokango.couriers.models import Shipment
from dokango.couriers.parcels import record, shipments
from dokango.couriers.parcels.delivery_days import count_delivery
from dokango.db import Statement, Tx, table_of
from dokango.ledger.entries import Happening
from dokango.orders.book.rows import OrderRow

_S = table_of(Shipment)
_CHARGE = Statement(update(_S).where(_S.c.id == bindparam("row")).values(charge_poisha=bindparam("charge")))


@dataclass(frozen=True, slots=True)
class CountDelivery:
    """How long the live parcel took counts for the next ones."""


@dataclass(frozen=True, slots=True)
class CountUndelivered:
    """The live parcel did not reach its buyer: that counts for its courier."""


@dataclass(frozen=True, slots=True)
class SetCharge:
    """Keep what a parcel really cost, as it is booked."""

    shipment_id: int
    charge_poisha: int


def _count_delivery(tx: Tx, happening: Happening, order: OrderRow, count: CountDelivery) -> None:
    parcel = shipments.live_of(tx, order.id)
    if parcel is not None and parcel.booked_at is not None:
        count_delivery(tx, parcel.courier, parcel.carrier, order.district, parcel.booked_at, happening.happened_at)


def _count_undelivered(tx: Tx, happening: Happening, order: OrderRow, count: CountUndelivered) -> None:
    parcel = shipments.live_of(tx, order.id)
    if parcel is not None:
        record.count_undelivered(tx, parcel.courier, parcel.carrier, order.district)


def _set_charge(tx: Tx, happening: Happening, order: OrderRow, set_to: SetCharge) -> None:
    parcel = shipments.by_id(tx, set_to.shipment_id)
    was, now = parcel.charge_poisha, set_to.charge_poisha
    record.count_charge(tx, parcel.courier, parcel.carrier, order.district, was, now)
    tx.run(_CHARGE, row=set_to.shipment_id, charge=now)


WRITERS: dict[type, Callable[..., None]] = {
    CountDelivery: _count_delivery,
    CountUndelivered: _count_undelivered,
    SetCharge: _set_charge,
}
