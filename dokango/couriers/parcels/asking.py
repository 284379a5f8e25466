"""Which parcels their couriers are asked about, when, and what is kept of the answer."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, case, func, select

from dokango.couriers.kind.status import ReturnLeg, StatusReading
from dokango.couriers.models import Shipment
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.pace import next_ask_us
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.db import Statement, Tx, table_of, typed

_S = table_of(Shipment)


class ToAsk(NamedTuple):
    """A parcel that its courier should be asked about."""

    id: int
    booking: str


_pace = _S.c.ask_at - func.coalesce(_S.c.synced_at, _S.c.status_at, _S.c.requested_at)
_own_pace = case((_pace < 1, 1), else_=_pace)
# How many of its own turns it has missed: after a silence all are due, and those asked often have most to tell.
_turns_missed = (bindparam("now") - _S.c.ask_at) * 1.0 / _own_pace
_is_known = case((_S.c.booking.in_(("booked", "superseded")), 1), else_=0)
_TO_ASK = typed(
    ToAsk,
    select(_S.c.id, _S.c.booking)
    .where(_S.c.courier == bindparam("courier"), _S.c.ask_at <= bindparam("now"), _S.c.ask_at.is_not(None))
    .order_by(_is_known, _turns_missed.desc(), _S.c.id)
    .limit(bindparam("most")),
)
_WAITING = Statement(
    select(func.count())
    .select_from(_S)
    .where(_S.c.courier == bindparam("courier"), _S.c.ask_at <= bindparam("now"), _S.c.ask_at.is_not(None))
)


def to_ask(tx: Tx, courier: str, now_us: int, most: int) -> list[ToAsk]:
    """The parcels whose time to be asked about has come: bookings of unknown outcome first, then by turns missed."""
    return tx.rows(_TO_ASK, courier=courier, now=now_us, most=most)


def count_to_ask(tx: Tx, courier: str, now_us: int) -> int:
    """How many they are."""
    return int(tx.value(_WAITING, courier=courier, now=now_us))


def note_reading(tx: Tx, row: ParcelRow, reading: StatusReading, asked_at: int, problem: str) -> None:
    """Where the courier says it is, as of `asked_at`."""
    shipments.change(
        tx, row.id, status=reading.status.value, raw_status=reading.raw, return_leg=reading.return_leg.value,
        problem=problem, status_at=asked_at, synced_at=asked_at, ask_at=_next(row, reading, asked_at, asked_at),
    )  # fmt: skip


def note_confirmed(tx: Tx, row: ParcelRow, reading: StatusReading, asked_at: int, *, same: bool) -> None:
    """They were asked, and nothing new came of it; `same`: they say what they said before."""
    raw = reading.raw if same else row.raw_status
    shipments.change(
        tx, row.id, raw_status=raw, synced_at=asked_at, ask_at=_next(row, _kept(row), _moved_at(row), asked_at)
    )


def ask_later(tx: Tx, row: ParcelRow, now_us: int) -> None:
    """It could not be asked about, though its courier answers; not before its time comes again."""
    shipments.change(tx, row.id, ask_at=_next(row, _kept(row), _moved_at(row), now_us))


def ask_first(tx: Tx, row: ParcelRow) -> None:
    """It has moved, as its webhook says, and could not be asked about: it is the first to be asked about again."""
    shipments.change(tx, row.id, ask_at=row.synced_at or row.requested_at)


def ask_at(tx: Tx, shipment_id: int, at_us: int | None) -> None:
    """It is asked about then, as soon as its courier answers; None: never again."""
    shipments.change(tx, shipment_id, ask_at=at_us)


def _next(row: ParcelRow, reading: StatusReading, moved_us: int, now_us: int) -> int | None:
    return next_ask_us(reading.status, reading.return_leg, live=row.live == 1, moved_us=moved_us, now_us=now_us)


def _kept(row: ParcelRow) -> StatusReading:
    return StatusReading(shipments.status_of(row), ReturnLeg(row.return_leg), row.raw_status)


def _moved_at(row: ParcelRow) -> int:
    return row.status_at or row.requested_at
