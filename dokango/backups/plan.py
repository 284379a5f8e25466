"""Which copies stay: all of two days, then one a day for two weeks, then one a week for two months."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

ALL_OF = timedelta(days=2)
DAILY_FOR = timedelta(days=14)
WEEKLY_FOR = timedelta(days=60)


def stays(made: Iterable[datetime], now: datetime) -> set[datetime]:
    """Those of the times at which copies were made that stay; of a day or a week the latest, and always the newest."""
    latest_of: dict[object, datetime] = {}
    for at in sorted(made):
        if (slot := _slot(at, now)) is not None:
            latest_of[slot] = at
    newest = max(made, default=None)
    return set(latest_of.values()) | ({newest} if newest is not None else set())


def _slot(at: datetime, now: datetime) -> object | None:
    age = now - at
    if age <= ALL_OF:
        return at
    if age <= DAILY_FOR:
        return at.date()
    return at.isocalendar()[:2] if age <= WEEKLY_FOR else None
