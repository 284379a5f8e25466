"""What was the stock worth at the end of each day?"""

from __future__ import annotations

import pandas as pd
from sqlalchemy import bindparam, func, select

from dokango.db import Statement, Tx, table_of
from dokango.reports.periods import Period, day_number, day_of_number
from dokango.stock.models import Movement

_M = table_of(Movement)
_DAY = day_number(_M.c.happened_at).label("day")
_OPENING = Statement(select(func.sum(_M.c.value_delta_poisha)).where(_M.c.happened_at < bindparam("since")))
_BY_DAY = Statement(
    select(_DAY, func.sum(_M.c.value_delta_poisha).label("change"))
    .where(_M.c.happened_at >= bindparam("since"), _M.c.happened_at < bindparam("until"))
    .group_by(_DAY)
)


def value_by_day(tx: Tx, span: Period) -> pd.Series:
    """Poisha at the end of each day of `span`, indexed by date; a day without movements keeps the day before's."""
    opening = int(tx.value(_OPENING, since=span.since_us) or 0)
    rows = tx.rows(_BY_DAY, since=span.since_us, until=span.until_us)
    changes = pd.Series({day_of_number(row.day): int(row.change) for row in rows}, dtype="int64")
    every_day = [day.date() for day in pd.date_range(span.first, span.last)]
    return opening + changes.reindex(every_day, fill_value=0).cumsum()
