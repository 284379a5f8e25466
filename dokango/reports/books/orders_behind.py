"""Which orders made a period's profit? The rows that a bar of the chart opens to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Column, ColumnElement, Label, and_, case, func, or_, select

from dokango.couriers.models import Shipment
from dokango.db import Tx, table_of, typed
from dokango.ledger import accounts
from dokango.ledger.models import Posting
from dokango.orders.book.models import Order
from dokango.paging import ROWS, Page, Paged
from dokango.reports.books.bases import BOOKED, REALISED, realised_in
from dokango.reports.kit.periods import Period

_P, _O, _S = table_of(Posting), table_of(Order), table_of(Shipment)


class _Sums(NamedTuple):
    revenue: int
    cogs: int
    expenses: int


class _Part(NamedTuple):
    order_id: int
    revenue: int
    cogs: int
    expenses: int


class _Named(NamedTuple):
    id: int
    number: str
    name: str
    status: str


class _Expected(NamedTuple):
    order_id: int
    expected: int


@dataclass(frozen=True, slots=True)
class Behind:
    """One order's part in a period. `number` is "" for what belongs to no order: write-offs of counts.

    `expected_poisha`: what its courier should charge and is not booked yet, in the period of its delivery.
    """

    number: str
    name: str
    status: str
    revenue_poisha: int
    cogs_poisha: int
    expenses_poisha: int
    expected_poisha: int = 0

    @property
    def unconfirmed_poisha(self) -> int:
        """What of its revenue is not sure yet."""
        return self.revenue_poisha if self.status == "pending" else 0

    @property
    def profit_poisha(self) -> int:
        """Revenue less cost and expenses."""
        return self.revenue_poisha - self.cogs_poisha - self.expenses_poisha


def orders_behind(tx: Tx, span: Period, cursor: str = "", size: int = ROWS, *, basis: str = BOOKED) -> Page[Behind]:
    """A page of the orders with income or expenses in `span`, as booked or as realised, newest first.

    Raises NotOurCursor. What belongs to no order stands over the first page's orders, as one row more.
    """
    parts = (
        select(_P.c.order_id, *_sums())
        .select_from(_P.join(_O, _O.c.id == _P.c.order_id))
        .where(_TOUCHES, realised_in(span) if basis == REALISED else _posted_in(span))
        .group_by(_P.c.order_id)
    )
    page = Paged(_Part, parts, by=(_P.c.order_id,), descending=True).page(tx, cursor, size)
    over = _without_order(tx, span) if page.previous is None else []
    return page.of((*over, *_behind(tx, page.rows)))


def _net(condition: ColumnElement[bool], other: ColumnElement[bool]) -> ColumnElement[int]:
    """Debits of some accounts less their credits."""
    return func.coalesce(func.sum(case((condition, _P.c.amount_poisha), else_=0)), 0) - func.coalesce(
        func.sum(case((other, _P.c.amount_poisha), else_=0)), 0
    )


def _sums() -> tuple[Label[int], ...]:
    def income(column: Column[str]) -> ColumnElement[bool]:
        return _of_kind(column, "income")

    def expense(column: Column[str]) -> ColumnElement[bool]:
        return _of_kind(column, "expense") & (column != accounts.COGS)

    return (
        _net(income(_P.c.credit), income(_P.c.debit)).label("revenue"),
        _net(_P.c.debit == accounts.COGS, _P.c.credit == accounts.COGS).label("cogs"),
        _net(expense(_P.c.debit), expense(_P.c.credit)).label("expenses"),
    )


def _posted_in(span: Period) -> ColumnElement[bool]:
    return and_(_P.c.happened_at >= span.since_us, _P.c.happened_at < span.until_us)


def _of_kind(column: Column[str], kind: str) -> ColumnElement[bool]:
    return or_(*(column.like(f"{head}:%") for head in accounts.heads_of(kind)))


_TOUCHES = or_(*(_of_kind(column, kind) for column in (_P.c.debit, _P.c.credit) for kind in ("income", "expense")))


def _without_order(tx: Tx, span: Period) -> list[Behind]:
    """One row for all that belongs to no order, when there is any."""
    without = select(*_sums()).where(_TOUCHES, _posted_in(span), _P.c.order_id.is_(None))
    figures = _figures(tx.only(typed(_Sums, without)))
    return [Behind("", "", "", *figures)] if any(figures) else []


def _figures(row: _Sums | _Part) -> tuple[int, int, int]:
    return int(row.revenue), int(row.cogs), int(row.expenses)


def _behind(tx: Tx, parts: Sequence[_Part]) -> list[Behind]:
    wanted = select(_O.c.id, _O.c.number, _O.c.name, _O.c.status).where(_O.c.id.in_([part.order_id for part in parts]))
    orders = {order.id: order for order in tx.rows(typed(_Named, wanted))} if parts else {}
    expected = _expected(tx, [part.order_id for part in parts if part.cogs])
    found = [(orders[part.order_id], _figures(part)) for part in parts]
    return [
        Behind(order.number, order.name, order.status, *figures, expected_poisha=expected.get(order.id, 0))
        for order, figures in found
    ]


def _expected(tx: Tx, order_ids: Sequence[int]) -> dict[int, int]:
    """The charges of these orders' parcels that are expected and not known yet, by the order's id."""
    wanted = (
        select(_S.c.order_id, func.sum(_S.c.expected_charge_poisha).label("expected"))
        .where(_S.c.order_id.in_(order_ids), _S.c.charge_poisha.is_(None), _S.c.expected_charge_poisha > 0)
        .where(_S.c.booking.in_(("booked", "superseded")))
        .group_by(_S.c.order_id)
    )
    return {row.order_id: int(row.expected) for row in tx.rows(typed(_Expected, wanted))} if order_ids else {}
