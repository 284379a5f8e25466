"""The clock of parcels that should have come, or been fetched: each is seen before its customer asks.

A late one opens a case and its customer is told once, with a new day. Every parcel has a transaction of its own, so a
round that is broken off, or two at once, leave each either as it was or done.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import NamedTuple

from sqlalchemy import BindParameter, bindparam, exists, select

from dokango.clock import Clock, day_of, said
from dokango.couriers.kind.status import MEANINGS, CarrierStatus, Where
from dokango.couriers.models import Shipment
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.delivery_days import expected_now
from dokango.db import Database, Tx, table_of, typed
from dokango.errors import Refused
from dokango.orders.book import rows
from dokango.orders.book.rows import ORDER
from dokango.orders.cases.kinds import FAILED_DELIVERY
from dokango.orders.cases.moves import HOUR_US, Happened, about_parcel, open_case
from dokango.orders.cases.rows import CASE
from dokango.orders.lifecycle.commands import SayLate
from dokango.orders.lifecycle.perform import Context, perform
from dokango.people.actor import RULE
from dokango.shop.profile import load_profile

EVERY_S = 3_600.0
MOST_AT_ONCE = 500
_S = table_of(Shipment)
NOT_FETCHED = "not_picked_up"
_WAITS = ("", *(status.value for status, meaning in MEANINGS.items() if meaning.where is Where.BOOKED))
# What is handed over, on its way back or never left comes no later than it does.
_ENDED = tuple(
    status.value
    for status, meaning in MEANINGS.items()
    if meaning.final or meaning.where is Where.BACK or status is CarrierStatus.PICKUP_CANCELLED
)
_most: BindParameter[int] = bindparam("most")


class _Found(NamedTuple):
    id: int


_travels = (_S.c.live == 1, _S.c.booking == "booked", _S.c.late_at.is_(None), _S.c.id > bindparam("after"))
_on_its_way = select(_S.c.id).join(ORDER, ORDER.c.id == _S.c.order_id).where(ORDER.c.status == "shipped", *_travels)
# A parcel whose customer is asked already has its case: what it waits for is not the courier.
_ASKED = exists().where(CASE.c.shipment_id == _S.c.id, CASE.c.family == FAILED_DELIVERY, CASE.c.closed_at.is_(None))
_LATE = typed(
    _Found,
    _on_its_way.where(
        _S.c.estimated_delivery != "", _S.c.estimated_delivery < bindparam("today"), _S.c.status.not_in(_ENDED), ~_ASKED
    )
    .order_by(_S.c.id)
    .limit(_most),
)
_KNOWN = exists().where(CASE.c.shipment_id == _S.c.id, CASE.c.kind == NOT_FETCHED)
_NOT_FETCHED = typed(
    _Found,
    _on_its_way.where(_S.c.status.in_(_WAITS), _S.c.booked_at < bindparam("before"), ~_KNOWN)
    .order_by(_S.c.id)
    .limit(_most),
)


def look_for_late(db: Database, clock: Clock) -> int:
    """One round; for how many parcels something was done."""
    return _say_late(db, clock) + _say_not_fetched(db, clock)


def _say_late(db: Database, clock: Clock) -> int:
    done, after, today = 0, 0, day_of(clock.now_us()).isoformat()
    while found := db.read(partial(_page, late=True, after=after, limit=today)):
        done += sum(_tried(db, partial(_late, clock=clock, shipment_id=row.id)) for row in found)
        after = found[-1].id
    return done


def _say_not_fetched(db: Database, clock: Clock) -> int:
    hours = db.read(load_profile).pickup_hours
    if not hours:
        return 0
    done, after, before = 0, 0, clock.now_us() - hours * HOUR_US
    while found := db.read(partial(_page, late=False, after=after, limit=before)):
        done += sum(db.write(partial(_not_fetched, clock=clock, shipment_id=row.id, hours=hours)) for row in found)
        after = found[-1].id
    return done


def _page(tx: Tx, *, late: bool, after: int, limit: str | int) -> list[_Found]:
    if late:
        return tx.rows(_LATE, today=limit, after=after, most=MOST_AT_ONCE)
    return tx.rows(_NOT_FETCHED, before=limit, after=after, most=MOST_AT_ONCE)


def _tried(db: Database, say: partial[bool]) -> bool:
    try:
        return db.write(say)
    except Refused:  # it was delivered, or came back, meanwhile
        return False


def _late(tx: Tx, clock: Clock, shipment_id: int) -> bool:
    order = rows.lock(tx, rows.number_of(tx, shipments.by_id(tx, shipment_id).order_id))
    parcel = shipments.by_id(tx, shipment_id)
    now_us = clock.now_us()
    if parcel.live != 1 or parcel.late_at is not None or not parcel.estimated_delivery < day_of(now_us).isoformat():
        return False
    handed_us = parcel.booked_at or parcel.requested_at
    new = expected_now(tx, parcel.courier, parcel.carrier, order.district, handed_us, now_us)
    command = SayLate(expected=new, was=date.fromisoformat(parcel.estimated_delivery))
    perform(tx, Context(RULE, clock), order.number, command)
    return True


def _not_fetched(tx: Tx, clock: Clock, shipment_id: int, hours: int) -> bool:
    parcel = shipments.by_id(tx, shipment_id)
    if parcel.live != 1 or parcel.status not in _WAITS or parcel.booked_at is None:
        return False
    words = f"{parcel.carrier} has not picked it up {hours} hours after it was booked on {said(parcel.booked_at)}."
    happened = Happened(f"shipment/{shipment_id}/{NOT_FETCHED}", words, clock.now_us(), RULE)
    open_case(tx, about_parcel(parcel), NOT_FETCHED, happened)
    return True
