"""What became of a wallet's line that is no single order's, in words: its parts, its credit, what was given back."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango.clock import said
from dokango.db import Tx, table_of, typed
from dokango.money import taka
from dokango.orders.book.rows import ORDER
from dokango.payments.evidence import EvidenceRow
from dokango.payments.methods import said_pocket
from dokango.payments.models import CreditEntry, GivenBack, Payment
from dokango.payments.parts import standing
from dokango.payments.turns import STANDS
from dokango.people.phones import said_phone

_P, _C, _G = table_of(Payment), table_of(CreditEntry), table_of(GivenBack)


class _OnOrder(NamedTuple):
    number: str
    amount_poisha: int


class _Kept(NamedTuple):
    phone: str
    amount_poisha: int
    happened_at: int
    by: str


class _Given(NamedTuple):
    amount_poisha: int
    sent_by: str
    reference: str
    given_at: int
    by: str


_ON_ORDERS = typed(
    _OnOrder,
    select(ORDER.c.number, _P.c.amount_poisha)
    .join(ORDER, ORDER.c.id == _P.c.order_id)
    .where(_P.c.method == bindparam("method"), _P.c.trx_id == bindparam("trx_id"), STANDS)
    .order_by(_P.c.id),
)
_KEPT = typed(
    _Kept,
    select(_C.c.phone, _C.c.amount_poisha, _C.c.happened_at, _C.c.by)
    .where(_C.c.method == bindparam("method"), _C.c.trx_id == bindparam("trx_id"))
    .order_by(_C.c.id),
)
_GIVEN = typed(
    _Given,
    select(_G.c.amount_poisha, _G.c.sent_by, _G.c.reference, _G.c.given_at, _G.c.by)
    .where(_G.c.method == bindparam("method"), _G.c.trx_id == bindparam("trx_id"))
    .order_by(_G.c.id),
)


def ends_in_words(tx: Tx, line: EvidenceRow) -> str:
    """What became of each part of a line, by whom, when and with which reference, and what is left of it."""
    named = {"method": line.method, "trx_id": line.trx_id}
    orders = [f"{taka(part.amount_poisha)} on order #{part.number}" for part in tx.rows(_ON_ORDERS, **named)]
    kept = [
        f"{taka(one.amount_poisha)} kept as credit of {said_phone(one.phone)} by {one.by}, {said(one.happened_at)}"
        for one in tx.rows(_KEPT, **named)
    ]
    given = [
        ", ".join(filter(None, (f"{taka(one.amount_poisha)} given back by {one.by}", said(one.given_at),
                                f"{said_pocket(one.sent_by)} {one.reference}".strip())))
        for one in tx.rows(_GIVEN, **named)
    ]  # fmt: skip
    stands = standing(tx, line.method, line.trx_id)
    left = [f"{taka(stands.left_poisha)} left"] if stands and stands.left_poisha else []
    return "; ".join([*orders, *kept, *given, *left]) + "."
