"""Which orders made a period's profit? The rows that a bar of the chart opens to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Column, ColumnElement, Label, case, func, select

from dokango.db import Statement, Tx, table_of, typed
from dokango.ledger import accounts
from dokango.ledger.models import Posting
from dokango.orders.book.models import Order
from dokango.reports.periods import Period

_P, _O = table_of(Posting), table_of(Order)


class _Sums(NamedTuple):
    revenue: int
    cogs: int
    expenses: int


class _Part(NamedTuple):
    order_id: int
    number: str
    name: str
    status: str
    revenue: int
    cogs: int
    expenses: int


@dataclass(frozen=True, slots=True)
class Behind:
    """One order's part in a period. `number` is "" for what belongs to no order: write-offs of counts."""

    number: str
    name: str
    status: str
    revenue_poisha: int
    cogs_poisha: int
    expenses_poisha: int

    @property
    def profit_poisha(self) -> int:
        """Revenue less cost and expenses."""
        return self.revenue_poisha - self.cogs_poisha - self.expenses_poisha


@dataclass(frozen=True, slots=True)
class BehindPage:
    """One page, newest order first; `next_cursor` opens the next (None on the last)."""

    rows: tuple[Behind, ...]
    next_cursor: int | None


def orders_behind(tx: Tx, span: Period, *, cursor: int | None = None, limit: int = 25) -> BehindPage:
    """The orders with income or expenses in `span`; what belongs to no order comes first, as one row."""
    grouped = _grouped(span, cursor, limit + 1)
    rows = tx.rows(grouped)
    page = rows[:limit]
    more = int(page[-1].order_id) if len(rows) > limit else None
    return BehindPage((*_without_order(tx, span, cursor), *map(_behind, page)), more)


def _net(condition: ColumnElement[bool], other: ColumnElement[bool]) -> ColumnElement[int]:
    """Debits of some accounts less their credits."""
    return func.coalesce(func.sum(case((condition, _P.c.amount_poisha), else_=0)), 0) - func.coalesce(
        func.sum(case((other, _P.c.amount_poisha), else_=0)), 0
    )


def _sums() -> tuple[Label[int], ...]:
    def expense(column: Column[str]) -> ColumnElement[bool]:
        return column.like("expense:%") & (column != accounts.COGS)

    return (
        _net(_P.c.credit.like("revenue:%"), _P.c.debit.like("revenue:%")).label("revenue"),
        _net(_P.c.debit == accounts.COGS, _P.c.credit == accounts.COGS).label("cogs"),
        _net(expense(_P.c.debit), expense(_P.c.credit)).label("expenses"),
    )


def _of(span: Period) -> tuple[ColumnElement[bool], ...]:
    touched = [column.like(f"{kind}:%") for column in (_P.c.debit, _P.c.credit) for kind in ("revenue", "expense")]
    return (
        _P.c.happened_at >= span.since_us,
        _P.c.happened_at < span.until_us,
        touched[0] | touched[1] | touched[2] | touched[3],
    )


def _grouped(span: Period, cursor: int | None, limit: int) -> Statement[_Part]:
    older = () if cursor is None else (_P.c.order_id < cursor,)
    parts = (
        select(_P.c.order_id, *_sums())
        .where(*_of(span), _P.c.order_id.is_not(None), *older)
        .group_by(_P.c.order_id)
        .order_by(_P.c.order_id.desc())
        .limit(limit)
        .subquery()
    )
    columns = (parts.c.order_id, _O.c.number, _O.c.name, _O.c.status, parts.c.revenue, parts.c.cogs, parts.c.expenses)
    joined = select(*columns).join(_O, _O.c.id == parts.c.order_id).order_by(parts.c.order_id.desc())
    return typed(_Part, joined)


def _without_order(tx: Tx, span: Period, cursor: int | None) -> list[Behind]:
    """On the first page: one row for all that belongs to no order, when there is any."""
    if cursor is not None:
        return []
    without = select(*_sums()).where(*_of(span), _P.c.order_id.is_(None))
    figures = _figures(tx.only(typed(_Sums, without)))
    return [Behind("", "", "", *figures)] if any(figures) else []


def _figures(row: _Sums | _Part) -> tuple[int, int, int]:
    return int(row.revenue), int(row.cogs), int(row.expenses)


def _behind(row: _Part) -> Behind:
    return Behind(row.number, row.name, row.status, *_figures(row))
