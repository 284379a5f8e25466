"""Invariants of the stock."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import case, func, or_, select

from dokango.catalogue.models import Variant
from dokango.db import Tx, table_of, typed
from dokango.orders.book.models import Order, OrderLine
from dokango.stock.models import Level, Movement

_L = table_of(Level)
_M = table_of(Movement)
_V = table_of(Variant)
_O = table_of(Order)
_LINE = table_of(OrderLine)
_OPEN = ("pending", "confirmed", "shipped")


class _Level(NamedTuple):
    sku: str
    on_hand: int
    reserved: int
    value_poisha: int


_OUT_OF_BOUNDS = typed(
    _Level,
    select(_V.c.sku, _L.c.on_hand, _L.c.reserved, _L.c.value_poisha)
    .join(_V, _V.c.id == _L.c.variant_id)
    .where(or_(_L.c.on_hand < 0, _L.c.reserved < 0, _L.c.reserved > _L.c.on_hand, _L.c.value_poisha < 0)),
)
_MOVED = (
    select(
        _M.c.variant_id,
        func.sum(_M.c.on_hand_delta).label("on_hand"),
        func.sum(_M.c.reserved_delta).label("reserved"),
        func.sum(_M.c.value_delta_poisha).label("worth"),
    )
    .group_by(_M.c.variant_id)
    .subquery()
)


class _Moved(NamedTuple):
    sku: str
    on_hand: int
    reserved: int
    value_poisha: int
    moved: int
    held: int
    worth: int


_LEVELS_AND_MOVEMENTS = typed(
    _Moved,
    select(
        _V.c.sku,
        func.coalesce(_L.c.on_hand, 0).label("on_hand"),
        func.coalesce(_L.c.reserved, 0).label("reserved"),
        func.coalesce(_L.c.value_poisha, 0).label("value_poisha"),
        func.coalesce(_MOVED.c.on_hand, 0).label("moved"),
        func.coalesce(_MOVED.c.reserved, 0).label("held"),
        func.coalesce(_MOVED.c.worth, 0).label("worth"),
    ).select_from(_V.outerjoin(_L, _L.c.variant_id == _V.c.id).outerjoin(_MOVED, _MOVED.c.variant_id == _V.c.id)),
)
_KEPT = case((_O.c.status.in_(_OPEN), _LINE.c.quantity), else_=_LINE.c.to_inspect + _LINE.c.coming_back)
_HELD = (
    select(_LINE.c.variant_id, func.sum(_KEPT).label("units"))
    .join(_O, _O.c.id == _LINE.c.order_id)
    .where(or_(_O.c.status.in_(_OPEN), _LINE.c.to_inspect > 0, _LINE.c.coming_back > 0), _LINE.c.tracks_stock == 1)
    .group_by(_LINE.c.variant_id)
    .subquery()
)


class _Reserved(NamedTuple):
    sku: str
    reserved: int
    held: int


_RESERVED_UNLIKE_HELD = typed(
    _Reserved,
    select(_V.c.sku, func.coalesce(_L.c.reserved, 0).label("reserved"), func.coalesce(_HELD.c.units, 0).label("held"))
    .select_from(_V.outerjoin(_L, _L.c.variant_id == _V.c.id).outerjoin(_HELD, _HELD.c.variant_id == _V.c.id))
    .where(func.coalesce(_L.c.reserved, 0) != func.coalesce(_HELD.c.units, 0)),
)


class _Marked(NamedTuple):
    number: str
    status: str
    sku: str
    unconfirmed: int


_WRONGLY_MARKED = typed(
    _Marked,
    select(_O.c.number, _O.c.status, _LINE.c.sku, _LINE.c.unconfirmed)
    .join(_O, _O.c.id == _LINE.c.order_id)
    .where(_LINE.c.unconfirmed != case(((_O.c.status == "pending") & (_LINE.c.tracks_stock == 1), 1), else_=0)),
)
_SOLD = (
    select(_M.c.order_id, _M.c.variant_id, func.sum(-_M.c.value_delta_poisha).label("cost"))
    .where(_M.c.kind.in_(("sold", "unsold")))
    .group_by(_M.c.order_id, _M.c.variant_id)
    .subquery()
)


class _Sold(NamedTuple):
    number: str
    sku: str
    cost_poisha: int
    moved: int


_COST_UNLIKE_SOLD = typed(
    _Sold,
    select(_O.c.number, _LINE.c.sku, _LINE.c.cost_poisha, func.coalesce(_SOLD.c.cost, 0).label("moved"))
    .select_from(
        _LINE.join(_O, _O.c.id == _LINE.c.order_id).outerjoin(
            _SOLD, (_SOLD.c.order_id == _LINE.c.order_id) & (_SOLD.c.variant_id == _LINE.c.variant_id)
        )
    )
    .where(_LINE.c.cost_poisha != func.coalesce(_SOLD.c.cost, 0)),
)


def levels_are_within_bounds(tx: Tx) -> list[str]:
    """Nothing is below zero, and no more is promised than is on hand."""
    return [
        f"{row.sku}: on hand {row.on_hand}, reserved {row.reserved}, worth {row.value_poisha}"
        for row in tx.rows(_OUT_OF_BOUNDS)
    ]


def levels_are_explained_by_movements(tx: Tx) -> list[str]:
    """Each level is the sum of its movements: on hand, reserved and value."""
    return [
        f"{row[0]}: the level is {tuple(map(int, row[1:4]))}, its movements make {tuple(map(int, row[4:7]))}"
        for row in tx.rows(_LEVELS_AND_MOVEMENTS)
        if tuple(map(int, row[1:4])) != tuple(map(int, row[4:7]))
    ]


def reserved_is_what_open_orders_hold(tx: Tx) -> list[str]:
    """What is reserved of each variant is what open orders have of it, and parcels on their way back or uninspected."""
    rows = tx.rows(_RESERVED_UNLIKE_HELD)
    return [f"{row.sku}: {row.reserved} reserved, {row.held} held by orders" for row in rows]


def unconfirmed_units_are_those_of_pending_orders(tx: Tx) -> list[str]:
    """A line counts as unconfirmed exactly while its order is pending and its goods come from the shelf."""
    rows = tx.rows(_WRONGLY_MARKED)
    return [f"#{row.number} {row.sku}: marked {row.unconfirmed}, the order is {row.status}" for row in rows]


def sold_goods_carry_their_cost(tx: Tx) -> list[str]:
    """The cost on each delivered line is what its sale took off the shelf."""
    rows = tx.rows(_COST_UNLIKE_SOLD)
    return [f"#{row.number} {row.sku}: the line says {row.cost_poisha}, the shelf {row.moved}" for row in rows]
