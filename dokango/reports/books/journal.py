"""Which happenings moved money, newest first, each with its postings and its order?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, or_, select

from dokango.audit import Event
from dokango.db import Statement, Tx, table_of, typed
from dokango.errors import NotFound
from dokango.ledger.models import Posting
from dokango.orders.book.models import Order
from dokango.paging import ROWS, Page, Paged

_P, _E, _O = table_of(Posting), table_of(Event), table_of(Order)
_ORDER_ID = Statement(select(_O.c.id).where(_O.c.number == bindparam("number")))
MOST = 200


class _Place(NamedTuple):
    happened_at: int
    event_id: int


class _Happened(NamedTuple):
    id: int
    key: str
    action: str
    actor: str
    actor_kind: str
    note: str
    happened_at: int
    written_at: int
    number: str | None


class _Line(NamedTuple):
    event_id: int
    debit: str
    credit: str
    amount_poisha: int


@dataclass(frozen=True, slots=True)
class Posted:
    """`amount_poisha` from the `credit` to the `debit` account."""

    debit: str
    credit: str
    amount_poisha: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One happening of the books; `order` is the order's number, or None for receipts, counts and the like."""

    key: str
    order: str | None
    action: str
    actor: str
    actor_kind: str
    note: str
    happened_at: int
    written_at: int
    postings: tuple[Posted, ...]

    @property
    def total_poisha(self) -> int:
        """All that moved."""
        return sum(posting.amount_poisha for posting in self.postings)


def entries(
    tx: Tx,
    *,
    order: str | None = None,
    account: str | None = None,
    since_us: int = 0,
    until_us: int | None = None,
    cursor: str = "",
    limit: int = ROWS,
    oldest_first: bool = False,
) -> Page[Entry]:
    """A page of the journal, narrowed to one order's number, one account, or [since, until).

    Raises NotFound for an order that is not there, NotOurCursor.
    """
    conditions = [_P.c.happened_at >= since_us]
    if until_us is not None:
        conditions.append(_P.c.happened_at < until_us)
    if order is not None:
        conditions.append(_P.c.order_id == _order_id(tx, order))
    if account is not None:
        conditions.append(or_(_P.c.debit == account, _P.c.credit == account))
    columns = (_P.c.happened_at, _P.c.event_id)
    places = Paged(_Place, select(*columns).distinct().where(*conditions), by=columns, descending=not oldest_first)
    page = places.page(tx, cursor, max(1, min(limit, MOST)))
    return page.of(_filled(tx, [row.event_id for row in page.rows]))


def _order_id(tx: Tx, number: str) -> int:
    found = tx.value(_ORDER_ID, number=number)
    if found is None:
        raise NotFound("order", number)
    return int(found)


def _filled(tx: Tx, event_ids: list[int]) -> list[Entry]:
    """The entries of `event_ids`, in that order."""
    if not event_ids:
        return []
    events = {row.id: row for row in tx.rows(_events(event_ids))}
    postings: dict[int, list[Posted]] = {event_id: [] for event_id in event_ids}
    lines = select(_P.c.event_id, _P.c.debit, _P.c.credit, _P.c.amount_poisha).where(_P.c.event_id.in_(event_ids))
    for row in tx.rows(typed(_Line, lines.order_by(_P.c.id))):
        postings[row.event_id].append(Posted(row.debit, row.credit, row.amount_poisha))
    return [_entry(events[event_id], postings[event_id]) for event_id in event_ids]


def _events(event_ids: list[int]) -> Statement[_Happened]:
    columns = (
        _E.c.id, _E.c.key, _E.c.action, _E.c.actor, _E.c.actor_kind, _E.c.note, _E.c.happened_at, _E.c.written_at,
        _O.c.number,
    )  # fmt: skip
    wanted = select(*columns).select_from(_E.outerjoin(_O, _O.c.id == _E.c.order_id)).where(_E.c.id.in_(event_ids))
    return typed(_Happened, wanted)


def _entry(event: _Happened, postings: list[Posted]) -> Entry:
    return Entry(
        event.key, event.number, event.action, event.actor, event.actor_kind, event.note, event.happened_at,
        event.written_at, tuple(postings),
    )  # fmt: skip
