"""Reports as plotly figures: data and layout alone. Colours come from the page's theme, in the order of the traces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd

from dokango.clock import said_day
from dokango.money import POISHA_PER_TAKA, taka
from dokango.reports.funnel import Funnel
from dokango.reports.inventory import InventoryReport
from dokango.reports.periods import Period
from dokango.reports.profit import Earned, ProfitReport

Figure = dict[str, Any]
_LAKH, _CRORE = 100_000, 10_000_000
_MOST_TICKS = 5
_MOST_POINTS = 200
MOST_PRODUCTS = 10
_HEIGHT, _LINE_HEIGHT = 260, 30


def profit_figure(report: ProfitReport, span: Period, by: str) -> Figure:
    """Profit as bars, revenue as a line."""
    rows = every_period(report, span, by)
    periods = [row.period for row in rows]
    profit, revenue = [row.profit_poisha for row in rows], [row.revenue_poisha for row in rows]
    said = [
        f"{period_words(r.period)}: profit {taka(r.profit_poisha)} on revenue of {taka(r.revenue_poisha)}" for r in rows
    ]
    data = [_trace("bar", "Profit", periods, profit, said), _trace("scatter", "Revenue", periods, revenue, said)]
    data[1].update(mode="lines+markers" if len(rows) < 2 else "lines", line={"width": 2, "shape": "linear"})
    return _figure(data, periods, [*profit, *revenue])


def revenue_and_cost_figure(report: ProfitReport, span: Period, by: str) -> Figure:
    """Revenue and cost of goods, side by side."""
    rows = every_period(report, span, by)
    periods = [row.period for row in rows]
    revenue, cogs = [row.revenue_poisha for row in rows], [row.cogs_poisha for row in rows]
    said = [
        f"{period_words(r.period)}: revenue {taka(r.revenue_poisha)}, cost of goods {taka(r.cogs_poisha)}" for r in rows
    ]
    data = [_trace("bar", "Revenue", periods, revenue, said), _trace("bar", "Cost of goods", periods, cogs, said)]
    return _figure(data, periods, [*revenue, *cogs])


def stock_value_figure(values: pd.Series) -> Figure:
    """What the stock was worth at the end of each day, the last value written at its end."""
    step = -(-len(values) // _MOST_POINTS) if len(values) else 1
    shown = values.iloc[::-1].iloc[::step].iloc[::-1]  # counted from the end: the last day is always there
    days = [day.isoformat() for day in shown.index]
    amounts = [int(value) for value in shown]
    said = [f"{period_words(day)}: stock worth {taka(amount)}" for day, amount in zip(days, amounts, strict=True)]
    trace = _trace("scatter", "Stock value", days, amounts, said)
    trace.update(mode="lines", line={"width": 2, "shape": "hv"})
    figure = _figure([trace], days, amounts)
    if amounts:
        figure["layout"]["annotations"] = [
            {
                "x": days[-1], "y": amounts[-1] / POISHA_PER_TAKA, "text": short_taka(amounts[-1]), "showarrow": False,
                "xanchor": "right", "yanchor": "bottom", "yshift": 4,
            }
        ]  # fmt: skip
    return figure


def product_value_figure(report: InventoryReport) -> Figure:
    """The products that hold the most value, and all others together."""
    held = value_by_product(report)
    bars = held[:MOST_PRODUCTS]
    rest = sum(value for _, value in held[MOST_PRODUCTS:])
    if rest:
        bars.append((f"{len(held) - MOST_PRODUCTS} others", rest))
    return _lying([(title, value, short_taka(value), f"{title}: {taka(value)} of stock") for title, value in bars])


def value_by_product(report: InventoryReport) -> list[tuple[str, int]]:
    """(product, poisha) with all its variants together, the most first; products without stock are left out."""
    values: dict[str, int] = {}
    for row in report.rows:
        values[row.product] = values.get(row.product, 0) + row.value_poisha
    return sorted(((product, value) for product, value in values.items() if value), key=lambda pair: -pair[1])


def funnel_figure(funnel: Funnel) -> Figure:
    """How many orders came how far."""
    placed = funnel.steps[0].orders
    bars = []
    for step in (*funnel.steps, *funnel.lost):
        share = f" · {100 * step.orders // placed} %" if placed and step.key != "place" else ""
        said = f"{step.orders} of {placed} orders: {step.label.lower()}"
        bars.append((step.label, step.orders * POISHA_PER_TAKA, f"{step.orders}{share}", said))
    return _lying(bars)


def every_period(report: ProfitReport, span: Period, by: str) -> list[Earned]:
    """The report's rows with the quiet days or months between them, oldest first."""
    known = {row.period: row for row in report.rows}
    days = [span.first + timedelta(days=n) for n in range(span.days)]
    keys = dict.fromkeys(day.isoformat()[: 10 if by == "day" else 7] for day in days)
    return [known.get(key, Earned(key, 0, 0, 0)) for key in keys]


def period_words(period: str) -> str:
    """ "2026-11-22" → "22 Nov 2026", "2026-11" → "Nov 2026"."""
    if len(period) == len("2026-11"):
        return f"{date.fromisoformat(period + '-01'):%b %Y}"
    return said_day(date.fromisoformat(period))


def short_taka(amount_poisha: int) -> str:
    """For axes and labels: "৳45,000", "৳2.3 lakh", "৳1.2 crore"."""
    whole = abs(amount_poisha) // POISHA_PER_TAKA
    for size, word in ((_CRORE, "crore"), (_LAKH, "lakh")):
        if whole >= size:
            return f"{'−' if amount_poisha < 0 else ''}৳{f'{whole / size:.1f}'.removesuffix('.0')} {word}"
    return taka(amount_poisha // POISHA_PER_TAKA * POISHA_PER_TAKA)


def _trace(kind: str, name: str, x: Sequence[str], poisha: Sequence[int], said: Sequence[str]) -> dict[str, Any]:
    return {
        "type": kind, "name": name, "x": list(x), "y": [amount / POISHA_PER_TAKA for amount in poisha],
        "hovertext": list(said), "hoverinfo": "text",
    }  # fmt: skip


def _figure(data: list[dict[str, Any]], periods: Sequence[str], poisha: Sequence[int]) -> Figure:
    values = _ticks(min([0, *poisha]), max([0, *poisha]))
    step = max(1, -(-len(periods) // _MOST_TICKS))
    shown = list(periods[::-1][::step][::-1])
    layout = {
        **_BARE, "height": _HEIGHT,
        "xaxis": {
            "type": "category", "fixedrange": True, "tickvals": shown, "tickangle": 0, "showgrid": False,
            "ticktext": [_short_period(period) for period in shown],
        },
        "yaxis": {
            "fixedrange": True, "automargin": True, "tickvals": [value / POISHA_PER_TAKA for value in values],
            "ticktext": [short_taka(value) for value in values],
            "range": [values[0] / POISHA_PER_TAKA, values[-1] / POISHA_PER_TAKA],
        },
    }  # fmt: skip
    return {"data": data, "layout": layout}


def _lying(bars: Sequence[tuple[str, int, str, str]]) -> Figure:
    """Horizontal bars, the first on top, each with its label at its end: (name, size, label, sentence)."""
    names = [name if len(name) < 24 else f"{name[:21].rstrip()}…" for name, _, _, _ in bars]
    trace = {
        "type": "bar", "orientation": "h", "y": list(range(len(bars))),
        "x": [size / POISHA_PER_TAKA for _, size, _, _ in bars],
        "text": [label for _, _, label, _ in bars], "textposition": "outside", "cliponaxis": False, "textangle": 0,
        "hovertext": [said for _, _, _, said in bars], "hoverinfo": "text",
    }  # fmt: skip
    most = max([1, *(size for _, size, _, _ in bars)]) / POISHA_PER_TAKA
    layout = {
        **_BARE, "height": _LINE_HEIGHT * len(bars) + 16, "margin": {"l": 8, "r": 8, "t": 4, "b": 4},
        "xaxis": {"visible": False, "fixedrange": True, "range": [0, most * 1.6]},
        "yaxis": {
            "autorange": "reversed", "fixedrange": True, "automargin": True, "showgrid": False,
            "tickvals": list(range(len(bars))), "ticktext": names, "ticklabelstandoff": 6,
        },
    }  # fmt: skip
    return {"data": [trace], "layout": layout}


_BARE: dict[str, Any] = {
    "showlegend": False,
    "dragmode": False,
    "hovermode": "closest",
    "autosize": True,
    "bargap": 0.3,
    "margin": {"l": 8, "r": 24, "t": 12, "b": 28},
}


def _ticks(least: int, most: int) -> list[int]:
    """Three to six round amounts from `least` to `most`, in poisha."""
    room = max(most - least, 100 * POISHA_PER_TAKA)
    size = 10 ** (len(str(room)) - 1)
    step = next(s for s in (size // 5, size // 2, size, size * 2) if s and room // s <= 5)
    return list(range(least // step * step, most + step, step))


def _short_period(period: str) -> str:
    if len(period) == len("2026-11"):
        return f"{date.fromisoformat(period + '-01'):%b %y}"
    day = date.fromisoformat(period)
    return f"{day.day} {day:%b}"
