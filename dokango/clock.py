"""Time is UTC, counted in whole microseconds since 1970 (`_us`, or a column ending in `_at`); days are Asia/Dhaka."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

US_PER_S = 1_000_000
US_PER_DAY = 86_400 * US_PER_S
# Bangladesh keeps UTC+6 all year (its one summer time was 2009, before any order here).
DHAKA = timezone(timedelta(hours=6), "Asia/Dhaka")
DHAKA_OFFSET_US = 6 * 3_600 * US_PER_S
_EPOCH = date(1970, 1, 1)


class Clock(Protocol):
    """Where the time comes from; passed in, so that tests hold it still."""

    def now_us(self) -> int:
        """Microseconds since 1970, UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now_us(self) -> int:
        """Microseconds since 1970, UTC."""
        return time.time_ns() // 1_000


class ManualClock:
    """A clock that stands still until it is moved: for tests and for the sample shop's past weeks."""

    def __init__(self, at: datetime) -> None:
        self._now_us = us_of(at)

    def now_us(self) -> int:
        """Microseconds since 1970, UTC; one more at each reading, so that no two happenings share an instant."""
        self._now_us += 1
        return self._now_us

    def advance(self, seconds: float) -> None:
        """Move on by `seconds`."""
        self._now_us += int(seconds * US_PER_S)

    def set(self, at: datetime) -> None:
        """Jump to `at` (aware)."""
        self._now_us = us_of(at)


def us_of(at: datetime) -> int:
    """Microseconds since 1970 of an aware datetime."""
    return int((at - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))


def datetime_of(at_us: int) -> datetime:
    """The aware UTC datetime of `at_us`."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at_us)


def iso(at_us: int) -> str:
    """RFC 3339 in UTC, for machines: "2026-11-22T10:00:00.000000Z"."""
    return f"{datetime_of(at_us).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def day_of(at_us: int) -> date:
    """The Dhaka day in which `at_us` falls."""
    return _EPOCH + timedelta(days=(at_us + DHAKA_OFFSET_US) // US_PER_DAY)


def day_start_us(day: date) -> int:
    """When `day` begins in Dhaka; the day lasts until day_start_us(day + 1 day), not included."""
    return (day - _EPOCH).days * US_PER_DAY - DHAKA_OFFSET_US


def said(at_us: int) -> str:
    """For people, in Dhaka: "22 Nov 2026, 16:05"."""
    local = datetime_of(at_us).astimezone(DHAKA)
    return f"{local.day} {local:%b %Y, %H:%M}"


def said_day(day: date) -> str:
    """For people: "22 Nov 2026"."""
    return f"{day.day} {day:%b %Y}"


def age_words(then_us: int, now_us: int) -> str:
    """How long ago, short: "now", "12 m", "3 h", "2 d"."""
    minutes = max(0, now_us - then_us) // (60 * US_PER_S)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"{minutes} m"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} d"
