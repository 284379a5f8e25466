"""What is known of a buyer by phone: how their orders here ended, and what a courier said when it was asked before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, and_, bindparam, case, cast, func, select

from dokango.audit import Event
from dokango.couriers.kind.abilities import Can
from dokango.couriers.known import buyer_of
from dokango.couriers.registry import COURIERS
from dokango.db import Tx, table_of, typed
from dokango.orders.book.rows import ORDER

_E = table_of(Event)
_MOST_ORDERS = 200  # the newest of a phone


@dataclass(frozen=True, slots=True)
class Record:
    """So many orders of a phone were delivered, came back afterwards, and were not taken.

    `courier_percent` is the lowest part of its parcels that a courier says was delivered; None while nobody knows.
    """

    delivered: int = 0
    returned: int = 0
    refused: int = 0
    courier_percent: int | None = None


NOBODY = Record()


class _Counts(NamedTuple):
    delivered: int
    returned: int
    refused: int


_lost = select(_E.c.id).where(_E.c.order_id == ORDER.c.id, _E.c.action == "lose_parcel").correlate(ORDER)
_newest = (
    select(ORDER.c.status, ORDER.c.to_inspect, case((_lost.exists(), 1), else_=0).label("lost"))
    .where(ORDER.c.phone == bindparam("phone"), ORDER.c.status.in_(("delivered", "returned")))
    .order_by(ORDER.c.id.desc())
    .limit(_MOST_ORDERS)
    .subquery()
)
_came_back = _newest.c.status == "returned"
# a parcel that its courier lost was refused by nobody
_refused = and_(_came_back, _newest.c.to_inspect.is_not(None), _newest.c.lost == 0)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return cast(func.coalesce(func.sum(case((condition, 1), else_=0)), 0), Integer)


_COUNTS = typed(
    _Counts,
    select(
        _count(_newest.c.status == "delivered").label("delivered"),
        _count(and_(_came_back, _newest.c.to_inspect.is_(None))).label("returned"),
        _count(_refused).label("refused"),
    ).select_from(_newest),
)


def record_of(tx: Tx, phone: str) -> Record:
    """The record of a phone, as far as it is kept here; no courier is asked for it."""
    if not phone:
        return NOBODY
    counts = tx.one(_COUNTS, phone=phone)
    said = [known.record for key in _KNOW_BUYERS if (known := buyer_of(tx, key, phone)) is not None]
    percents = [one.delivery_percent for one in said if one is not None and one.delivery_percent is not None]
    lowest = min(percents, default=None)
    return Record(counts.delivered, counts.returned, counts.refused, lowest) if counts else NOBODY


_KNOW_BUYERS = tuple(kind.key for kind in COURIERS.values() if Can.BUYER_RECORD in kind.can)
