"""Spans of Dhaka days, and the column that says on which of them a row fell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement

from dokango.clock import DHAKA_OFFSET_US, US_PER_DAY, day_start_us, said_day
from dokango.errors import InvalidInput

EPOCH = date(1970, 1, 1)
FIRST_DAY, LAST_DAY = date(1971, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def since_us(self) -> int:
        """When it begins."""
        return day_start_us(self.first)

    @property
    def until_us(self) -> int:
        """When it is over; this instant is no longer in it."""
        return day_start_us(self.last + timedelta(days=1))

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def said(self) -> str:
        """For people: "1 Nov 2026 to 22 Nov 2026", or the one day."""
        if self.first == self.last:
            return said_day(self.first)
        return f"{said_day(self.first)} to {said_day(self.last)}"

    def before(self) -> Period:
        """The same number of days, right before."""
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))


def period(first: date, last: date) -> Period:
    """The period between two days; raises InvalidInput under "from" or "to"."""
    wrong = {
        name: f"Choose a day between {said_day(FIRST_DAY)} and {said_day(LAST_DAY)}."
        for name, day in (("from", first), ("to", last))
        if not FIRST_DAY <= day <= LAST_DAY
    }
    if wrong:
        raise InvalidInput(wrong)
    if last < first:
        raise InvalidInput({"to": f"The last day ({said_day(last)}) lies before the first ({said_day(first)})."})
    return Period(first, last)


def parse_day(text: str, field: str) -> date:
    """A day from "2026-11-22"; raises InvalidInput under `field`."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidInput({field: f"“{text.strip()[:40]}” is not a day. Write it as 2026-11-22."}) from None


def period_words(period: str) -> str:
    """ "2026-11-22" → "22 Nov 2026", "2026-11" → "Nov 2026"."""
    if len(period) == len("2026-11"):
        return f"{date.fromisoformat(period + '-01'):%b %Y}"
    return said_day(date.fromisoformat(period))


def day_number(at_column: ColumnElement[int]) -> ColumnElement[int]:
    """SQL: the Dhaka day of an instant, as the number of days since 1970."""
    return (at_column + DHAKA_OFFSET_US) // US_PER_DAY


def day_of_number(number: int) -> date:
    """The day that `day_number` counted."""
    return EPOCH + timedelta(days=int(number))
