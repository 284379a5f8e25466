"""An order with all that belongs to it, as programs and people read it: lines, parcel, waiting claim, timeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, select

from dokango.audit import Event
from dokango.couriers.models import Shipment
from dokango.db import Statement, Tx, table_of
from dokango.orders.book.models import OrderLine
from dokango.orders.book.rows import ORDER
from dokango.payments.models import Claim

_L = table_of(OrderLine)
_S = table_of(Shipment)
_C = table_of(Claim)
_E = table_of(Event)

_LINES = select(
    _L.c.order_id, _L.c.sku, _L.c.title, _L.c.variant_title, _L.c.quantity, _L.c.unit_price_poisha,
    _L.c.returned_quantity,
).order_by(_L.c.id)  # fmt: skip
_PARCELS = select(
    _S.c.order_id, _S.c.live, _S.c.courier, _S.c.carrier, _S.c.booking, _S.c.consignment_id, _S.c.tracking_code,
    _S.c.status, _S.c.raw_status, _S.c.estimated_delivery, _S.c.problem,
).order_by(_S.c.id)  # fmt: skip
_CLAIMS = (
    select(_C.c.order_id, _C.c.method, _C.c.trx_id, _C.c.sender, _C.c.claimed_at)
    .where(_C.c.state == "waiting")
    .order_by(_C.c.id)
)
_EVENTS = select(
    _E.c.order_id, _E.c.action, _E.c.actor, _E.c.from_status, _E.c.to_status, _E.c.note, _E.c.happened_at
).order_by(_E.c.id)


@dataclass(frozen=True, slots=True)
class OrderView:
    """`order` is the row; `parcel` the live one, else the last one, or None; `events` are oldest first."""

    order: Any
    lines: Sequence[Any]
    parcel: Any
    claim: Any
    events: Sequence[Any]


class _Part:
    """One kind of rows that belong to orders; compiled once for each number of orders asked for together."""

    def __init__(self, rows: Select[Any], order_id: Any) -> None:
        self._rows, self._order_id = rows, order_id
        self._of: dict[int, Statement] = {}

    def of_one(self, tx: Tx, order_id: int) -> list[Any]:
        """The rows of one order."""
        return self._found(tx, (order_id,))

    def of_many(self, tx: Tx, order_ids: Sequence[int]) -> dict[int, list[Any]]:
        """The rows of many orders, each under its order's id."""
        found: dict[int, list[Any]] = defaultdict(list)
        for row in self._found(tx, order_ids):
            found[row.order_id].append(row)
        return found

    def _found(self, tx: Tx, order_ids: Sequence[int]) -> list[Any]:
        names = [f"order_{place}" for place in range(len(order_ids))]
        statement = self._of.get(len(names))
        if statement is None:
            wanted = self._order_id.in_([bindparam(name) for name in names])
            statement = self._of[len(names)] = Statement(self._rows.where(wanted))
        return tx.rows(statement, **dict(zip(names, order_ids, strict=True)))


_lines, _parcels = _Part(_LINES, _L.c.order_id), _Part(_PARCELS, _S.c.order_id)
_orders = _Part(select(ORDER.c.id.label("order_id"), *ORDER.c), ORDER.c.id)
_claims, _events = _Part(_CLAIMS, _C.c.order_id), _Part(_EVENTS, _E.c.order_id)


def order_view(tx: Tx, order: Any) -> OrderView:
    """One order row, whole."""
    return OrderView(
        order,
        _lines.of_one(tx, order.id),
        _current(_parcels.of_one(tx, order.id)),
        _last(_claims.of_one(tx, order.id)) if order.claim_waits else None,
        _events.of_one(tx, order.id),
    )


def order_views(tx: Tx, order_ids: Sequence[int]) -> list[OrderView]:
    """Many orders, whole, in the order of their ids given, with as many queries as for one."""
    if not order_ids:
        return []
    orders = {order_id: rows[0] for order_id, rows in _orders.of_many(tx, order_ids).items()}
    lines, parcels, events = (part.of_many(tx, order_ids) for part in (_lines, _parcels, _events))
    waiting = [order.id for order in orders.values() if order.claim_waits]
    claims = _claims.of_many(tx, waiting) if waiting else {}
    return [
        OrderView(
            orders[order_id], lines.get(order_id, []), _current(parcels.get(order_id, [])),
            _last(claims.get(order_id, [])), events.get(order_id, []),
        )
        for order_id in order_ids
    ]  # fmt: skip


def _current(parcels: Sequence[Any]) -> Any:
    """The parcel that counts: the live one; when none is live any more, the last."""
    return next((parcel for parcel in parcels if parcel.live), _last(parcels))


def _last(rows: Sequence[Any]) -> Any:
    return rows[-1] if rows else None
