"""Gifts."""

from __future__ import annotations

from sqlalchemy import select

from dokango.db import Statement, Tx, table_of
from dokango.orders.book.models import Order

_O = table_of(Order)
_BARE = Statement(select(_O.c.number).where(_O.c.note == "a gift, not wrapped").order_by(_O.c.id))


def every_gift_is_wrapped(tx: Tx) -> list[str]:
    """No order says that its gift is not wrapped."""
    return [f"#{row.number} holds a gift that is not wrapped" for row in tx.rows(_BARE)]
