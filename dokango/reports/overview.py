"""All that the owner's page shows: every row of the register, read on one snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dokango.db import Tx
from dokango.reports.books.bases import BOOKED
from dokango.reports.books.profit import Earned
from dokango.reports.kit.periods import Period
from dokango.reports.kit.places import Chart, Figure, GoingWrong, Line, SmallList, Tile, Told, Warnings
from dokango.reports.kit.snapshot import Snapshot
from dokango.reports.profit_shown import earned
from dokango.reports.register import standing


@dataclass(frozen=True, slots=True)
class Overview:
    """A period as the page shows it: tiles under their labels, charts and lists under their keys."""

    tiles: tuple[tuple[str, Told], ...]
    charts: dict[str, Figure]
    lists: dict[str, tuple[Line, ...]]
    periods: tuple[Earned, ...]
    wrong: tuple[GoingWrong, ...]


def overview(tx: Tx, first: date, last: date, by: str, now_us: int, basis: str = BOOKED) -> Overview:
    """The owner's page for `first` to `last`, profit by "day" or "month", revenue as booked or as realised."""
    seen = Snapshot(tx, Period(first, last), by, now_us, basis)
    charts = tuple(standing(Chart))
    tables = {chart.key: chart.table for chart in charts if chart.table}
    tables.update({small.key: small.table for small in standing(SmallList)})
    return Overview(
        tiles=tuple((tile.label, tile.told(seen)) for tile in standing(Tile)),
        charts={chart.key: chart.figure(seen) for chart in charts},
        lists={key: tuple(table.lines(seen)) for key, table in tables.items()},
        periods=seen.the(earned).rows,
        wrong=tuple(going_wrong for warnings in standing(Warnings) for going_wrong in warnings.found(seen)),
    )
