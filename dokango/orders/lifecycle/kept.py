"""The order's own row, written; the record of its customer follows it, in the same transaction."""

from __future__ import annotations

from dataclasses import replace

from dokango.customers.record import NOTHING, move, share_of
from dokango.customers.rows import known
from dokango.db import Tx
from dokango.orders.book import rows
from dokango.orders.book.rows import Columns, OrderRow
from dokango.orders.lifecycle.decision import AnyOrder, NewOrder


def keep(tx: Tx, order: AnyOrder, columns: Columns, now_us: int) -> AnyOrder:
    """The order with its new columns written; one that is placed gets its row here."""
    if isinstance(order, NewOrder):
        placed = replace(order, id=rows.add(tx, {**order.kept, **columns}))
        move(tx, order.phone, share_of({**order.kept, **columns}))
        return placed
    rows.change(tx, order.id, columns)
    _follow(tx, order, columns, now_us)
    return order


def _follow(tx: Tx, order: OrderRow, columns: Columns, now_us: int) -> None:
    """What the order is of its customer's record; one that got another phone is another customer's."""
    was = order._asdict()
    before, after = share_of(was), share_of({**was, **columns})
    phone = str(columns.get("phone", order.phone))
    if phone == order.phone:
        move(tx, phone, after.less(before))
        return
    known(tx, phone, now_us, name=str(columns.get("name", order.name)))
    move(tx, order.phone, NOTHING.less(before))
    move(tx, phone, after)
