"""An order with all that belongs to it, as programs and people read it: lines, parcel, waiting claim, timeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import Column, Select, bindparam, select

from dokango.audit import Event
from dokango.couriers.models import Shipment
from dokango.couriers.parcels.shipments import current
from dokango.db import Statement, Tx, table_of, typed
from dokango.orders.book.models import OrderLine
from dokango.orders.book.rows import ORDER, WITH_PARCEL, OrderRow
from dokango.orders.lifecycle.table import ENDED
from dokango.payments.models import Claim, CreditEntry, Payment, PaymentReversal

_L = table_of(OrderLine)
_S = table_of(Shipment)
_C = table_of(Claim)
_PAY, _CE, _B = table_of(Payment), table_of(CreditEntry), table_of(PaymentReversal)
_E = table_of(Event)

Row = TypeVar("Row", bound=NamedTuple)
Columns = TypeVar("Columns")


class ViewedLine(NamedTuple):
    """A line as programs read it."""

    order_id: int
    sku: str
    title: str
    variant_title: str
    quantity: int
    unit_price_poisha: int
    discount_poisha: int
    returned_quantity: int
    to_inspect: int
    not_kept: int
    coming_back: int


class ViewedParcel(NamedTuple):
    """A parcel as programs read it."""

    order_id: int
    live: int | None
    courier: str
    carrier: str
    booking: str
    consignment_id: str
    tracking_code: str
    tracking_link: str
    status: str
    raw_status: str
    estimated_delivery: str
    problem: str
    cod_poisha: int
    asked_cod_poisha: int | None


class ViewedClaim(NamedTuple):
    """A claim that waits, as programs read it."""

    order_id: int
    method: str
    trx_id: str
    sender: str
    claimed_at: int


class ViewedPayment(NamedTuple):
    """Money that came in for an order by a wallet (a `part` of what came under its TrxID, or all of it)."""

    order_id: int
    method: str
    trx_id: str
    sender: str
    amount_poisha: int
    received_at: int
    part: int
    id: int
    reversed_at: int | None
    reversed_by: str | None
    reversed_why: str | None


class ViewedCredit(NamedTuple):
    """Of a customer's credit, what an order used (below 0) or made."""

    order_id: int
    amount_poisha: int
    happened_at: int


class ViewedEvent(NamedTuple):
    """A happening of the timeline as programs read it."""

    order_id: int
    action: str
    actor: str
    actor_kind: str
    from_status: str | None
    to_status: str | None
    note: str
    happened_at: int


_LINES = select(
    _L.c.order_id, _L.c.sku, _L.c.title, _L.c.variant_title, _L.c.quantity, _L.c.unit_price_poisha,
    _L.c.discount_poisha, _L.c.returned_quantity, _L.c.to_inspect, _L.c.not_kept, _L.c.coming_back,
).order_by(_L.c.id)  # fmt: skip
_PARCELS = select(
    _S.c.order_id, _S.c.live, _S.c.courier, _S.c.carrier, _S.c.booking, _S.c.consignment_id, _S.c.tracking_code,
    _S.c.tracking_link, _S.c.status, _S.c.raw_status, _S.c.estimated_delivery, _S.c.problem, _S.c.cod_poisha,
    _S.c.asked_cod_poisha,
).order_by(_S.c.id)  # fmt: skip
_CLAIMS = (
    select(_C.c.order_id, _C.c.method, _C.c.trx_id, _C.c.sender, _C.c.claimed_at)
    .where(_C.c.state == "waiting")
    .order_by(_C.c.id)
)
_PAYMENTS = select(
    _PAY.c.order_id, _PAY.c.method, _PAY.c.trx_id, _PAY.c.sender, _PAY.c.amount_poisha, _PAY.c.received_at, _PAY.c.part,
    _PAY.c.id, _B.c.reversed_at, _B.c.by.label("reversed_by"), _B.c.reason.label("reversed_why"),
).select_from(_PAY.outerjoin(_B, _B.c.payment_id == _PAY.c.id)).order_by(_PAY.c.id)  # fmt: skip
_CREDITS = select(_CE.c.order_id, _CE.c.amount_poisha, _CE.c.happened_at).order_by(_CE.c.id)
_EVENTS = select(
    _E.c.order_id,
    _E.c.action,
    _E.c.actor,
    _E.c.actor_kind,
    _E.c.from_status,
    _E.c.to_status,
    _E.c.note,
    _E.c.happened_at,
).order_by(_E.c.id)


@dataclass(frozen=True, slots=True)
class OrderView:
    """`order` is the row; `parcel` the live one, else the last one, or None; `events` are oldest first."""

    order: OrderRow
    lines: Sequence[ViewedLine]
    parcel: ViewedParcel | None
    claim: ViewedClaim | None
    events: Sequence[ViewedEvent]
    payments: Sequence[ViewedPayment] = ()
    credits: Sequence[ViewedCredit] = ()


class _Part(Generic[Row]):
    """One kind of rows that belong to orders; compiled once for each number of orders asked for together."""

    def __init__(
        self, row_type: type[Row], rows: Select[Columns], order_id: Column[int], order_of: Callable[[Row], int]
    ) -> None:
        self._row_type, self._where, self._order_id, self._order_of = row_type, rows.where, order_id, order_of
        self._of: dict[int, Statement[Row]] = {}

    def of_one(self, tx: Tx, order_id: int) -> list[Row]:
        """The rows of one order."""
        return self._found(tx, (order_id,))

    def of_many(self, tx: Tx, order_ids: Sequence[int]) -> dict[int, list[Row]]:
        """The rows of many orders, each under its order's id."""
        found: dict[int, list[Row]] = defaultdict(list)
        for row in self._found(tx, order_ids):
            found[self._order_of(row)].append(row)
        return found

    def _found(self, tx: Tx, order_ids: Sequence[int]) -> list[Row]:
        names = [f"order_{place}" for place in range(len(order_ids))]
        statement = self._of.get(len(names))
        if statement is None:
            wanted = self._order_id.in_([bindparam(name) for name in names])
            statement = self._of[len(names)] = typed(self._row_type, self._where(wanted))
        return tx.rows(statement, **dict(zip(names, order_ids, strict=True)))


_orders = _Part(OrderRow, WITH_PARCEL, ORDER.c.id, lambda row: row.id)
_lines = _Part(ViewedLine, _LINES, _L.c.order_id, lambda row: row.order_id)
_parcels = _Part(ViewedParcel, _PARCELS, _S.c.order_id, lambda row: row.order_id)
_claims = _Part(ViewedClaim, _CLAIMS, _C.c.order_id, lambda row: row.order_id)
_payments = _Part(ViewedPayment, _PAYMENTS, _PAY.c.order_id, lambda row: row.order_id)
_credits = _Part(ViewedCredit, _CREDITS, _CE.c.order_id, lambda row: row.order_id)
_events = _Part(ViewedEvent, _EVENTS, _E.c.order_id, lambda row: row.order_id)


def order_view(tx: Tx, order: OrderRow) -> OrderView:
    """One order row, whole."""
    events = _events.of_one(tx, order.id)
    return OrderView(
        order,
        _lines.of_one(tx, order.id),
        current(_parcels.of_one(tx, order.id), ended=order.status in ENDED),
        _last(_claims.of_one(tx, order.id)) if order.claim_waits else None,
        events,
        _payments.of_one(tx, order.id) if _was_paid(order, events) else (),
        _credits.of_one(tx, order.id) if order.credit_used_poisha or order.credited_poisha else (),
    )


def order_views(tx: Tx, order_ids: Sequence[int]) -> list[OrderView]:
    """Many orders, whole, in the order of their ids given, with as many queries as for one."""
    if not order_ids:
        return []
    orders = {order_id: rows[0] for order_id, rows in _orders.of_many(tx, order_ids).items()}
    lines, parcels = _lines.of_many(tx, order_ids), _parcels.of_many(tx, order_ids)
    events = _events.of_many(tx, order_ids)
    waiting = [order.id for order in orders.values() if order.claim_waits]
    claims = _claims.of_many(tx, waiting) if waiting else {}
    paid = [order.id for order in orders.values() if _was_paid(order, events.get(order.id, []))]
    payments = _payments.of_many(tx, paid) if paid else {}
    by_credit = [order.id for order in orders.values() if order.credit_used_poisha or order.credited_poisha]
    entries = _credits.of_many(tx, by_credit) if by_credit else {}
    return [
        OrderView(
            orders[order_id], lines.get(order_id, []), _current_of(orders[order_id], parcels),
            _last(claims.get(order_id, [])), events.get(order_id, []),
            payments.get(order_id, []), entries.get(order_id, []),
        )
        for order_id in order_ids
    ]  # fmt: skip


def _was_paid(order: OrderRow, events: Sequence[ViewedEvent]) -> bool:
    """Whether payments are on record, were they taken back or not."""
    return bool(order.paid_poisha) or any(event.action == "reverse_payment" for event in events)


def _current_of(order: OrderRow, parcels: dict[int, list[ViewedParcel]]) -> ViewedParcel | None:
    return current(parcels.get(order.id, []), ended=order.status in ENDED)


def _last(rows: Sequence[Row]) -> Row | None:
    return rows[-1] if rows else None
