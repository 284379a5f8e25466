"""How long do orders wait in each stage?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
from sqlalchemy import bindparam, func, or_, select

from dokango.audit import Event, stands
from dokango.clock import US_PER_S
from dokango.db import Tx, table_of, typed
from dokango.orders.lifecycle.table import DELIVERING
from dokango.reports.kit.periods import Period
from dokango.reports.kit.places import Line
from dokango.reports.kit.snapshot import Snapshot

_E = table_of(Event)
STAGES = (
    ("place", "confirm", "To confirm"),
    ("confirm", "pack", "To pack"),
    ("pack", "ship", "To ship"),
    ("ship", "deliver", "On the way"),
)
SENT_AGAIN = "send_again"
MOST_ORDERS = 2_000  # the latest deliveries are enough to tell, whatever the shop's size
_latest = (
    select(_E.c.order_id)
    .where(
        stands(_E),
        _E.c.action.in_(DELIVERING),
        _E.c.happened_at >= bindparam("since"),
        _E.c.happened_at < bindparam("until"),
    )
    .order_by(_E.c.happened_at.desc())
    .limit(MOST_ORDERS)
    .subquery()
)


class _Begun(NamedTuple):
    order_id: int
    action: str
    at: int


_TIMES = typed(
    _Begun,
    select(_E.c.order_id, _E.c.action, func.min(_E.c.happened_at).label("at"))
    .where(
        stands(_E),
        _E.c.order_id.in_(select(_latest.c.order_id)),
        or_(
            *[
                _E.c.action == action
                for action in (STAGES[0][0], SENT_AGAIN, *(end for _, end, _ in STAGES), *DELIVERING)
            ]
        ),
    )
    .group_by(_E.c.order_id, _E.c.action),
)


@dataclass(frozen=True, slots=True)
class StageTime:
    """Half of the delivered orders left this stage within `median_s`, nine of ten within `slow_s`."""

    label: str
    median_s: int
    slow_s: int


def time_in_stage(tx: Tx, span: Period) -> tuple[StageTime, ...]:
    """For orders delivered in `span`; empty when there were none."""
    rows = tx.rows(_TIMES, since=span.since_us, until=span.until_us)
    if not rows:
        return ()
    frame = pd.DataFrame(rows, columns=list(_Begun._fields))
    frame["action"] = frame["action"].replace(dict.fromkeys(DELIVERING, STAGES[-1][1]))
    times = frame.pivot(index="order_id", columns="action", values="at")
    if SENT_AGAIN in times:  # it went through its stages twice: no wait of it is one stage's
        times = times[times[SENT_AGAIN].isna()]
    found = []
    for begin, end, label in STAGES:
        if begin in times and end in times:
            waits = (times[end] - times[begin]).dropna() / US_PER_S
            if waits.empty:
                continue
            found.append(StageTime(label, int(waits.median()), int(waits.quantile(0.9))))
    return tuple(found)


def lines(seen: Snapshot) -> list[Line]:
    """The list, stage by stage."""
    return [
        Line(stage.label, duration_words(stage.median_s), hint=f"nine of ten within {duration_words(stage.slow_s)}")
        for stage in time_in_stage(seen.tx, seen.span)
    ]


def duration_words(seconds: int) -> str:
    """ "40 min", "2.3 h", "1.7 days"."""
    if seconds < 3_600:
        return f"{seconds // 60} min"
    if seconds < 48 * 3_600:
        return f"{seconds / 3_600:.1f} h".replace(".0 ", " ")
    return f"{seconds / 86_400:.1f} days".replace(".0 ", " ")
