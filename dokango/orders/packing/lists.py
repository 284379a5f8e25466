"""What the packing page shows: the queue, the bench of one order, and the pick list over many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from dokango.catalogue.models import Variant
from dokango.db import Statement, Tx, table_of, typed
from dokango.orders.book.models import OrderLine, PackTick
from dokango.orders.book.queues import QUEUE
from dokango.orders.book.rows import ORDER
from dokango.paging import Page, Paged
from dokango.stock.models import Level

STILL_HERE = ("pending", "confirmed")
_LINE = table_of(OrderLine)
_TICK = table_of(PackTick)
_LEVEL = table_of(Level)
_VARIANT = table_of(Variant)


class ToPack(NamedTuple):
    """An order in the queue of the bench."""

    id: int
    number: str
    status: str
    packed: int
    held_reason: str | None
    version: int
    name: str
    area: str
    city: str
    district: str
    units: int
    note: str
    fragile: int
    payment_method: str
    due_poisha: int
    assigned_to: str
    placed_at: int


class BenchLine(NamedTuple):
    """A line of the order on the bench; `attributes` are its variant's, as JSON."""

    variant_id: int
    sku: str
    title: str
    variant_title: str
    image: str
    quantity: int
    tracks_stock: int
    attributes: str
    on_hand: int


class Pick(NamedTuple):
    """A line of the pick list: what to take from the shelf for which order."""

    number: str
    sku: str
    title: str
    variant_title: str
    image: str
    quantity: int
    on_hand: int


class _Begun(NamedTuple):
    order_id: int


_SHOWN = [ORDER.c[name] for name in ToPack._fields]
_TO_PACK = Paged(ToPack, select(*_SHOWN).where(QUEUE["to_pack"].condition), by=(ORDER.c.placed_at, ORDER.c.id))
_COUNT = Statement(select(func.count()).select_from(ORDER).where(QUEUE["to_pack"].condition))
_BENCH_LINES = typed(
    BenchLine,
    select(
        *[_LINE.c[n] for n in ("variant_id", "sku", "title", "variant_title", "image", "quantity", "tracks_stock")],
        _VARIANT.c.attributes,
        func.coalesce(_LEVEL.c.on_hand, 0).label("on_hand"),
    )
    .select_from(
        _LINE.join(_VARIANT, _VARIANT.c.id == _LINE.c.variant_id).outerjoin(
            _LEVEL, _LEVEL.c.variant_id == _LINE.c.variant_id
        )
    )
    .where(_LINE.c.order_id == bindparam("order_id"))
    .order_by(_LINE.c.id),
)


def count(tx: Tx) -> int:
    """How many orders wait to be packed."""
    return int(tx.value(_COUNT))


def queue(tx: Tx, cursor: str = "") -> Page[ToPack]:
    """A page of the orders to pack, oldest first; raises NotOurCursor."""
    return _TO_PACK.page(tx, cursor)


def standing(tx: Tx, numbers: Sequence[str]) -> dict[str, ToPack]:
    """How the orders of `numbers` stand now, whether or not they still wait: {number: row}."""
    if not numbers:
        return {}
    return {row.number: row for row in tx.rows(typed(ToPack, select(*_SHOWN).where(ORDER.c.number.in_(list(numbers)))))}


def begun(tx: Tx, order_ids: Sequence[int]) -> set[int]:
    """Those of the orders whose packing someone has begun."""
    if not order_ids:
        return set()
    ticked = select(_TICK.c.order_id).where(_TICK.c.order_id.in_(list(order_ids))).distinct()
    return {row.order_id for row in tx.rows(typed(_Begun, ticked))}


def bench_lines(tx: Tx, order_id: int) -> list[BenchLine]:
    """An order's lines with their variant's attributes (JSON) and what is on hand."""
    return tx.rows(_BENCH_LINES, order_id=order_id)


def picks(tx: Tx, numbers: Sequence[str]) -> list[Pick]:
    """The lines of many orders with number, image and what is on hand, by SKU and then by age of the order.

    Nothing is brought for an order that has left already, or never will.
    """
    if not numbers:
        return []
    wanted = (
        select(
            ORDER.c.number,
            *[_LINE.c[name] for name in ("sku", "title", "variant_title", "image", "quantity")],
            func.coalesce(_LEVEL.c.on_hand, 0).label("on_hand"),
        )
        .select_from(
            _LINE.join(ORDER, ORDER.c.id == _LINE.c.order_id).outerjoin(
                _LEVEL, _LEVEL.c.variant_id == _LINE.c.variant_id
            )
        )
        .where(ORDER.c.number.in_(list(numbers)), ORDER.c.status.in_(STILL_HERE))
        .order_by(_LINE.c.sku, ORDER.c.placed_at, ORDER.c.id)
    )
    return tx.rows(typed(Pick, wanted))
