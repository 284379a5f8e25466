"""What is written of a customer's credit when an order uses it, or makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dokango.db import Tx
from dokango.ledger.entries import Happening
from dokango.orders.book.rows import OrderRow
from dokango.payments.credits import Source, add_credit, take_credit


@dataclass(frozen=True, slots=True)
class MoveCredit:
    """The credit of `phone` is so much more, or (below 0) less."""

    kind: str
    phone: str
    amount_poisha: int
    by: str


def _move(tx: Tx, happening: Happening, order: OrderRow, move: MoveCredit) -> None:
    source = Source(move.kind, move.by)
    if move.amount_poisha > 0:
        add_credit(tx, happening, move.phone, move.amount_poisha, source)
    else:
        take_credit(tx, happening, move.phone, -move.amount_poisha, source)


WRITERS: dict[type, Callable[..., None]] = {MoveCredit: _move}
