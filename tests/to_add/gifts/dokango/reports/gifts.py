"""How many gifts were ordered?"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from dokango.db import Tx, table_of, typed
from dokango.orders.book.models import Order
from dokango.reports.kit.figures import lying_figure
from dokango.reports.kit.places import Asked, Figure, Line, Told
from dokango.reports.kit.snapshot import Snapshot
from dokango.reports.kit.spreadsheet import Sheet

_O = table_of(Order)


class Gifts(NamedTuple):
    note: str
    orders: int


_GIFTS = typed(
    Gifts,
    select(_O.c.note, func.count().label("orders")).where(_O.c.note.like("a gift%")).group_by(_O.c.note),
)


def told(seen: Snapshot) -> Told:
    return Told(str(sum(row.orders for row in seen.tx.rows(_GIFTS))), "/gifts")


def figure(seen: Snapshot) -> Figure:
    return lying_figure([(row.note, row.orders, str(row.orders), row.note) for row in seen.tx.rows(_GIFTS)])


def lines(seen: Snapshot) -> list[Line]:
    return [Line(row.note, str(row.orders)) for row in seen.tx.rows(_GIFTS)]


def sheet(tx: Tx, asked: Asked) -> Sheet:
    return Sheet("Gifts", ("Note", "Orders"), [tuple(row) for row in tx.rows(_GIFTS)])
