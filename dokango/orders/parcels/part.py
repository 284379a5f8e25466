"""What is asked when a parcel was kept in part: its lines, and what the courier's words say was collected."""

from __future__ import annotations

from typing import NamedTuple

from dokango.couriers import inbox
from dokango.db import Tx
from dokango.orders.book import rows
from dokango.orders.book.rows import LineRow, OrderRow
from dokango.orders.lifecycle.settled.riders_cash import told_poisha


class PartAsked(NamedTuple):
    """`said_poisha` is what the courier wrote that the rider collects instead of `told_poisha`; None: it wrote nothing.

    It is a hint, to be filled in and looked at; nothing is booked by it.
    """

    order: OrderRow
    lines: tuple[LineRow, ...]
    told_poisha: int
    said_poisha: int | None


def part_asked(tx: Tx, number: str) -> PartAsked:
    """All that the question shows; raises NotFound."""
    order = rows.by_number(tx, number)
    said = [news.collect_is_poisha for _, news in inbox.news_of(tx, order.id) if news.collect_is_poisha is not None]
    return PartAsked(order, rows.lines_of(tx, order.id), told_poisha(order), said[-1] if said else None)
