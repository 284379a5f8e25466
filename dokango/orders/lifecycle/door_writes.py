"""What is written of a parcel at its customer's door beside stock and books: what comes back, and what is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import bindparam, update

from dokango.db import Statement, Tx, table_of
from dokango.ledger.entries import Happening
from dokango.orders.book.models import OrderLine
from dokango.orders.book.rows import OrderRow
from dokango.orders.cases import amounts
from dokango.orders.cases.moves import Happened
from dokango.people.actor import Actor

_LINE = table_of(OrderLine)
_COMES_BACK = Statement(
    update(_LINE)
    .where(_LINE.c.id == bindparam("line"))
    .values(not_kept=bindparam("units"), coming_back=bindparam("left"))
)
_REST_BACK = Statement(
    update(_LINE).where(_LINE.c.id == bindparam("line")).values(coming_back=_LINE.c.coming_back - bindparam("units"))
)


@dataclass(frozen=True, slots=True)
class ComesBack:
    """So many of a line the customer did not keep: they are on their way back."""

    line_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class RestBack:
    """So many of what was on its way back are here."""

    line_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class AskLess:
    """Have the rider collect less than they were told: by the courier's API, else by somebody (`by` found out why)."""

    told_poisha: int
    should_poisha: int
    why: str
    by: Actor


@dataclass(frozen=True, slots=True)
class KnowsCollects:
    """It is known what the rider collects: nobody has to ask any more."""

    words: str
    by: Actor


def _ask_less(tx: Tx, happening: Happening, order: OrderRow, ask: AskLess) -> None:
    amounts.ask_less(tx, order.id, ask.should_poisha, Happened(happening.key, ask.why, happening.written_at, ask.by))


def _knows_collects(tx: Tx, happening: Happening, order: OrderRow, knows: KnowsCollects) -> None:
    amounts.known(tx, order.id, Happened(happening.key, knows.words, happening.written_at, knows.by))


def _comes_back(tx: Tx, happening: Happening, order: OrderRow, back: ComesBack) -> None:
    tx.run(_COMES_BACK, line=back.line_id, units=back.quantity, left=back.quantity)


def _rest_back(tx: Tx, happening: Happening, order: OrderRow, here: RestBack) -> None:
    tx.run(_REST_BACK, line=here.line_id, units=here.quantity)


WRITERS: dict[type, Callable[..., None]] = {
    AskLess: _ask_less,
    KnowsCollects: _knows_collects,
    ComesBack: _comes_back,
    RestBack: _rest_back,
}
