"""What did the shop earn, as tiles and charts? Of what is sure: revenue of open orders stands apart."""

from __future__ import annotations

from datetime import timedelta

from dokango.money import taka
from dokango.reports.books.bases import REALISED
from dokango.reports.books.profit import Earned, ProfitReport, profit_rows
from dokango.reports.kit.figures import standing_figure, trace
from dokango.reports.kit.periods import Period, period_words
from dokango.reports.kit.places import Figure, Told, compared
from dokango.reports.kit.snapshot import Snapshot
from dokango.reports.not_confirmed import less_unconfirmed, not_confirmed, seen_now


def earned(seen: Snapshot) -> ProfitReport:
    """The profit of the snapshot's days, by day or month."""
    report = profit_rows(seen.tx, seen.span.first, seen.span.last, seen.by, seen.basis)
    return report if seen.basis == REALISED else less_unconfirmed(report, seen.the(seen_now), seen.by)


def earned_before(seen: Snapshot) -> Earned:
    """All of the days before."""
    before = seen.span.before()
    report = profit_rows(seen.tx, before.first, before.last, seen.by, seen.basis)
    sure = report if seen.basis == REALISED else less_unconfirmed(report, not_confirmed(seen.tx, before), seen.by)
    return sure.totals


def profit_told(seen: Snapshot) -> Told:
    """The tile of the profit."""
    now, then = seen.the(earned).totals.profit_poisha, seen.the(earned_before).profit_poisha
    return compared(taka(now), now, then, seen.span, _statement_url(seen))


def revenue_told(seen: Snapshot) -> Told:
    """The tile of the revenue."""
    now, then = seen.the(earned).totals.revenue_poisha, seen.the(earned_before).revenue_poisha
    return compared(taka(now), now, then, seen.span, _statement_url(seen))


def profit_figure(seen: Snapshot) -> Figure:
    """Profit as bars, revenue as a line."""
    rows = every_period(seen.the(earned), seen.span, seen.by)
    periods = [row.period for row in rows]
    profit, revenue = [row.profit_poisha for row in rows], [row.revenue_poisha for row in rows]
    said = [
        f"{period_words(r.period)}: profit {taka(r.profit_poisha)} on revenue of {taka(r.revenue_poisha)}" for r in rows
    ]
    data = [trace("bar", "Profit", periods, profit, said), trace("scatter", "Revenue", periods, revenue, said)]
    data[1].update(mode="lines+markers" if len(rows) < 2 else "lines", line={"width": 2, "shape": "linear"})
    return standing_figure(data, periods, [*profit, *revenue])


def revenue_and_cost_figure(seen: Snapshot) -> Figure:
    """Revenue and cost of goods, side by side."""
    rows = every_period(seen.the(earned), seen.span, seen.by)
    periods = [row.period for row in rows]
    revenue, cogs = [row.revenue_poisha for row in rows], [row.cogs_poisha for row in rows]
    said = [
        f"{period_words(r.period)}: revenue {taka(r.revenue_poisha)}, cost of goods {taka(r.cogs_poisha)}" for r in rows
    ]
    data = [trace("bar", "Revenue", periods, revenue, said), trace("bar", "Cost of goods", periods, cogs, said)]
    return standing_figure(data, periods, [*revenue, *cogs])


def every_period(report: ProfitReport, span: Period, by: str) -> list[Earned]:
    """The report's rows with the quiet days or months between them, oldest first."""
    known = {row.period: row for row in report.rows}
    days = [span.first + timedelta(days=n) for n in range(span.days)]
    keys = dict.fromkeys(day.isoformat()[: 10 if by == "day" else 7] for day in days)
    return [known.get(key, Earned(key, 0, 0, 0)) for key in keys]


def _statement_url(seen: Snapshot) -> str:
    return f"/books?tab=profit&from={seen.span.first}&to={seen.span.last}&basis={seen.basis}"
