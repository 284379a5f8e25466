"""Invariants of money that belongs to customers: their credit, and what came under one TrxID for several."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Table, and_, func, or_, select

from dokango.db import Statement, Tx, table_of, typed
from dokango.ledger import accounts
from dokango.ledger.models import Posting
from dokango.money import taka
from dokango.orders.book.models import Order
from dokango.payments.messages import INCOME
from dokango.payments.models import Credit, CreditEntry, GivenBack, Payment, TakenTrxId, WalletEvidence
from dokango.payments.parts import used_of
from dokango.payments.turns import turn_of

_C, _CE, _G, _P = table_of(Credit), table_of(CreditEntry), table_of(GivenBack), table_of(Payment)
_E, _T, _O, _L = table_of(WalletEvidence), table_of(TakenTrxId), table_of(Order), table_of(Posting)


def _balance(account: str) -> Statement:
    """What is owed on a liability's account."""
    owed = func.coalesce(func.sum(_L.c.amount_poisha), 0)
    came = select(owed).where(_L.c.credit == account).scalar_subquery()
    went = select(owed).where(_L.c.debit == account).scalar_subquery()
    return Statement(select(came - went))


def _of_order(kind: str) -> ScalarSelect[int]:
    sums = select(func.coalesce(func.sum(_CE.c.amount_poisha), 0))
    return sums.where(_CE.c.order_id == _O.c.id, _CE.c.kind == kind).scalar_subquery()


_OWED, _PASSING = _balance(accounts.PAYABLE_CREDITS), _balance(accounts.PAYABLE_NOBODYS)
_SUM = Statement(select(func.coalesce(func.sum(_C.c.balance_poisha), 0)))
_ENTRIES = select(_CE.c.phone, func.sum(_CE.c.amount_poisha).label("amount")).group_by(_CE.c.phone).subquery()


class _Credit(NamedTuple):
    phone: str
    balance_poisha: int
    entries: int


_UNLIKE_ENTRIES = typed(
    _Credit,
    select(_C.c.phone, _C.c.balance_poisha, func.coalesce(_ENTRIES.c.amount, 0).label("entries"))
    .select_from(_C.outerjoin(_ENTRIES, _ENTRIES.c.phone == _C.c.phone))
    .where(_C.c.balance_poisha != func.coalesce(_ENTRIES.c.amount, 0)),
)


class _OnOrder(NamedTuple):
    number: str
    credit_used_poisha: int
    credited_poisha: int
    paid_poisha: int
    refunded_poisha: int
    spent: int
    made: int


_ON_ORDERS = typed(_OnOrder,
    select(
        _O.c.number, _O.c.credit_used_poisha, _O.c.credited_poisha, _O.c.paid_poisha, _O.c.refunded_poisha,
        _of_order("spent").label("spent"), _of_order("from_refund").label("made"),
    ).where(or_(_O.c.credit_used_poisha > 0, _O.c.credited_poisha > 0,
                _O.c.id.in_(select(_CE.c.order_id).where(_CE.c.order_id.is_not(None)))))
)  # fmt: skip
_PARTED = and_(_T.c.method == _E.c.method, _T.c.trx_id == _E.c.trx_id, _T.c.turn == turn_of(_T.c.method, _T.c.trx_id))


class _Used(NamedTuple):
    method: str
    trx_id: str
    amount_poisha: int
    used: int


_OVERUSED = typed(
    _Used,
    select(_E.c.method, _E.c.trx_id, _E.c.amount_poisha, (used_of(_P) + used_of(_CE) + used_of(_G)).label("used"))
    .select_from(_E.join(_T, _PARTED))
    .where(_E.c.reading == INCOME, _T.c.order_id.is_(None)),
)


class _Unowned(NamedTuple):
    method: str
    trx_id: str


def _not_taken(part: Table, *conditions: ColumnElement[bool]) -> Statement[_Unowned]:
    """The TrxIDs of parts that nobody took."""
    taken = select(_T.c.trx_id).where(_T.c.method == part.c.method, _T.c.trx_id == part.c.trx_id).exists()
    return typed(_Unowned, select(part.c.method, part.c.trx_id).where(part.c.trx_id != "", ~taken, *conditions))


_FREE = (_not_taken(_P, _P.c.part == 1), _not_taken(_CE), _not_taken(_G))


def credits_are_what_the_books_owe(tx: Tx) -> list[str]:
    """Customers' credits sum to their account, and money that is given back does not stay on the one it passes."""
    owed, shown, passing = (int(tx.value(query)) for query in (_OWED, _SUM, _PASSING))
    wrong = [] if owed == shown else [f"the books owe {taka(owed)} of credit, customers have {taka(shown)}"]
    return wrong + ([f"{taka(passing)} stay on {accounts.PAYABLE_NOBODYS}"] if passing else [])


def each_credit_is_explained_by_its_entries(tx: Tx) -> list[str]:
    """Each customer's credit is the sum of what came and went, and never below nothing."""
    return [
        f"{row.phone}: has {taka(row.balance_poisha)}, its entries say {taka(int(row.entries))}"
        for row in tx.rows(_UNLIKE_ENTRIES)
    ]


def orders_show_the_credit_they_used_and_made(tx: Tx) -> list[str]:
    """What an order shows as paid by credit, and as kept for the next one, is what was taken and added for it."""
    return [
        f"#{row.number}: shows {row.credit_used_poisha} used, {row.credited_poisha} made, not {row.spent}, {row.made}"
        for row in tx.rows(_ON_ORDERS)
        if (row.credit_used_poisha, row.credited_poisha) != (-int(row.spent), int(row.made))
        or row.credit_used_poisha > row.paid_poisha
        or row.credited_poisha > row.refunded_poisha
    ]


def parts_of_a_payment_are_no_more_than_came(tx: Tx) -> list[str]:
    """What was booked, kept and given back of one TrxID is no more than came under it, and nobody can use it again."""
    over = [
        f"{row.method} {row.trx_id}: {row.amount_poisha} came, {row.used} is used"
        for row in tx.rows(_OVERUSED)
        if int(row.used) > row.amount_poisha
    ]
    return over + [f"{row.method} {row.trx_id} is used, and not taken" for free in _FREE for row in tx.rows(free)]
