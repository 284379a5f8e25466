"""Order rows: finding, locking, and changing them. Only `perform` and `place` write through here."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import and_, bindparam, insert, select, update

from dokango.couriers.models import Shipment
from dokango.db import Statement, Tx, table_of, typed
from dokango.db.setter import Setter
from dokango.errors import NotFound
from dokango.orders.book.models import Inspection, Order, OrderLine
from dokango.payments.models import Claim

ORDER = table_of(Order)
LINE = table_of(OrderLine)
INSPECTION = table_of(Inspection)
SHIPMENT = table_of(Shipment)
CLAIM = table_of(Claim)

# Values of columns by their names: what a step sets, what a new row is written with.
Columns = dict[str, int | str | None]


class OrderRow(NamedTuple):
    """An order as it is kept, with its live parcel's marks: the last seven, None without one."""

    id: int
    number: str
    token: str
    status: str
    money: str
    version: int
    held_reason: str | None
    held_note: str
    packed: int
    fragile: int
    assigned_to: str
    channel: str
    locale: str
    network: str
    customer_id: int
    name: str
    phone: str
    email: str
    address_line: str
    area: str
    city: str
    district: str
    note: str
    payment_method: str
    subtotal_poisha: int
    delivery_poisha: int
    total_poisha: int
    paid_poisha: int
    due_poisha: int
    refund_due_poisha: int
    refunded_poisha: int
    courier_due_poisha: int
    delivery_returned: int
    claim_waits: int
    units: int
    placed_at: int
    changed_at: int
    delivered_at: int | None
    expires_at: int | None
    refusal_keeps_poisha: int
    kept_poisha: int
    to_inspect: int | None
    discount_poisha: int
    discount_reason: str
    discount_by: str
    wish: str
    wish_kind: str
    forgiven_poisha: int
    credit_used_poisha: int
    credited_poisha: int
    approval_kind: str
    approval_person: int
    advance_poisha: int
    advance_reason: str
    shipment_id: int | None
    booking: str | None
    courier: str | None
    carrier: str | None
    carrier_status: str | None  # a CarrierStatus, or "" before the courier has said anything
    told_poisha: int | None  # what its rider was told to collect
    asked_poisha: int | None  # what they were asked to collect instead, while nobody knows whether they were told


class LineRow(NamedTuple):
    """One SKU of an order as it is kept."""

    id: int
    order_id: int
    variant_id: int
    sku: str
    title: str
    variant_title: str
    image: str
    tracks_stock: int
    quantity: int
    unit_price_poisha: int
    cost_poisha: int
    returned_quantity: int
    returned_cost_poisha: int
    unconfirmed: int
    to_inspect: int
    not_kept: int
    coming_back: int
    discount_poisha: int

    @property
    def sold(self) -> int:
        """Units that the customer took, of a line that was delivered."""
        return self.quantity - self.not_kept


class ClaimRow(NamedTuple):
    """A TrxID that waits to be checked."""

    id: int
    method: str
    trx_id: str
    sender: str
    claimed_at: int


WITH_PARCEL = select(
    *ORDER.c,
    SHIPMENT.c.id.label("shipment_id"),
    SHIPMENT.c.booking,
    SHIPMENT.c.courier,
    SHIPMENT.c.carrier,
    SHIPMENT.c.status.label("carrier_status"),
    SHIPMENT.c.cod_poisha.label("told_poisha"),
    SHIPMENT.c.asked_cod_poisha.label("asked_poisha"),
).select_from(ORDER.outerjoin(SHIPMENT, and_(SHIPMENT.c.order_id == ORDER.c.id, SHIPMENT.c.live == 1)))

_BY_NUMBER = typed(OrderRow, WITH_PARCEL.where(ORDER.c.number == bindparam("number")))
_LOCK = Statement(select(ORDER.c.id).where(ORDER.c.number == bindparam("number")).with_for_update())
_BY_TOKEN = typed(OrderRow, WITH_PARCEL.where(ORDER.c.token == bindparam("token")))
_NUMBER_OF_ID = Statement(select(ORDER.c.number).where(ORDER.c.id == bindparam("order_id")))
_LINES = typed(LineRow, select(*LINE.c).where(LINE.c.order_id == bindparam("order_id")).order_by(LINE.c.id))
_MARK_LINES = Statement(
    update(LINE)
    .where(LINE.c.order_id == bindparam("order_id"), LINE.c.tracks_stock == 1)
    .values(unconfirmed=bindparam("mark"))
)


class _Inspected(NamedTuple):
    line_id: int


_INSPECTED = typed(
    _Inspected, select(INSPECTION.c.line_id).where(INSPECTION.c.order_id == bindparam("order_id")).distinct()
)
_WAITING_CLAIM = typed(
    ClaimRow,
    select(CLAIM.c.id, CLAIM.c.method, CLAIM.c.trx_id, CLAIM.c.sender, CLAIM.c.claimed_at)
    .where(CLAIM.c.order_id == bindparam("order_id"), CLAIM.c.state == "waiting")
    .order_by(CLAIM.c.id.desc()),
)


def by_number(tx: Tx, number: str) -> OrderRow:
    """The order with its live parcel's marks; raises NotFound."""
    return _found(tx.one(_BY_NUMBER, number=number), number)


def lock(tx: Tx, number: str) -> OrderRow:
    """The same, its row locked until the end of the transaction; raises NotFound.

    PostgreSQL reads after it has the lock: a joined row read while waiting for it would be from before. SQLite's one
    writer needs neither.
    """
    if tx.dialect == "postgresql":
        tx.value(_LOCK, number=number)
    return by_number(tx, number)


def by_token(tx: Tx, token: str) -> OrderRow:
    """The order of a tracking link; raises NotFound without saying what was close."""
    return _found(tx.one(_BY_TOKEN, token=token), "behind this link")


def number_of(tx: Tx, order_id: int) -> str:
    """The number of an order known by its row id; raises NotFound."""
    number = tx.value(_NUMBER_OF_ID, order_id=order_id)
    if number is None:
        raise NotFound("order", order_id)
    return str(number)


def lines_of(tx: Tx, order_id: int) -> tuple[LineRow, ...]:
    """An order's lines, in the order they were placed."""
    return tuple(tx.rows(_LINES, order_id=order_id))


def mark_lines(tx: Tx, order_id: int, *, unconfirmed: bool) -> None:
    """Note on an order's lines whether it waits to be confirmed: what they keep from the shelf is counted by it."""
    tx.run(_MARK_LINES, order_id=order_id, mark=int(unconfirmed))


def waiting_claim(tx: Tx, order_id: int) -> ClaimRow | None:
    """The claim that waits to be checked, or None."""
    return tx.one(_WAITING_CLAIM, order_id=order_id)


def inspected_lines(tx: Tx, order_id: int) -> frozenset[int]:
    """The lines of which something came back once and was inspected: what was found names them."""
    return frozenset(int(row.line_id) for row in tx.rows(_INSPECTED, order_id=order_id))


_ORDER_SETTER = Setter(ORDER, ORDER.c.id == bindparam("row_id"))


_COLUMNS = [
    "number", "token", "status", "money", "version", "held_note", "packed", "fragile", "assigned_to", "channel",
    "locale", "network", "customer_id", "name", "phone", "email", "address_line", "area", "city", "district", "note",
    "payment_method", "subtotal_poisha", "delivery_poisha", "total_poisha", "paid_poisha", "due_poisha",
    "refund_due_poisha", "refunded_poisha", "courier_due_poisha", "delivery_returned", "claim_waits", "units",
    "placed_at", "changed_at", "refusal_keeps_poisha", "kept_poisha", "discount_poisha", "discount_reason",
    "discount_by", "forgiven_poisha", "wish", "wish_kind", "credit_used_poisha", "credited_poisha", "approval_kind",
    "approval_person", "advance_poisha", "advance_reason",
]  # fmt: skip
_INSERT = Statement(insert(ORDER).returning(ORDER.c.id), columns=_COLUMNS)


def add(tx: Tx, values: Columns) -> int:
    """Write a new order; its row id."""
    return int(tx.value(_INSERT, **values))


def change(tx: Tx, order_id: int, values: Columns) -> None:
    """Set columns of one order."""
    _ORDER_SETTER.run(tx, values, row_id=order_id)


def _found(row: OrderRow | None, which: object) -> OrderRow:
    if row is None:
        raise NotFound("order", which)
    return row
