"""Writing the books: postings are written under one event; a correction is a new row that names what it reverses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, FromClause, and_, bindparam, insert, or_, select

from dokango.audit import Event
from dokango.db import Statement, Tx, table_of, typed
from dokango.ledger import accounts
from dokango.ledger.models import Posting

_P, _E = table_of(Posting), table_of(Event)
_UNDONE = _P.alias()
_UNDONE_EVENTS = select(_E.c.undoes).where(_E.c.order_id == bindparam("order_id"), _E.c.undoes.is_not(None))


@dataclass(frozen=True, slots=True)
class NewPosting:
    """`amount_poisha` from the `credit` to the `debit` account. A posting of nothing is not written."""

    debit: str
    credit: str
    amount_poisha: int
    reverses: int | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """The event that rows are written under: its id and key, the order it concerns, and its two times."""

    event_id: int
    key: str
    order_id: int | None
    happened_at: int
    written_at: int


_INSERT = Statement(
    insert(_P),
    columns=[
        "key",
        "event_id",
        "order_id",
        "debit",
        "credit",
        "amount_poisha",
        "reverses",
        "happened_at",
        "written_at",
    ],
)


def _makes_the_price(posting: FromClause) -> ColumnElement[bool]:
    """Whether it is a part of what an order is sold for, as it was placed or changed later, and no reversal.

    What a change posted that was undone is reversed already, and stays so.
    """
    owed = accounts.RECEIVABLE_CUSTOMERS
    return and_(
        posting.c.order_id == bindparam("order_id"),
        posting.c.reverses.is_(None),
        posting.c.event_id.not_in(_UNDONE_EVENTS),
        or_(
            and_(posting.c.debit == owed, posting.c.credit.in_(accounts.PRICES)),
            and_(posting.c.credit == owed, posting.c.debit.in_(accounts.PRICES)),
        ),
    )


class _Posted(NamedTuple):
    id: int
    debit: str
    credit: str
    amount_poisha: int


_PRICE = typed(
    _Posted, select(_P.c.id, _P.c.debit, _P.c.credit, _P.c.amount_poisha).where(_makes_the_price(_P)).order_by(_P.c.id)
)

_OF_EVENT = typed(
    _Posted,
    select(_P.c.id, _P.c.debit, _P.c.credit, _P.c.amount_poisha)
    .where(_P.c.event_id == bindparam("event_id"))
    .order_by(_P.c.id),
)


class _Reversal(NamedTuple):
    id: int
    debit: str
    credit: str
    amount_poisha: int
    reverses: int


_REVERSALS = typed(
    _Reversal,
    select(_P.c.id, _P.c.debit, _P.c.credit, _P.c.amount_poisha, _P.c.reverses)
    .where(
        _P.c.order_id == bindparam("order_id"),
        _P.c.reverses.in_(select(_UNDONE.c.id).where(_makes_the_price(_UNDONE))),
    )
    .order_by(_P.c.id),
)


def post(tx: Tx, happening: Happening, postings: Iterable[NewPosting]) -> None:
    """Write `postings`; their keys follow from the happening's, so that the same happening cannot be posted twice."""
    tx.insert_many(
        _INSERT,
        [
            {
                "key": f"{happening.key}/{number}",
                "event_id": happening.event_id,
                "order_id": happening.order_id,
                "debit": posting.debit,
                "credit": posting.credit,
                "amount_poisha": posting.amount_poisha,
                "reverses": posting.reverses,
                "happened_at": happening.happened_at,
                "written_at": happening.written_at,
            }
            for number, posting in enumerate((posting for posting in postings if posting.amount_poisha), start=1)
        ],
    )


def price_reversed(tx: Tx, order_id: int) -> list[NewPosting]:
    """The postings that undo an order's price, as placed and as changed since, each naming the posting it reverses."""
    rows = tx.rows(_PRICE, order_id=order_id)
    return [NewPosting(row.credit, row.debit, row.amount_poisha, reverses=row.id) for row in rows]


def event_reversed(tx: Tx, event_id: int) -> list[NewPosting]:
    """The postings that take back all that was posted under an event, each naming the posting it reverses."""
    rows = tx.rows(_OF_EVENT, event_id=event_id)
    return [NewPosting(row.credit, row.debit, row.amount_poisha, reverses=row.id) for row in rows]


def price_restored(tx: Tx, order_id: int) -> list[NewPosting]:
    """The postings that let an order's price stand again after it was reversed: each last reversal, reversed."""
    last = {row.reverses: row for row in tx.rows(_REVERSALS, order_id=order_id)}
    return [NewPosting(row.credit, row.debit, row.amount_poisha, reverses=row.id) for row in last.values()]
