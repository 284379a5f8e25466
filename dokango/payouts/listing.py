"""Payouts that were booked, newest first, and what was found of each of their lines."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango.couriers.parcels.paid_out import CourierPayout, CourierPayoutLine
from dokango.db import Tx, table_of, typed
from dokango.errors import NotFound
from dokango.orders.book.models import Order
from dokango.paging import ROWS, Page, Paged

LINES = 50  # of a page of one payout's lines
_P, _L, _O = table_of(CourierPayout), table_of(CourierPayoutLine), table_of(Order)


class BookedPayout(NamedTuple):
    """One payout as it was booked; `courier` is its name in the books, `source` "file" or "api"."""

    id: int
    courier: str
    reference: str
    source: str
    name: str
    amount_poisha: int
    charges_poisha: int
    open_poisha: int
    parcels: int
    differences: int
    event_id: int
    booked_by: str
    booked_at: int


class BookedLine(NamedTuple):
    """What was found of one line, and what was booked of it; `number` is its order's, None where it is nobody's."""

    id: int
    line: int
    name: str
    number: str | None
    verdict: str
    charge_verdict: str
    words: str
    collected_poisha: int | None
    charge_poisha: int | None
    paid_poisha: int | None
    amount_poisha: int
    open_poisha: int
    claim_poisha: int


_COLUMNS = (
    _P.c.id, _P.c.courier, _P.c.reference, _P.c.source, _P.c.name, _P.c.amount_poisha, _P.c.charges_poisha,
    _P.c.open_poisha, _P.c.parcels, _P.c.differences, _P.c.event_id, _P.c.booked_by, _P.c.booked_at,
)  # fmt: skip
_ALL = Paged(BookedPayout, select(*_COLUMNS), by=(_P.c.id,), descending=True)
_OF_ONE = Paged(BookedPayout, select(*_COLUMNS).where(_P.c.courier == bindparam("courier")), by=(_P.c.id,),
                descending=True)  # fmt: skip
_BY_ID = typed(BookedPayout, select(*_COLUMNS).where(_P.c.id == bindparam("id")))
_LINES = Paged(
    BookedLine,
    select(
        _L.c.id, _L.c.line, _L.c.name, _O.c.number, _L.c.verdict, _L.c.charge_verdict, _L.c.words,
        _L.c.collected_poisha, _L.c.charge_poisha, _L.c.paid_poisha, _L.c.amount_poisha, _L.c.open_poisha,
        _L.c.claim_poisha,
    )
    .select_from(_L.outerjoin(_O, _O.c.id == _L.c.order_id))
    .where(_L.c.payout_id == bindparam("payout_id")),
    by=(_L.c.id,),
)  # fmt: skip


def booked_page(tx: Tx, cursor: str = "", size: int = ROWS, courier: str = "") -> Page[BookedPayout]:
    """A page of all payouts, or of one courier's. Raises NotOurCursor."""
    return _OF_ONE.page(tx, cursor, size, courier=courier) if courier else _ALL.page(tx, cursor, size)


def booked(tx: Tx, payout_id: int) -> BookedPayout:
    """One payout; raises NotFound."""
    found = tx.one(_BY_ID, id=payout_id)
    if found is None:
        raise NotFound("payout", payout_id)
    return found


def lines_page(tx: Tx, payout_id: int, cursor: str = "", size: int = LINES) -> Page[BookedLine]:
    """A page of a payout's lines, as they stood in it. Raises NotOurCursor."""
    return _LINES.page(tx, cursor, size, payout_id=payout_id)
