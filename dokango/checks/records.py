"""The invariant of customers' records: what is kept by phone is what their orders and their credit come to."""

from __future__ import annotations

from dokango.db import Tx
from dokango.orders.recount import FIGURES, different


def customers_records_are_what_their_orders_come_to(tx: Tx) -> list[str]:
    """Each customer's figures are the sums of their orders and of their credit."""
    return [
        f"{one.phone}: {name} is {by} too small"
        for one in different(tx)
        for name in FIGURES
        if (by := int(getattr(one, name)))
    ]
