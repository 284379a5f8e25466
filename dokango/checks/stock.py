"""Invariants of the stock."""

from __future__ import annotations

from sqlalchemy import func, or_, select

from dokango.catalogue.models import Variant
from dokango.db import Tx, table_of
from dokango.orders.book.models import Order, OrderLine
from dokango.stock.models import Level, Movement

_L = table_of(Level)
_M = table_of(Movement)
_V = table_of(Variant)
_O = table_of(Order)
_LINE = table_of(OrderLine)
_OPEN = ("pending", "confirmed", "shipped")


def levels_are_within_bounds(tx: Tx) -> list[str]:
    """Nothing is below zero, and no more is promised than is on hand."""
    rows = tx.rows(
        select(_V.c.sku, _L.c.on_hand, _L.c.reserved, _L.c.value_poisha)
        .join(_V, _V.c.id == _L.c.variant_id)
        .where(or_(_L.c.on_hand < 0, _L.c.reserved < 0, _L.c.reserved > _L.c.on_hand, _L.c.value_poisha < 0))
    )
    return [f"{row.sku}: on hand {row.on_hand}, reserved {row.reserved}, worth {row.value_poisha}" for row in rows]


def levels_are_explained_by_movements(tx: Tx) -> list[str]:
    """Each level is the sum of its movements: on hand, reserved and value."""
    sums = (
        select(
            _M.c.variant_id,
            func.sum(_M.c.on_hand_delta).label("on_hand"),
            func.sum(_M.c.reserved_delta).label("reserved"),
            func.sum(_M.c.value_delta_poisha).label("worth"),
        )
        .group_by(_M.c.variant_id)
        .subquery()
    )
    rows = tx.rows(
        select(
            _V.c.sku,
            func.coalesce(_L.c.on_hand, 0),
            func.coalesce(_L.c.reserved, 0),
            func.coalesce(_L.c.value_poisha, 0),
            func.coalesce(sums.c.on_hand, 0),
            func.coalesce(sums.c.reserved, 0),
            func.coalesce(sums.c.worth, 0),
        ).select_from(_V.outerjoin(_L, _L.c.variant_id == _V.c.id).outerjoin(sums, sums.c.variant_id == _V.c.id))
    )
    return [
        f"{row[0]}: the level is {tuple(map(int, row[1:4]))}, its movements make {tuple(map(int, row[4:7]))}"
        for row in rows
        if tuple(map(int, row[1:4])) != tuple(map(int, row[4:7]))
    ]


def reserved_is_what_open_orders_hold(tx: Tx) -> list[str]:
    """What is reserved of each variant is what pending, confirmed and shipped orders have of it."""
    held = (
        select(_LINE.c.variant_id, func.sum(_LINE.c.quantity).label("units"))
        .join(_O, _O.c.id == _LINE.c.order_id)
        .where(_O.c.status.in_(_OPEN), _LINE.c.tracks_stock == 1)
        .group_by(_LINE.c.variant_id)
        .subquery()
    )
    rows = tx.rows(
        select(
            _V.c.sku, func.coalesce(_L.c.reserved, 0).label("reserved"), func.coalesce(held.c.units, 0).label("held")
        )
        .select_from(_V.outerjoin(_L, _L.c.variant_id == _V.c.id).outerjoin(held, held.c.variant_id == _V.c.id))
        .where(func.coalesce(_L.c.reserved, 0) != func.coalesce(held.c.units, 0))
    )
    return [f"{row.sku}: {row.reserved} reserved, {row.held} held by open orders" for row in rows]


def sold_goods_carry_their_cost(tx: Tx) -> list[str]:
    """The cost on each delivered line is what its sale took off the shelf."""
    sold = (
        select(_M.c.order_id, _M.c.variant_id, func.sum(-_M.c.value_delta_poisha).label("cost"))
        .where(_M.c.kind == "sold")
        .group_by(_M.c.order_id, _M.c.variant_id)
        .subquery()
    )
    rows = tx.rows(
        select(_O.c.number, _LINE.c.sku, _LINE.c.cost_poisha, func.coalesce(sold.c.cost, 0).label("moved"))
        .select_from(
            _LINE.join(_O, _O.c.id == _LINE.c.order_id).outerjoin(
                sold, (sold.c.order_id == _LINE.c.order_id) & (sold.c.variant_id == _LINE.c.variant_id)
            )
        )
        .where(_LINE.c.cost_poisha != func.coalesce(sold.c.cost, 0))
    )
    return [f"#{row.number} {row.sku}: the line says {row.cost_poisha}, the shelf {row.moved}" for row in rows]
