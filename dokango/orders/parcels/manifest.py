"""The handover: which parcels a rider takes along, by courier and day, and scanning each out of the door."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, or_, select

from dokango import audit, topics
from dokango.clock import day_of, day_start_us, said
from dokango.couriers.carriers import names_written, said_name
from dokango.couriers.kind.status import CarrierStatus, Where, where_is
from dokango.couriers.models import Shipment
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import account_part, account_words
from dokango.db import Tx, table_of, typed
from dokango.money import taka
from dokango.orders.book import rows
from dokango.orders.book.rows import ORDER
from dokango.orders.lifecycle.perform import Context
from dokango.people.permissions import Permission
from dokango.text import how_many

WAITS_DAYS = 14  # what was booked longer ago and never scanned went out unseen
GOOD, BAD = "good", "bad"
_S = table_of(Shipment)


class _Row(NamedTuple):
    shipment_id: int
    number: str
    name: str
    phone: str
    district: str
    courier: str
    carrier: str
    tracking_code: str
    consignment_id: str
    invoice: str
    status: str
    cod_poisha: int
    booked_at: int | None
    handed_over_at: int | None


_FOUND = (
    select(
        _S.c.id.label("shipment_id"), ORDER.c.number, ORDER.c.name, ORDER.c.phone, ORDER.c.district,
        _S.c.courier, _S.c.carrier,
        _S.c.tracking_code, _S.c.consignment_id, _S.c.invoice, _S.c.status, _S.c.cod_poisha, _S.c.booked_at,
        _S.c.handed_over_at,
    )
    .join(ORDER, ORDER.c.id == _S.c.order_id)
)  # fmt: skip
_STILL_HERE = (_S.c.booking == "booked") & (_S.c.live == 1)
# What went out stays on its day's list, whatever became of it later.
_BETWEEN = typed(
    _Row,
    _FOUND.where(
        _S.c.booked_at >= bindparam("since"),
        _S.c.booked_at < bindparam("until"),
        or_(_STILL_HERE, _S.c.handed_over_at.is_not(None)),
    ).order_by(_S.c.id),
)
_CALLED = typed(
    _Row,
    _FOUND.where(
        or_(
            _S.c.tracking_code == bindparam("code"),
            _S.c.consignment_id == bindparam("code"),
            _S.c.invoice == bindparam("code"),
            ORDER.c.number == bindparam("number"),
        ),
        _STILL_HERE,
    ).order_by(_S.c.id.desc()),
)


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One parcel; `handed_us` None while it is still here."""

    shipment_id: int
    number: str
    name: str
    phone: str
    district: str
    code: str
    collect_poisha: int
    handed_us: int | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one courier takes on one Dhaka day: what was scanned out on it, and today what still waits."""

    who: str
    name: str
    day: date
    rows: tuple[ManifestRow, ...]

    @property
    def handed(self) -> int:
        """How many were scanned out."""
        return sum(row.handed_us is not None for row in self.rows)

    @property
    def words(self) -> str:
        """What a rider signs for: once some went out, these and what they collect; before that, all of it."""
        whole, out = how_many(len(self.rows), "parcel"), self.of_handed()
        if self.handed in (0, len(self.rows)):
            return f"{whole} · collects {taka(self.collect_poisha)} together"
        return (
            f"{self.handed} of {whole} out · collects {taka(out.collect_poisha)} together ·"
            f" {len(self.rows) - self.handed} still here"
        )

    def of_handed(self) -> Manifest:
        """What went out of it."""
        return replace(self, rows=tuple(row for row in self.rows if row.handed_us is not None))

    @property
    def collect_poisha(self) -> int:
        """What their riders collect together."""
        return sum(row.collect_poisha for row in self.rows)


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan came to, for ears as well: GOOD once a parcel, else why not."""

    level: str
    words: str


def carriers(tx: Tx, day: date, now_us: int) -> dict[str, str]:
    """Who has parcels to take on a day, or took some: their names by how the books call them."""
    found = [row for row in _rows(tx, day) if _is_of(row, day, now_us)]
    return {_who(row): _name(row) for row in found}


def manifest(tx: Tx, who: str, day: date, now_us: int) -> Manifest:
    """The parcels of one courier on a day, in the order in which they were booked."""
    mine = [row for row in _rows(tx, day) if _who(row) == who and _is_of(row, day, now_us)]
    listed = tuple(
        ManifestRow(
            row.shipment_id,
            row.number,
            row.name,
            row.phone,
            row.district,
            _code(row),
            row.cod_poisha,
            row.handed_over_at,
        )
        for row in mine
    )
    return Manifest(who, _name(mine[0]) if mine else said_name(who, names_written(tx)), day, listed)


def handed_over_with(tx: Tx, parcel: ParcelRow) -> Manifest | None:
    """The list with which a parcel left; None for one that was never scanned out."""
    if parcel.handed_over_at is None:
        return None
    who = account_part(parcel.courier, parcel.carrier)
    return manifest(tx, who, day_of(parcel.handed_over_at), parcel.handed_over_at).of_handed()


def scan_out(tx: Tx, context: Context, who: str, code: str) -> Scanned:
    """A label was read as the rider takes the parcel: it is ticked once; anything else is said and changes nothing."""
    found = _called(tx, context, who, code)
    if isinstance(found, Scanned):
        return found
    row, parcel = found
    if parcel.handed_over_at is not None:
        return Scanned(BAD, f"ALREADY OUT: #{row.number} was handed over {said(parcel.handed_over_at)}.")
    if where_is(parcel.status) is Where.BACK:
        return Scanned(BAD, f"ON ITS WAY BACK: #{row.number} was not accepted. Keep it here.")
    _note(tx, context, row, "hand_over", handed_over_at=context.clock.now_us())
    return Scanned(GOOD, f"#{row.number}: {row.name}")


def take_back(tx: Tx, context: Context, who: str, code: str) -> Scanned:
    """It was ticked, and the rider did not take it: it is still here, on today's list. Another day's list stays."""
    found = _called(tx, context, who, code)
    if isinstance(found, Scanned):
        return found
    row, parcel = found
    if parcel.handed_over_at is None:
        return Scanned(BAD, f"STILL HERE: #{row.number} was not handed over.")
    if day_of(parcel.handed_over_at) != day_of(context.clock.now_us()):
        return Scanned(
            BAD, f"OUT SINCE {said(parcel.handed_over_at)}: #{row.number} is on the signed list of that day."
        )
    _note(tx, context, row, "not_handed_over", handed_over_at=None)
    return Scanned(GOOD, f"#{row.number}: still here")


def _called(tx: Tx, context: Context, who: str, code: str) -> tuple[_Row, ParcelRow] | Scanned:
    """The parcel of this courier that is called so, its order locked; else what is to be said of it."""
    context.actor.require(Permission.SHIP)
    code = code.strip()
    found = tx.rows(_CALLED, code=code, number=code.removeprefix("#"))
    row = next((one for one in found if _who(one) == who), found[0] if found else None)
    if row is None:
        return Scanned(BAD, f"UNKNOWN: no booked parcel is called {code[:40]}. Keep it here.")
    if _who(row) != who:
        return Scanned(BAD, f"WRONG COURIER: #{row.number} goes with {_name(row)}. Keep it here.")
    rows.lock(tx, row.number)
    return row, shipments.by_id(tx, row.shipment_id)


def _note(tx: Tx, context: Context, row: _Row, action: str, *, handed_over_at: int | None) -> None:
    now_us, parcel = context.clock.now_us(), shipments.by_id(tx, row.shipment_id)
    shipments.change(tx, parcel.id, handed_over_at=handed_over_at)
    audit.record(
        tx, key=f"shipment/{parcel.id}/{action}/{now_us}", order_id=parcel.order_id, action=action,
        actor=context.actor.name, actor_kind=context.actor.kind, now_us=now_us, note=_name(row),
        data={"code": _code(row)},
    )  # fmt: skip
    tx.changed(topics.ORDERS, topics.of_order(row.number))


def _rows(tx: Tx, day: date) -> list[_Row]:
    since, until = day_start_us(day - timedelta(days=WAITS_DAYS)), day_start_us(day + timedelta(days=1))
    return tx.rows(_BETWEEN, since=since, until=until)


def _is_of(row: _Row, day: date, now_us: int) -> bool:
    """Handed over on the day; or still here, when the day is today and the courier does not have it yet.

    A courier that is followed by hand never says so: of its parcels today's alone may still be here.
    """
    if row.handed_over_at is not None:
        return day_of(row.handed_over_at) == day
    if day != day_of(now_us):
        return False
    if row.status == CarrierStatus.SHIPPED:
        return row.booked_at is not None and day_of(row.booked_at) == day
    return where_is(row.status) is Where.BOOKED


def _who(row: _Row) -> str:
    return account_part(row.courier, row.carrier)


def _name(row: _Row) -> str:
    return row.carrier or account_words(_who(row))


def _code(row: _Row) -> str:
    return row.tracking_code or row.consignment_id or row.invoice
