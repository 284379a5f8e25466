"""What is known of a buyer whose phone is typed: where their last order went."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango.db import Tx, typed
from dokango.orders.book.rows import ORDER


class KnownBuyer(NamedTuple):
    """Where the last order from a phone went."""

    name: str
    email: str
    address_line: str
    area: str
    district: str


_LAST_OF_PHONE = typed(
    KnownBuyer,
    select(ORDER.c.name, ORDER.c.email, ORDER.c.address_line, ORDER.c.area, ORDER.c.district)
    .where(ORDER.c.phone == bindparam("phone"))
    .order_by(ORDER.c.id.desc())
    .limit(1),
)


def last_of_phone(tx: Tx, phone: str) -> KnownBuyer | None:
    """Who ordered from `phone` last, as it is kept; None for a new buyer."""
    return tx.one(_LAST_OF_PHONE, phone=phone)
