"""Invariants of payments that were taken back."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ScalarSelect, case, func, or_, select

from dokango.db import Tx, table_of, typed
from dokango.ledger import accounts
from dokango.ledger.models import Posting
from dokango.payments.models import Payment, PaymentReversal
from dokango.payments.turns import STANDS, turn_of

_P, _B, _L = table_of(Payment), table_of(PaymentReversal), table_of(Posting)


def _left(account: str) -> ScalarSelect[int]:
    """What a payment and its reversal together left on the accounts that begin so."""
    signed = case((_L.c.debit.like(account), _L.c.amount_poisha), else_=-_L.c.amount_poisha)
    touches = or_(_L.c.debit.like(account), _L.c.credit.like(account))
    of_both = _L.c.event_id.in_([_P.c.event_id, _B.c.event_id])
    return select(func.coalesce(func.sum(signed), 0)).where(of_both, touches).scalar_subquery()


class _Undone(NamedTuple):
    id: int
    order_id: int
    method: str
    trx_id: str
    amount_poisha: int
    of_order: int
    of_method: str
    of_trx: str
    of_amount: int
    cash: int
    fees: int


_UNDONE = typed(
    _Undone,
    select(
        _B.c.id, _B.c.order_id, _B.c.method, _B.c.trx_id, _B.c.amount_poisha,
        _P.c.order_id.label("of_order"), _P.c.method.label("of_method"), _P.c.trx_id.label("of_trx"),
        _P.c.amount_poisha.label("of_amount"), _left("cash:%").label("cash"),
        _left(accounts.WALLET_FEES).label("fees"),
    ).select_from(_B.join(_P, _P.c.id == _B.c.payment_id)),
)  # fmt: skip


class _Astray(NamedTuple):
    id: int
    method: str
    trx_id: str
    turn: int
    freed: int


_OF_ANOTHER_TURN = typed(
    _Astray,
    select(_P.c.id, _P.c.method, _P.c.trx_id, _P.c.turn, turn_of(_P.c.method, _P.c.trx_id).label("freed")).where(
        STANDS, _P.c.turn != turn_of(_P.c.method, _P.c.trx_id)
    ),
)


def each_reversal_undoes_its_payment(tx: Tx) -> list[str]:
    """Each payment that was taken back is so on its order, whole; nothing of it is left in a wallet, nor of its fee."""
    return [
        f"reversal {row.id}: {row.amount_poisha} of {row.of_amount} on order {row.order_id}; "
        f"{row.cash} stays in wallets, {row.fees} of fees"
        for row in tx.rows(_UNDONE)
        if (row.order_id, row.method, row.trx_id, row.amount_poisha, 0, 0)
        != (row.of_order, row.of_method, row.of_trx, row.of_amount, int(row.cash), int(row.fees))
    ]


def a_freed_trx_id_is_nobodys_until_it_is_taken_anew(tx: Tx) -> list[str]:
    """A payment that stands was booked after the last time that its TrxID was freed."""
    return [
        f"payment {row.id}: {row.method} {row.trx_id} was freed {row.freed} times, it is of turn {row.turn}"
        for row in tx.rows(_OF_ANOTHER_TURN)
    ]
