"""Payments that stand, and those that were taken back: a TrxID that is freed so begins another turn."""

from __future__ import annotations

from sqlalchemy import ColumnElement, ScalarSelect, bindparam, func, select

from dokango.db import Statement, Tx, table_of
from dokango.payments.models import Payment, PaymentReversal

_P, _B = table_of(Payment), table_of(PaymentReversal)
# Whether a row of `payment` was not taken back.
STANDS: ColumnElement[bool] = ~select(_B.c.id).where(_B.c.payment_id == _P.c.id).correlate(_P).exists()


def turn_of(method: ColumnElement[str], trx_id: ColumnElement[str]) -> ScalarSelect[int]:
    """How often a TrxID was freed, for a query."""
    freed = select(func.count()).select_from(_B)
    return freed.where(_B.c.method == method, _B.c.trx_id == trx_id, _B.c.frees == 1).scalar_subquery()


_TURN = Statement(select(turn_of(bindparam("method"), bindparam("trx_id"))))


def turn_now(tx: Tx, method: str, trx_id: str) -> int:
    """How often a TrxID was freed; who takes it has reserved it, or locked its line, before this is asked."""
    return int(tx.value(_TURN, method=method, trx_id=trx_id))
