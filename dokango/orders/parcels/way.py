"""The way of a parcel as its courier tells it, asked when somebody wants to see it; kept nowhere, and moves nothing."""

from __future__ import annotations

from dataclasses import dataclass

from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.abilities import Can, TellsWay
from dokango.couriers.kind.base import WayStep
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import can
from dokango.db import Database
from dokango.errors import Refused
from dokango.orders.book import rows
from dokango.orders.parcels.news import name_of
from dokango.people.actor import Actor
from dokango.people.permissions import Permission


@dataclass(frozen=True, slots=True)
class Way:
    """The steps of one parcel, the oldest first, and who told them."""

    courier: str
    steps: list[WayStep]


def tells_way(parcel: ParcelRow | None) -> bool:
    """Whether the courier of a parcel can be asked for its way: it has it, and it can tell."""
    return parcel is not None and bool(parcel.consignment_id) and can(parcel.courier, Can.TELL_WAY)


def ask_way(desk: CourierDesk, db: Database, actor: Actor, number: str) -> Way:
    """Ask about the order's latest parcel. It waits for the courier: never inside a transaction or on an event loop.

    Raises NotAllowed, NotFound, Refused where nobody tells it, CourierError.
    """
    actor.require(Permission.VIEW_ORDERS)
    parcels = db.read(lambda tx: shipments.all_of(tx, rows.by_number(tx, number).id))
    parcel = parcels[-1] if parcels else None
    if parcel is None or not tells_way(parcel):
        raise Refused("way", "No courier tells the way of this order's parcel.")
    found = desk.courier(parcel.courier)
    assert isinstance(found, TellsWay)  # noqa: S101  its row says so
    return Way(parcel.carrier or parcel.courier, found.way(name_of(parcel)))
