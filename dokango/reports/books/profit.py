"""What did the shop earn, day by day or month by month? From postings alone, so it agrees with the trial balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pandas as pd
from sqlalchemy import bindparam, func, select

from dokango.db import Tx, table_of, typed
from dokango.errors import InvalidInput
from dokango.ledger import accounts
from dokango.ledger.balances import account_pairs
from dokango.ledger.models import Posting
from dokango.reports.books.bases import BOOKED, REALISED, known_basis, realised_income
from dokango.reports.kit.periods import Period, day_number, day_of_number, period

_P = table_of(Posting)
_DAY = day_number(_P.c.happened_at).label("day")


class _Moved(NamedTuple):
    day: int
    amount_poisha: int


# Grouped in the database, one stretch of the index for each pair of accounts: a few rows a day come out.
_BY_DAY = typed(
    _Moved,
    select(_DAY, func.sum(_P.c.amount_poisha).label("amount_poisha"))
    .where(
        _P.c.debit == bindparam("debit"),
        _P.c.credit == bindparam("credit"),
        _P.c.happened_at >= bindparam("since"),
        _P.c.happened_at < bindparam("until"),
    )
    .group_by(_DAY),
)
FIGURES = ("revenue", "cogs", "expenses")
GROUPINGS = ("day", "month")


@dataclass(frozen=True, slots=True)
class Earned:
    """One period: revenue is sales and delivery less returns; expenses are all costs but that of the goods."""

    period: str  # "2026-11-22" or "2026-11"
    revenue_poisha: int
    cogs_poisha: int
    expenses_poisha: int

    @property
    def profit_poisha(self) -> int:
        """Revenue less cost of goods and expenses."""
        return self.revenue_poisha - self.cogs_poisha - self.expenses_poisha


@dataclass(frozen=True, slots=True)
class ProfitReport:
    """The periods in which anything was posted, oldest first, and their sum (its period is "")."""

    rows: tuple[Earned, ...]
    totals: Earned


def profit_rows(tx: Tx, first: date, last: date, by: str = "day", basis: str = BOOKED) -> ProfitReport:
    """Profit from `first` to `last` (Dhaka days, both included), by "day" or "month", as booked or as realised.

    Raises InvalidInput under "from", "to", "by" or "basis".
    """
    if by not in GROUPINGS:
        raise InvalidInput({"by": f"“{by[:40]}” is not known. Choose day or month."})
    days = earned_by_day(tx, first, last, known_basis(basis))
    keys = pd.Index([day.isoformat()[: 10 if by == "day" else 7] for day in days.index], dtype="object")
    grouped = days.groupby(keys).sum()
    return ProfitReport(
        tuple(_earned(str(key), row) for key, row in zip(grouped.index, grouped.to_numpy().tolist(), strict=True)),
        _earned("", days.sum().tolist()),
    )


def earned_by_day(tx: Tx, first: date, last: date, basis: str = BOOKED) -> pd.DataFrame:
    """One row for each day on which anything counts: revenue, cogs and expenses in poisha, indexed by date."""
    span = period(first, last)
    sides = [
        (day_of_number(row.day), figure, sign * int(row.amount_poisha))
        for debit, credit in account_pairs(tx)
        if _figure(debit) or _figure(credit)
        for row in tx.rows(_BY_DAY, debit=debit, credit=credit, since=span.since_us, until=span.until_us)
        for account, sign in ((debit, 1), (credit, -1))
        if (figure := _figure(account))
    ]
    if basis == REALISED:
        sides = [side for side in sides if side[1] != "revenue"] + _realised(tx, span)
    frame = pd.DataFrame(sides, columns=["day", "figure", "poisha"])
    wide = frame.pivot_table(index="day", columns="figure", values="poisha", aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=list(FIGURES), fill_value=0).astype("int64").sort_index()
    wide["revenue"] = -wide["revenue"]  # income is credited
    return wide


def _realised(tx: Tx, span: Period) -> list[tuple[date, str, int]]:
    return [
        (day_of_number(row.day), "revenue", sign * int(row.amount_poisha))
        for row in realised_income(tx, span)
        for account, sign in ((row.debit, 1), (row.credit, -1))
        if _figure(account) == "revenue"
    ]


def _figure(account: str) -> str:
    """Which figure of the report an account belongs to; "" for those of the balance sheet."""
    if account == accounts.COGS:
        return "cogs"
    return {"income": "revenue", "expense": "expenses"}.get(accounts.kind_of(account), "")


def _earned(key: str, figures: Sequence[int]) -> Earned:
    revenue, cogs, expenses = (int(figure) for figure in figures)
    return Earned(key, revenue, cogs, expenses)
