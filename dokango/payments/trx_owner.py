"""Whose a TrxID is: the one place that asks. A TrxID belongs to one order, and settles one payment, for ever, unless
that payment was booked by mistake and taken back: then it is free again.

Or it was shared by several orders, given back, or kept as credit: then it is no single order's, and taken as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, bindparam, column, select, table

from dokango.db import Tx, table_of, typed
from dokango.payments.models import Claim, CreditEntry, GivenBack, Payment, ReservedTrxId, TakenTrxId
from dokango.payments.turns import STANDS, turn_of

# The orders' own room lies above this one; a number is all that is read of them here.
_O = table("order", column("id"), column("number"))
_C, _P, _T = table_of(Claim), table_of(Payment), table_of(TakenTrxId)
_CE, _G = table_of(CreditEntry), table_of(GivenBack)


def _used(by: Table, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(by.c.id).where(by.c.method == _T.c.method, by.c.trx_id == _T.c.trx_id, *conditions).exists()


class _Owner(NamedTuple):
    order_id: int | None
    number: str
    whole: bool
    booked: bool
    kept: bool
    given: bool


_OWNER = typed(
    _Owner,
    select(
        _T.c.order_id,
        _O.c.number,
        _used(_P, _P.c.part == 0, STANDS).label("whole"),
        _used(_P, STANDS).label("booked"),
        _used(_CE).label("kept"),
        _used(_G).label("given"),
    )
    .select_from(_T.outerjoin(_O, _O.c.id == _T.c.order_id))
    .where(
        _T.c.method == bindparam("method"),
        _T.c.trx_id == bindparam("trx_id"),
        _T.c.turn == turn_of(_T.c.method, _T.c.trx_id),
    ),
)
_R = table_of(ReservedTrxId)


class _ReservedFor(NamedTuple):
    order_id: int
    number: str


_RESERVED_FOR = typed(
    _ReservedFor,
    select(_R.c.order_id, _O.c.number)
    .join(_O, _O.c.id == _R.c.order_id)
    .where(_R.c.method == bindparam("method"), _R.c.trx_id == bindparam("trx_id")),
)


class _Claimed(NamedTuple):
    number: str


_CLAIMED = (
    select(_O.c.number)
    .join(_C, _C.c.order_id == _O.c.id)
    .where(
        _C.c.method == bindparam("method"), _C.c.trx_id == bindparam("trx_id"), _C.c.order_id != bindparam("order_id")
    )
    .order_by(_O.c.id)
    .limit(bindparam("most"))
)
_EVER_CLAIMED = typed(_Claimed, _CLAIMED)
_NOW_CLAIMED = typed(_Claimed, _CLAIMED.where(_C.c.state == "waiting"))


@dataclass(frozen=True, slots=True)
class Owner:
    """The order that a TrxID belongs to, or is kept for (None, "" where it is no single order's); `settled` once any of
    its money was booked, `whole` when one payment took it all."""

    order_id: int | None
    number: str
    settled: bool
    whole: bool

    @property
    def said(self) -> str:
        """Whose, for people."""
        return f"belongs to order #{self.number}" if self.number else "was shared, given back or kept as credit"


def reserved_for(tx: Tx, method: str, trx_id: str) -> Owner | None:
    """The order that a TrxID is kept for while a second person looks at its payment, or None."""
    row = tx.one(_RESERVED_FOR, method=method, trx_id=trx_id)
    return None if row is None else Owner(row.order_id, row.number, settled=False, whole=False)


def owner_of(tx: Tx, method: str, trx_id: str) -> Owner | None:
    """The order that `trx_id` of the wallet `method` belongs to, or is kept for, or None while it is free."""
    row = tx.one(_OWNER, method=method, trx_id=trx_id)
    if row is not None:
        return Owner(row.order_id, row.number or "", bool(row.booked or row.kept or row.given), bool(row.whole))
    return reserved_for(tx, method, trx_id)


def claimed_elsewhere(tx: Tx, method: str, trx_id: str, order_id: int, *, waiting: bool, most: int) -> list[str]:
    """Numbers of other orders whose customers named this TrxID, ever or only while that waits; the oldest first."""
    rows = tx.rows(
        _NOW_CLAIMED if waiting else _EVER_CLAIMED, method=method, trx_id=trx_id, order_id=order_id, most=most
    )
    return [str(row.number) for row in rows]
