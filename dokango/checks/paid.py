"""Invariants of what orders say of their money, of TrxIDs and of claims."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import and_, func, select

from dokango.db import Tx, table_of, typed
from dokango.orders.book.models import Order
from dokango.orders.book.money_state import Amounts, money_state
from dokango.payments.methods import is_paid_on_delivery
from dokango.payments.models import Claim, Payment, TakenTrxId
from dokango.payments.turns import STANDS

_O = table_of(Order)
_C = table_of(Claim)
_P = table_of(Payment)
_TAKEN = table_of(TakenTrxId)


class _Amounts(NamedTuple):
    number: str
    status: str
    money: str
    payment_method: str
    paid_poisha: int
    due_poisha: int
    refund_due_poisha: int
    refunded_poisha: int
    courier_due_poisha: int
    claim_waits: int


_ORDERS = typed(_Amounts, select(*(_O.c[name] for name in _Amounts._fields)))


class _Settled(NamedTuple):
    method: str
    trx_id: str
    times: int


_SETTLED_TWICE = typed(
    _Settled,
    select(_P.c.method, _P.c.trx_id, func.count().label("times"))
    .where(STANDS)
    .group_by(_P.c.method, _P.c.trx_id)
    .having(func.count() > 1, func.min(_P.c.part) == 0),
)
_OWNED = and_(*(_TAKEN.c[name] == _P.c[name] for name in ("method", "trx_id", "turn", "order_id")))


class _Astray(NamedTuple):
    method: str
    trx_id: str


_PAID_ASTRAY = typed(
    _Astray,
    select(_P.c.method, _P.c.trx_id)
    .select_from(_P.outerjoin(_TAKEN, _OWNED))
    .where(_TAKEN.c.order_id.is_(None), _P.c.part == 0),
)
_WAITING = (
    select(_C.c.order_id, func.count().label("claims"))
    .where(_C.c.state == "waiting")
    .group_by(_C.c.order_id)
    .subquery()
)


class _Marked(NamedTuple):
    number: str
    claim_waits: int
    claims: int


_WRONGLY_MARKED = typed(
    _Marked,
    select(_O.c.number, _O.c.claim_waits, func.coalesce(_WAITING.c.claims, 0).label("claims"))
    .select_from(_O.outerjoin(_WAITING, _WAITING.c.order_id == _O.c.id))
    .where(_O.c.claim_waits != func.coalesce(_WAITING.c.claims, 0)),
)


def money_words_follow_the_amounts(tx: Tx) -> list[str]:
    """The money word of each order is what its amounts derive to."""
    wrong = []
    for o in tx.rows(_ORDERS):
        amounts = Amounts(o.paid_poisha, o.due_poisha, o.refund_due_poisha, o.refunded_poisha, o.courier_due_poisha)
        is_cod = is_paid_on_delivery(o.payment_method)
        word = money_state(amounts, status=o.status, is_cod=is_cod, claim_waits=bool(o.claim_waits))
        if word != o.money:
            wrong.append(f"#{o.number}: says {o.money}, its amounts say {word}")
    return wrong


def each_trx_id_settles_one_payment(tx: Tx) -> list[str]:
    """No wallet's TrxID stands for two payments, unless each is a part; each is taken by the order it paid."""
    return [f"{row.method} {row.trx_id} settles {row.times} payments" for row in tx.rows(_SETTLED_TWICE)] + [
        f"{row.method} {row.trx_id} paid an order that it does not belong to" for row in tx.rows(_PAID_ASTRAY)
    ]


def waiting_claims_are_marked(tx: Tx) -> list[str]:
    """An order is marked as claimed exactly while one claim of it waits."""
    return [f"#{row.number}: mark {row.claim_waits}, {row.claims} claims wait" for row in tx.rows(_WRONGLY_MARKED)]
