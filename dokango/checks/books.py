"""Invariants of the books."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Text, and_, case, cast, func, literal, or_, select

from dokango.audit import Event
from dokango.checks.forgiven import forgiven_in
from dokango.couriers.models import Shipment
from dokango.db import Statement, Tx, table_of
from dokango.errors import NotFound
from dokango.ledger import accounts
from dokango.ledger.balances import trial_balance
from dokango.ledger.models import Posting
from dokango.money import POISHA_PER_TAKA, taka
from dokango.orders.book.models import Order, OrderLine
from dokango.orders.claims.models import CourierClaim
from dokango.orders.lifecycle.table import TABLE
from dokango.payments.methods import account_of
from dokango.payments.models import CreditEntry, GivenBack, Payment, Refund
from dokango.stock.models import Level

_P = table_of(Posting)
_O = table_of(Order)
_E = table_of(Event)
_LINE = table_of(OrderLine)
_S = table_of(Shipment)
_CC = table_of(CourierClaim)
_ONCE = or_(
    _E.c.action == "place",  # an order begins with it
    *(and_(_E.c.action == row.action, _E.c.from_status.in_(row.sources)) for row in TABLE if row.once and row.sources),
)


def _sum(column: Any) -> Statement:
    return Statement(select(func.coalesce(func.sum(column), 0)))


def _by_method(table: Any, *conditions: Any) -> Statement:
    return Statement(
        select(table.c.method, func.sum(table.c.amount_poisha)).where(*conditions).group_by(table.c.method)
    )


def _posted_to(side: Any, *conditions: Any) -> Statement:
    return Statement(select(side, func.sum(_P.c.amount_poisha)).where(*conditions).group_by(side))


def _net(debit: Any, credit: Any, name: str) -> Any:
    signed = case((debit, _P.c.amount_poisha), else_=0) - case((credit, _P.c.amount_poisha), else_=0)
    return func.sum(signed).label(name)


def _net_of(account: str, name: str) -> Any:
    return _net(_P.c.debit == account, _P.c.credit == account, name)


_DUE = _sum(_O.c.due_poisha)
_REFUND_DUE = _sum(_O.c.refund_due_poisha)
_COURIER_DUE = _sum(_O.c.courier_due_poisha)
_STOCK_VALUE = _sum(table_of(Level).c.value_poisha)
_COST_OF_SOLD = _sum(_LINE.c.cost_poisha - _LINE.c.returned_cost_poisha)
_RECEIVED = _by_method(table_of(Payment))
_REFUNDED = _by_method(table_of(Refund))
_CE, _G = table_of(CreditEntry), table_of(GivenBack)
_KEPT_AS_CREDIT = _by_method(_CE, _CE.c.trx_id != "")
_CAME_AND_WENT = _by_method(_G, _G.c.trx_id != "")
_SENT = Statement(select(_G.c.sent_by, func.sum(_G.c.amount_poisha)).group_by(_G.c.sent_by))
_OWED_BACK = (accounts.PAYABLE_REFUNDS, accounts.PAYABLE_CREDITS, accounts.PAYABLE_NOBODYS)
_INTO_WALLETS = _posted_to(
    _P.c.debit, _P.c.credit.in_([accounts.RECEIVABLE_CUSTOMERS, *_OWED_BACK]), _P.c.debit.like("cash:%")
)
_OUT_OF_WALLETS = _posted_to(_P.c.credit, _P.c.debit.in_(_OWED_BACK), _P.c.credit.like("cash:%"))
_COURIERS = "receivable:courier:%"
_EACH_ORDER = Statement(
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
    .group_by(_O.c.id, _O.c.number, _O.c.due_poisha, _O.c.refund_due_poisha, _O.c.courier_due_poisha)
)
_OF_PRICES = and_(
    _P.c.order_id == _O.c.id,
    or_(
        and_(_P.c.debit == accounts.RECEIVABLE_CUSTOMERS, _P.c.credit.in_(accounts.PRICES)),
        and_(_P.c.credit == accounts.RECEIVABLE_CUSTOMERS, _P.c.debit.in_(accounts.PRICES)),
    ),
)
_PRICES = Statement(
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
_KEPT = Statement(
    select(
        _O.c.number,
        _O.c.kept_poisha,
        func.coalesce(_net(_P.c.credit == accounts.REVENUE_KEPT, _P.c.debit == accounts.REVENUE_KEPT, "kept"), 0).label(
            "posted"
        ),
    )
    .select_from(_O.outerjoin(_P, and_(_P.c.order_id == _O.c.id, _OF_KEPT)))
    .where(or_(_O.c.kept_poisha > 0, _P.c.id.is_not(None)))
    .group_by(_O.c.id, _O.c.number, _O.c.kept_poisha)
)
_CLAIMS = Statement(
    select(_CC.c.id, _CC.c.paid_poisha, func.coalesce(func.sum(_P.c.amount_poisha), 0).label("posted"))
    .select_from(
        _CC.outerjoin(_E, _E.c.key == literal("claim/") + cast(_CC.c.id, Text) + "/paid").outerjoin(
            _P, and_(_P.c.event_id == _E.c.id, _P.c.debit == accounts.CASH_BANK)
        )
    )
    .group_by(_CC.c.id, _CC.c.paid_poisha)
)
_DONE_TWICE = Statement(
    select(_O.c.number, _E.c.action, func.count().label("times"))
    .join(_O, _O.c.id == _E.c.order_id)
    .where(_ONCE)
    .group_by(_O.c.number, _E.c.action)
    .having(func.count() > 1)
)
_ROUNDING = (accounts.ROUNDING_GAIN, accounts.ROUNDING_LOSS)
_NO_ROUNDING = Statement(
    select(_P.c.key, _P.c.amount_poisha, _E.c.data)
    .join(_E, _E.c.id == _P.c.event_id)
    .where(or_(_P.c.debit.in_(_ROUNDING), _P.c.credit.in_(_ROUNDING)), _P.c.amount_poisha >= POISHA_PER_TAKA)
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
    """What came into and left each pocket for customers is what payments, credits and refunds say."""
    received, refunded = defaultdict[str, int](int), defaultdict[str, int](int)
    for came in (_RECEIVED, _KEPT_AS_CREDIT, _CAME_AND_WENT):
        for method, amount in _sums(tx, came).items():
            received[account_of(method)] += amount
    for went in (_REFUNDED, _SENT):
        for pocket, amount in _sums(tx, went).items():
            refunded[accounts.cash(pocket)] += amount
    incoming, outgoing = _sums(tx, _INTO_WALLETS), _sums(tx, _OUT_OF_WALLETS)
    wrong = []
    for account in sorted({*received, *refunded}):
        wrong += _differ(f"{account} in", incoming.get(account, 0), received[account])
        wrong += _differ(f"{account} out", outgoing.get(account, 0), refunded[account])
    return wrong


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


def _sums(tx: Tx, query: Statement) -> Mapping[str, int]:
    return {row[0]: int(row[1]) for row in tx.rows(query)}


def _balance(tx: Tx, account: str) -> int:
    return next((b.balance_poisha for b in trial_balance(tx) if b.account == account), 0)


def _differ(what: str, books: int, rows: int) -> list[str]:
    return [] if books == rows else [f"{what}: the books say {taka(books)}, the rows say {taka(rows)}"]
