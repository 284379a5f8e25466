"""Invariants of what was forgiven: a payment fell short by so little that nobody asks for it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import or_, select

from dokango.audit import Event
from dokango.db import Tx, table_of, typed
from dokango.ledger import accounts
from dokango.ledger.models import Posting
from dokango.money import taka
from dokango.orders.book.models import Order

_P, _E, _O = table_of(Posting), table_of(Event), table_of(Order)
_ROUNDED = select(_P.c.event_id).where(or_(_P.c.debit == accounts.ROUNDING_LOSS, _P.c.credit == accounts.ROUNDING_LOSS))


class _Step(NamedTuple):
    order_id: int
    key: str
    data: str


_STEPS = typed(
    _Step,
    select(_E.c.order_id, _E.c.key, _E.c.data)
    .where(_E.c.order_id.is_not(None), _E.c.id.in_(_ROUNDED))
    .order_by(_E.c.id),
)


class _Forgiven(NamedTuple):
    id: int
    number: str
    forgiven_poisha: int


_STANDS = typed(_Forgiven, select(_O.c.id, _O.c.number, _O.c.forgiven_poisha).where(_O.c.forgiven_poisha > 0))


def what_is_forgiven_is_within_what_was_allowed(tx: Tx) -> list[str]:
    """What each order shows as forgiven is what its steps forgave and took back, each within the limit of its day."""
    sums: dict[int, int] = defaultdict(int)
    wrong = []
    for row in tx.rows(_STEPS):
        forgiven = forgiven_in(row.data)
        sums[row.order_id] += forgiven
        if forgiven > json.loads(row.data).get("limit_poisha", 0):
            wrong.append(f"{row.key}: {taka(forgiven)} is more than was allowed")
    shown = {row.id: row for row in tx.rows(_STANDS)}
    for order_id in sorted({*shown, *(order_id for order_id, amount in sums.items() if amount)}):
        stands = shown[order_id].forgiven_poisha if order_id in shown else 0
        if stands != sums[order_id]:
            wrong.append(f"order {order_id}: shows {taka(stands)} forgiven, its steps say {taka(sums[order_id])}")
    return wrong


def forgiven_in(data: str) -> int:
    """What an event forgave, in poisha; below 0 what it took back of it."""
    found = json.loads(data).get("forgiven_poisha", 0)
    return found if isinstance(found, int) else 0
