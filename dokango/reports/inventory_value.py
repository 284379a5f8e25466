"""What was the stock worth at the end of each day?"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from sqlalchemy import bindparam, func, select

from dokango.db import Statement, Tx, table_of, typed
from dokango.money import POISHA_PER_TAKA, grouped, taka
from dokango.reports.cover import cover_lately
from dokango.reports.kit.figures import short_taka, standing_figure, trace
from dokango.reports.kit.periods import Period, day_number, day_of_number, period_words
from dokango.reports.kit.places import Figure, Line, Told, change_words
from dokango.reports.kit.snapshot import Snapshot
from dokango.stock.models import Movement

_M = table_of(Movement)
_DAY = day_number(_M.c.happened_at).label("day")
_OPENING = Statement(select(func.sum(_M.c.value_delta_poisha)).where(_M.c.happened_at < bindparam("since")))
_MOST_POINTS = 200
MOST_LINES = 60  # of a table behind a chart


class _Changed(NamedTuple):
    day: int
    change: int


_BY_DAY = typed(
    _Changed,
    select(_DAY, func.sum(_M.c.value_delta_poisha).label("change"))
    .where(_M.c.happened_at >= bindparam("since"), _M.c.happened_at < bindparam("until"))
    .group_by(_DAY),
)


def value_by_day(tx: Tx, span: Period) -> pd.Series:
    """Poisha at the end of each day of `span`, indexed by date; a day without movements keeps the day before's."""
    opening = int(tx.value(_OPENING, since=span.since_us) or 0)
    rows = tx.rows(_BY_DAY, since=span.since_us, until=span.until_us)
    changes = pd.Series({day_of_number(row.day): int(row.change) for row in rows}, dtype="int64")
    every_day = [day.date() for day in pd.date_range(span.first, span.last)]
    return opening + changes.reindex(every_day, fill_value=0).cumsum()


def told(seen: Snapshot) -> Told:
    """The tile: worth at the end, against the start, and how long it lasts."""
    values, days = seen.the(_seen), seen.the(cover_lately).days
    stock, opening = int(values.iloc[-1]), int(values.iloc[0])
    lasts = f"lasts {grouped(days)} days at this pace" if days is not None else ""
    return Told(taka(stock), "/stock", hint=lasts, change=change_words(stock, opening, "at the start"))


def figure(seen: Snapshot) -> Figure:
    """The chart: worth at the end of each day, the last value written at its end."""
    values = seen.the(_seen)
    step = -(-len(values) // _MOST_POINTS) if len(values) else 1
    shown = values.iloc[::-1].iloc[::step].iloc[::-1]  # counted from the end: the last day is always there
    days = [day.isoformat() for day in shown.index]
    amounts = [int(value) for value in shown]
    said = [f"{period_words(day)}: stock worth {taka(amount)}" for day, amount in zip(days, amounts, strict=True)]
    line = trace("scatter", "Stock value", days, amounts, said)
    line.update(mode="lines", line={"width": 2, "shape": "hv"})
    drawn = standing_figure([line], days, amounts)
    if amounts:
        drawn["layout"]["annotations"] = [
            {
                "x": days[-1], "y": amounts[-1] / POISHA_PER_TAKA, "text": short_taka(amounts[-1]), "showarrow": False,
                "xanchor": "right", "yanchor": "bottom", "yshift": 4,
            }
        ]  # fmt: skip
    return drawn


def lines(seen: Snapshot) -> list[Line]:
    """The table behind it: the days on which the value changed, newest first."""
    values = seen.the(_seen)
    changed = list(values[values.diff().fillna(1) != 0].items())
    return [
        Line(period_words(str(day)), taka(int(value), exact=True)) for day, value in changed[: -MOST_LINES - 1 : -1]
    ]


def _seen(seen: Snapshot) -> pd.Series:
    return value_by_day(seen.tx, seen.span)
