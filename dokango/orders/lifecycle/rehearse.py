"""What a step would write, without writing it: taken for real, read, and undone with its transaction."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango import audit
from dokango.catalogue.models import Variant
from dokango.db import Database, Tx, table_of, typed
from dokango.ledger.models import Posting
from dokango.orders.book import rows
from dokango.orders.book.rows import OrderRow
from dokango.orders.lifecycle.commands import Command
from dokango.orders.lifecycle.perform import Context, perform
from dokango.stock.models import Movement

_P, _M, _V = table_of(Posting), table_of(Movement), table_of(Variant)


class WouldMove(NamedTuple):
    """One movement; `value_delta_poisha` is what the shelf is worth less or more."""

    sku: str
    kind: str
    quantity: int
    value_delta_poisha: int


class WouldPost(NamedTuple):
    """One posting."""

    debit: str
    credit: str
    amount_poisha: int


class Rehearsal(NamedTuple):
    """All that a step would do to shelf and books, and the order as it would stand then."""

    moves: tuple[WouldMove, ...]
    postings: tuple[WouldPost, ...]
    order: OrderRow
    note: str = ""  # what the timeline would say of it


_MOVES = typed(
    WouldMove,
    select(_V.c.sku, _M.c.kind, _M.c.quantity, _M.c.value_delta_poisha)
    .join(_V, _V.c.id == _M.c.variant_id)
    .where(_M.c.event_id == bindparam("event_id"))
    .order_by(_M.c.id),
)
_POSTINGS = typed(
    WouldPost,
    select(_P.c.debit, _P.c.credit, _P.c.amount_poisha).where(_P.c.event_id == bindparam("event_id")).order_by(_P.c.id),
)


class _Seen(Exception):
    def __init__(self, rehearsal: Rehearsal) -> None:
        self.rehearsal = rehearsal


def rehearse(db: Database, context: Context, number: str, command: Command) -> Rehearsal:
    """What `perform` would write now; raises what it would raise. Nothing stays, and nobody is told."""
    try:
        db.write(lambda tx: _take(tx, context, number, command))
    except _Seen as seen:
        return seen.rehearsal
    raise AssertionError("A rehearsal always ends its transaction.")


def _take(tx: Tx, context: Context, number: str, command: Command) -> None:
    done = perform(tx, context, number, command)
    raise _Seen(
        Rehearsal(
            tuple(tx.rows(_MOVES, event_id=done.event_id)),
            tuple(tx.rows(_POSTINGS, event_id=done.event_id)),
            rows.by_number(tx, number),
            next(event.note for event in audit.of_order(tx, done.order_id) if event.id == done.event_id),
        )
    )
