"""A payment that was booked by mistake, taken back: it stays on record beside the row that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, func, insert, or_, select

from dokango import topics
from dokango.db import Statement, Tx, table_of, typed
from dokango.ledger import accounts
from dokango.ledger.entries import Happening
from dokango.ledger.models import Posting
from dokango.payments.models import Claim, CreditEntry, GivenBack, Payment, PaymentReversal
from dokango.payments.parts import lock_line
from dokango.payments.turns import STANDS

_P, _B, _L = table_of(Payment), table_of(PaymentReversal), table_of(Posting)
_CE, _G, _C = table_of(CreditEntry), table_of(GivenBack), table_of(Claim)


class PaidRow(NamedTuple):
    """A payment of an order that stands."""

    id: int
    event_id: int
    method: str
    trx_id: str
    sender: str
    amount_poisha: int
    received_at: int
    part: int


class ReversalRow(NamedTuple):
    """A payment of an order that was taken back, by whom, when and why."""

    payment_id: int
    order_id: int
    method: str
    trx_id: str
    amount_poisha: int
    reason: str
    reversed_at: int
    by: str


class PostedRow(NamedTuple):
    """A posting that was made when a payment was booked."""

    id: int
    event_id: int
    debit: str
    credit: str
    amount_poisha: int


@dataclass(frozen=True, slots=True)
class Reversible:
    """What a reversal looks at of an order: its payments that stand, how they were posted, those that were taken back,
    what its couriers paid out, and the TrxIDs of which something was given back or kept as credit."""

    standing: tuple[PaidRow, ...] = ()
    postings: tuple[PostedRow, ...] = ()
    reversed: tuple[ReversalRow, ...] = ()
    paid_out_poisha: int = 0
    gone_on: frozenset[str] = frozenset()


NOTHING_PAID = Reversible()
_STANDING = typed(
    PaidRow,
    select(*(_P.c[name] for name in PaidRow._fields))
    .where(_P.c.order_id == bindparam("order_id"), STANDS)
    .order_by(_P.c.id),
)
_REVERSED = typed(
    ReversalRow,
    select(*(_B.c[name] for name in ReversalRow._fields))
    .where(_B.c.order_id == bindparam("order_id"))
    .order_by(_B.c.id),
)
_POSTED = typed(
    PostedRow,
    select(*(_L.c[name] for name in PostedRow._fields))
    .where(_L.c.event_id.in_(select(_P.c.event_id).where(_P.c.order_id == bindparam("order_id"))))
    .order_by(_L.c.id),
)
_PAID_OUT = Statement(
    select(func.coalesce(func.sum(_L.c.amount_poisha), 0)).where(
        _L.c.order_id == bindparam("order_id"),
        _L.c.debit == accounts.CASH_BANK,
        _L.c.credit.like("receivable:courier:%"),
    )
)


class _Gone(NamedTuple):
    trx_id: str


_GONE_ON = typed(
    _Gone,
    select(_P.c.trx_id).where(
        _P.c.order_id == bindparam("order_id"),
        or_(*(
            select(went.c.id).where(went.c.method == _P.c.method, went.c.trx_id == _P.c.trx_id).exists()
            for went in (_CE, _G)
        )),
    ),
)  # fmt: skip
_OTHERS = Statement(
    select(func.count())
    .select_from(_P)
    .where(_P.c.method == bindparam("method"), _P.c.trx_id == bindparam("trx_id"), _P.c.id != bindparam("row"), STANDS)
)
_PUT_BACK = Statement(
    insert(_B),
    columns=[
        "payment_id", "order_id", "event_id", "method", "trx_id", "amount_poisha", "frees", "reason", "reversed_at",
        "by",
    ],
)  # fmt: skip
_CLAIM = Statement(
    _C.update()
    .where(
        _C.c.order_id == bindparam("order"), _C.c.method == bindparam("of_method"), _C.c.trx_id == bindparam("of_trx"),
        _C.c.state == "verified",
    )
    .values(state="rejected", reason=bindparam("why"))
)  # fmt: skip


def reversible_of(tx: Tx, order_id: int) -> Reversible:
    """All that is looked at before a payment of an order is taken back."""
    of_it = {"order_id": order_id}
    return Reversible(
        tuple(tx.rows(_STANDING, **of_it)),
        tuple(tx.rows(_POSTED, **of_it)),
        tuple(tx.rows(_REVERSED, **of_it)),
        int(tx.value(_PAID_OUT, **of_it)),
        frozenset(row.trx_id for row in tx.rows(_GONE_ON, **of_it)),
    )


def reversals_of(tx: Tx, order_id: int) -> list[ReversalRow]:
    """The payments of an order that were taken back, the oldest first."""
    return tx.rows(_REVERSED, order_id=order_id)


def put_back(tx: Tx, happening: Happening, paid: PaidRow, reason: str, by: str) -> None:
    """Keep that `paid` was taken back. Its TrxID is free again where nothing else of it stands, and what its customer
    had claimed is no longer verified."""
    named = {"method": paid.method, "trx_id": paid.trx_id}
    if paid.part:
        lock_line(tx, **named)
    tx.run(
        _PUT_BACK, payment_id=paid.id, order_id=happening.order_id, event_id=happening.event_id, **named,
        amount_poisha=paid.amount_poisha, frees=int(not tx.value(_OTHERS, **named, row=paid.id)), reason=reason,
        reversed_at=happening.happened_at, by=by,
    )  # fmt: skip
    tx.run(_CLAIM, order=happening.order_id, of_method=paid.method, of_trx=paid.trx_id, why=reason)
    tx.changed(topics.EVIDENCE)
