"""Invariants of the books."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, func, select

from dokango.db import Statement, Tx, table_of, typed
from dokango.errors import NotFound
from dokango.ledger import accounts
from dokango.ledger.balances import trial_balance
from dokango.ledger.models import Posting
from dokango.money import taka
from dokango.orders.book.models import Order, OrderLine
from dokango.payments.methods import account_of
from dokango.payments.models import CreditEntry, GivenBack, Payment, PaymentReversal, Refund
from dokango.stock.models import Level

_P = table_of(Posting)
_O = table_of(Order)
_LINE = table_of(OrderLine)


class _Sum(NamedTuple):
    of: str
    poisha: int


def _sum(column: ColumnElement[int]) -> Statement:
    return Statement(select(func.coalesce(func.sum(column), 0)))


def _by_method(table: Table, *conditions: ColumnElement[bool]) -> Statement[_Sum]:
    sums = select(table.c.method.label("of"), func.sum(table.c.amount_poisha).label("poisha"))
    return typed(_Sum, sums.where(*conditions).group_by(table.c.method))


def _posted_to(side: ColumnElement[str], *conditions: ColumnElement[bool]) -> Statement[_Sum]:
    sums = select(side.label("of"), func.sum(_P.c.amount_poisha).label("poisha"))
    return typed(_Sum, sums.where(*conditions).group_by(side))


_DUE = _sum(_O.c.due_poisha)
_REFUND_DUE = _sum(_O.c.refund_due_poisha)
_COURIER_DUE = _sum(_O.c.courier_due_poisha)
_STOCK_VALUE = _sum(table_of(Level).c.value_poisha)
_COST_OF_SOLD = _sum(_LINE.c.cost_poisha - _LINE.c.returned_cost_poisha)
_RECEIVED = _by_method(table_of(Payment))
_REFUNDED = _by_method(table_of(Refund))
_TAKEN_BACK = _by_method(table_of(PaymentReversal))
_CE, _G = table_of(CreditEntry), table_of(GivenBack)
_KEPT_AS_CREDIT = _by_method(_CE, _CE.c.trx_id != "")
_CAME_AND_WENT = _by_method(_G, _G.c.trx_id != "")
_SENT = typed(
    _Sum,
    select(_G.c.sent_by.label("of"), func.sum(_G.c.amount_poisha).label("poisha")).group_by(_G.c.sent_by),
)
_OWED_BACK = (accounts.PAYABLE_REFUNDS, accounts.PAYABLE_CREDITS, accounts.PAYABLE_NOBODYS)
_INTO_WALLETS = _posted_to(
    _P.c.debit, _P.c.credit.in_([accounts.RECEIVABLE_CUSTOMERS, *_OWED_BACK]), _P.c.debit.like("cash:%")
)
_OUT_OF_WALLETS = _posted_to(
    _P.c.credit, _P.c.debit.in_([accounts.RECEIVABLE_CUSTOMERS, *_OWED_BACK]), _P.c.credit.like("cash:%")
)


def debits_equal_credits(tx: Tx) -> list[str]:
    """The sum of all debits is the sum of all credits."""
    balances = trial_balance(tx)
    debit, credit = sum(b.debit_poisha for b in balances), sum(b.credit_poisha for b in balances)
    return _differ("all accounts", debit, credit)


def every_account_has_a_kind(tx: Tx) -> list[str]:
    """Each account is an asset, a liability, income or an expense."""
    wrong = []
    for balance in trial_balance(tx):
        try:
            accounts.kind_of(balance.account)
        except NotFound as error:
            wrong.append(str(error))
    return wrong


def receivable_is_what_customers_owe(tx: Tx) -> list[str]:
    """The receivable of customers is what the orders say is due."""
    due = int(tx.value(_DUE))
    return _differ(accounts.RECEIVABLE_CUSTOMERS, _balance(tx, accounts.RECEIVABLE_CUSTOMERS), due)


def refunds_payable_are_what_orders_say(tx: Tx) -> list[str]:
    """What is owed back to customers is what the orders say is due back."""
    due = int(tx.value(_REFUND_DUE))
    return _differ(accounts.PAYABLE_REFUNDS, -_balance(tx, accounts.PAYABLE_REFUNDS), due)


def courier_receivable_is_cod_not_paid_out(tx: Tx) -> list[str]:
    """What couriers owe us is the COD of delivered orders that was not paid out, less their charges."""
    due = int(tx.value(_COURIER_DUE))
    couriers = [b for b in trial_balance(tx) if b.account.startswith("receivable:courier:")]
    return _differ("receivable:courier", sum(b.balance_poisha for b in couriers), due)


def inventory_account_is_stock_value(tx: Tx) -> list[str]:
    """The inventory account is the value of all stock levels."""
    value = int(tx.value(_STOCK_VALUE))
    return _differ(accounts.INVENTORY, _balance(tx, accounts.INVENTORY), value)


def cogs_is_the_cost_of_what_is_sold(tx: Tx) -> list[str]:
    """The cost of goods sold is the cost of delivered lines, less that of what came back."""
    return _differ(accounts.COGS, _balance(tx, accounts.COGS), int(tx.value(_COST_OF_SOLD)))


def wallets_hold_payments_less_refunds_and_fees(tx: Tx) -> list[str]:
    """What came into and left each pocket for customers is what payments, those taken back, credits and refunds say."""
    received, refunded = defaultdict[str, int](int), defaultdict[str, int](int)
    for came in (_RECEIVED, _KEPT_AS_CREDIT, _CAME_AND_WENT):
        for method, amount in _sums(tx, came).items():
            received[account_of(method)] += amount
    for method, amount in _sums(tx, _TAKEN_BACK).items():
        refunded[account_of(method)] += amount
    for went in (_REFUNDED, _SENT):
        for pocket, amount in _sums(tx, went).items():
            refunded[accounts.cash(pocket)] += amount
    incoming, outgoing = _sums(tx, _INTO_WALLETS), _sums(tx, _OUT_OF_WALLETS)
    wrong = []
    for account in sorted({*received, *refunded}):
        wrong += _differ(f"{account} in", incoming.get(account, 0), received[account])
        wrong += _differ(f"{account} out", outgoing.get(account, 0), refunded[account])
    return wrong


def _sums(tx: Tx, query: Statement[_Sum]) -> Mapping[str, int]:
    return {row.of: int(row.poisha) for row in tx.rows(query)}


def _balance(tx: Tx, account: str) -> int:
    return next((b.balance_poisha for b in trial_balance(tx) if b.account == account), 0)


def _differ(what: str, books: int, rows: int) -> list[str]:
    return [] if books == rows else [f"{what}: the books say {taka(books)}, the rows say {taka(rows)}"]
