"""Invariants of what was posted for each order, each claim, each step."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, Label, Text, and_, case, cast, func, literal, or_, select

from dokango.audit import Event, stands
from dokango.checks.forgiven import forgiven_in
from dokango.db import Tx, table_of, typed
from dokango.ledger import accounts
from dokango.ledger.models import Posting
from dokango.money import POISHA_PER_TAKA, taka
from dokango.orders.book.models import Order
from dokango.orders.claims.models import CourierClaim
from dokango.orders.lifecycle.table import TABLE

_P = table_of(Posting)
_O = table_of(Order)
_E = table_of(Event)
_CC = table_of(CourierClaim)
_ONCE = or_(
    _E.c.action == "place",  # an order begins with it
    *(and_(_E.c.action == row.action, _E.c.from_status.in_(row.sources)) for row in TABLE if row.once and row.sources),
)


def _net(debit: ColumnElement[bool], credit: ColumnElement[bool], name: str) -> Label[int]:
    signed = case((debit, _P.c.amount_poisha), else_=0) - case((credit, _P.c.amount_poisha), else_=0)
    return func.sum(signed).label(name)


def _net_of(account: str, name: str) -> Label[int]:
    return _net(_P.c.debit == account, _P.c.credit == account, name)


_COURIERS = "receivable:courier:%"


class _Owed(NamedTuple):
    number: str
    due_poisha: int
    refund_due_poisha: int
    courier_due_poisha: int
    receivable: int
    refunds: int
    courier: int


_EACH_ORDER = typed(
    _Owed,
    select(
        _O.c.number,
        _O.c.due_poisha,
        _O.c.refund_due_poisha,
        _O.c.courier_due_poisha,
        _net_of(accounts.RECEIVABLE_CUSTOMERS, "receivable"),
        _net_of(accounts.PAYABLE_REFUNDS, "refunds"),
        _net(_P.c.debit.like(_COURIERS), _P.c.credit.like(_COURIERS), "courier"),
    )
    .select_from(_O.outerjoin(_P, _P.c.order_id == _O.c.id))
    .group_by(_O.c.id, _O.c.number, _O.c.due_poisha, _O.c.refund_due_poisha, _O.c.courier_due_poisha),
)
_OF_PRICES = and_(
    _P.c.order_id == _O.c.id,
    or_(
        and_(_P.c.debit == accounts.RECEIVABLE_CUSTOMERS, _P.c.credit.in_(accounts.PRICES)),
        and_(_P.c.credit == accounts.RECEIVABLE_CUSTOMERS, _P.c.debit.in_(accounts.PRICES)),
    ),
)


class _Priced(NamedTuple):
    number: str
    status: str
    to_inspect: int | None
    subtotal_poisha: int
    delivery_poisha: int
    discount_poisha: int
    sales: int
    delivery: int
    discounts: int


_PRICES = typed(_Priced,
    select(
        _O.c.number, _O.c.status, _O.c.to_inspect, _O.c.subtotal_poisha, _O.c.delivery_poisha, _O.c.discount_poisha,
        *(func.coalesce(_net_of(account, label), 0).label(label)
          for account, label in zip(accounts.PRICES, ("sales", "delivery", "discounts"), strict=True)),
    )
    .select_from(_O.outerjoin(_P, _OF_PRICES))
    .group_by(
        _O.c.id, _O.c.number, _O.c.status, _O.c.to_inspect, _O.c.subtotal_poisha, _O.c.delivery_poisha,
        _O.c.discount_poisha,
    )
)  # fmt: skip
_OF_KEPT = or_(_P.c.credit == accounts.REVENUE_KEPT, _P.c.debit == accounts.REVENUE_KEPT)


class _Kept(NamedTuple):
    number: str
    kept_poisha: int
    posted: int


_KEPT = typed(
    _Kept,
    select(
        _O.c.number,
        _O.c.kept_poisha,
        func.coalesce(_net(_P.c.credit == accounts.REVENUE_KEPT, _P.c.debit == accounts.REVENUE_KEPT, "kept"), 0).label(
            "posted"
        ),
    )
    .select_from(_O.outerjoin(_P, and_(_P.c.order_id == _O.c.id, _OF_KEPT)))
    .where(or_(_O.c.kept_poisha > 0, _P.c.id.is_not(None)))
    .group_by(_O.c.id, _O.c.number, _O.c.kept_poisha),
)


class _PaidClaim(NamedTuple):
    id: int
    paid_poisha: int
    posted: int


_CLAIMS = typed(
    _PaidClaim,
    select(_CC.c.id, _CC.c.paid_poisha, func.coalesce(func.sum(_P.c.amount_poisha), 0).label("posted"))
    .select_from(
        _CC.outerjoin(_E, _E.c.key == literal("claim/") + cast(_CC.c.id, Text) + "/paid").outerjoin(
            _P, and_(_P.c.event_id == _E.c.id, _P.c.debit == accounts.CASH_BANK)
        )
    )
    .group_by(_CC.c.id, _CC.c.paid_poisha),
)


class _Done(NamedTuple):
    number: str
    action: str
    times: int


_DONE_TWICE = typed(
    _Done,
    select(_O.c.number, _E.c.action, func.count().label("times"))
    .join(_O, _O.c.id == _E.c.order_id)
    .where(_ONCE, stands(_E))
    .group_by(_O.c.number, _E.c.action)
    .having(func.count() > 1),
)
_ROUNDING = (accounts.ROUNDING_GAIN, accounts.ROUNDING_LOSS)


class _Rounded(NamedTuple):
    key: str
    amount_poisha: int
    data: str


_NO_ROUNDING = typed(
    _Rounded,
    select(_P.c.key, _P.c.amount_poisha, _E.c.data)
    .join(_E, _E.c.id == _P.c.event_id)
    .where(or_(_P.c.debit.in_(_ROUNDING), _P.c.credit.in_(_ROUNDING)), _P.c.amount_poisha >= POISHA_PER_TAKA),
)


def each_order_is_posted_as_it_stands(tx: Tx) -> list[str]:
    """For each order, the postings on receivable, refunds and couriers are the amounts that it shows."""
    wrong = []
    for row in tx.rows(_EACH_ORDER):
        shown = (row.due_poisha, row.refund_due_poisha, row.courier_due_poisha)
        posted = (row.receivable or 0, -(row.refunds or 0), row.courier or 0)
        if shown != posted:
            wrong.append(f"#{row.number}: shows due, refund due, with courier {shown}, is posted {posted}")
    return wrong


def prices_are_posted_as_orders_say(tx: Tx) -> list[str]:
    """What each order was sold for is posted as it shows: goods, delivery, discounts; nothing of one let go."""
    wrong = []
    for row in tx.rows(_PRICES):
        let_go = row.status == "cancelled" or row.to_inspect is not None
        shown = (0, 0, 0) if let_go else (row.subtotal_poisha, row.delivery_poisha, row.discount_poisha)
        posted = (-int(row.sales), -int(row.delivery), int(row.discounts))
        if shown != posted:
            wrong.append(f"#{row.number}: goods, delivery, discount are {shown}, posted is {posted}")
    return wrong


def kept_advances_are_what_orders_say(tx: Tx) -> list[str]:
    """For each order, what stays of a refusing customer's payment is posted as it shows."""
    return [
        f"#{row.number}: shows {row.kept_poisha} kept, is posted {row.posted}"
        for row in tx.rows(_KEPT)
        if row.kept_poisha != int(row.posted)
    ]


def claims_are_booked_as_paid(tx: Tx) -> list[str]:
    """What each claim brought in is what was posted for it."""
    return [
        f"claim {row.id}: shows {row.paid_poisha} paid, is posted {row.posted}"
        for row in tx.rows(_CLAIMS)
        if row.paid_poisha != int(row.posted)
    ]


def each_step_posted_once(tx: Tx) -> list[str]:
    """No order was placed, delivered, cancelled or brought back twice: nothing that happens once in an order's life."""
    return [f"#{row.number}: {row.action} {row.times} times" for row in tx.rows(_DONE_TWICE)]


def rounding_is_less_than_a_taka(tx: Tx) -> list[str]:
    """Each rounding to whole taka is less than one; more than that was forgiven, or is somebody's debt."""
    return [
        f"{row.key}: {taka(row.amount_poisha)} is called rounding"
        for row in tx.rows(_NO_ROUNDING)
        if abs(forgiven_in(row.data)) != row.amount_poisha
    ]
