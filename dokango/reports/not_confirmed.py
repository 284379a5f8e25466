"""How much of what was booked as revenue is of orders that nobody has confirmed? It is booked, and it is not sure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, case, func, or_, select, text

from dokango.db import Tx, table_of, typed
from dokango.ledger import accounts
from dokango.ledger.models import Posting
from dokango.money import taka
from dokango.orders.book.models import Order
from dokango.orders.book.queues import OPEN
from dokango.reports.books.profit import Earned, ProfitReport
from dokango.reports.kit.periods import Period, day_number, day_of_number
from dokango.reports.kit.places import Told, counted
from dokango.reports.kit.snapshot import Snapshot

_P, _O = table_of(Posting), table_of(Order)
_DAY = day_number(_P.c.happened_at).label("day")
_SOLD, _TAKEN_BACK = (
    or_(*(side.like(f"{head}:%") for head in accounts.heads_of("income"))) for side in (_P.c.credit, _P.c.debit)
)
# The open orders have an index of their own: however many orders there are, few are pending.
_PENDING = select(_O.c.id).where(text(OPEN), _O.c.status == "pending")


class _Waiting(NamedTuple):
    day: int
    amount_poisha: int
    orders: int


_BY_DAY = typed(
    _Waiting,
    select(
        _DAY,
        func.sum(case((_SOLD, _P.c.amount_poisha), else_=-_P.c.amount_poisha)).label("amount_poisha"),
        func.count(_P.c.order_id.distinct()).label("orders"),
    )
    .where(
        _P.c.order_id.in_(_PENDING),
        _P.c.happened_at >= bindparam("since"),
        _P.c.happened_at < bindparam("until"),
        or_(_SOLD, _TAKEN_BACK),
    )
    .group_by(_DAY),
)


@dataclass(frozen=True, slots=True)
class NotConfirmed:
    """Revenue of pending orders by the day on which it was booked, and how many orders that are."""

    by_day: Mapping[date, int]
    orders: int

    @property
    def amount_poisha(self) -> int:
        """All of it."""
        return sum(self.by_day.values())

    def by_period(self, by: str) -> Mapping[str, int]:
        """The same under "2026-11-22" or, `by` "month", under "2026-11"."""
        periods: dict[str, int] = defaultdict(int)
        for day, amount_poisha in self.by_day.items():
            periods[day.isoformat()[: 10 if by == "day" else 7]] += amount_poisha
        return periods


def not_confirmed(tx: Tx, span: Period) -> NotConfirmed:
    """What was booked in `span` of orders that are pending now."""
    rows = tx.rows(_BY_DAY, since=span.since_us, until=span.until_us)
    return NotConfirmed({day_of_number(row.day): int(row.amount_poisha) for row in rows}, sum(r.orders for r in rows))


def less_unconfirmed(report: ProfitReport, found: NotConfirmed, by: str) -> ProfitReport:
    """`report` with the revenue that is sure: what is not confirmed yet is taken out of its periods and totals."""
    periods = found.by_period(by)
    return ProfitReport(
        tuple(_less(row, periods.get(row.period, 0)) for row in report.rows),
        _less(report.totals, found.amount_poisha),
    )


def told(seen: Snapshot) -> Told:
    """The tile; it opens to the orders."""
    found, span = seen.the(seen_now), seen.span
    url = f"/orders?tab=all&status=pending&from={span.first}&to={span.last}"
    return Told(taka(found.amount_poisha), url, f"{counted(found.orders, 'order')}, not in revenue or profit")


def seen_now(seen: Snapshot) -> NotConfirmed:
    """Of the snapshot's days."""
    return not_confirmed(seen.tx, seen.span)


def _less(row: Earned, amount_poisha: int) -> Earned:
    return Earned(row.period, row.revenue_poisha - amount_poisha, row.cogs_poisha, row.expenses_poisha)
