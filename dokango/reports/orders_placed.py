"""How many orders were placed?"""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from dokango.db import Statement, Tx, table_of
from dokango.money import grouped
from dokango.orders.book.models import Order
from dokango.reports.kit.periods import Period
from dokango.reports.kit.places import Told, compared
from dokango.reports.kit.snapshot import Snapshot

_O = table_of(Order)
_PLACED = Statement(
    select(func.count()).where(_O.c.placed_at >= bindparam("since"), _O.c.placed_at < bindparam("until"))
)


def orders_placed(tx: Tx, span: Period) -> int:
    """Those of `span`, whatever became of them."""
    return int(tx.value(_PLACED, since=span.since_us, until=span.until_us))


def told(seen: Snapshot) -> Told:
    """The tile: as many as in the days before, or more."""
    now, then = orders_placed(seen.tx, seen.span), orders_placed(seen.tx, seen.span.before())
    return compared(grouped(now), now, then, seen.span, "/orders?tab=all")
