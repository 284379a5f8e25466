"""When a line of a statement happened: dates in the orders that wallets, banks and spreadsheets write them in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from dokango.clock import DHAKA, us_of
from dokango.text import ascii_digits

DAY_FIRST, MONTH_FIRST = "day first", "month first"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST, _FIRST_YEAR, _LAST_YEAR = 60, 2009, 2100
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d{1,6})?)? ?([ap]\.?m\.?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/., ]{1,2}([a-z]{3,9})[-/., ]{1,2}(\d{4}|\d{2})")
_NAME_FIRST = re.compile(r"([a-z]{3,9})[-/., ]{1,2}(\d{1,2})(?:st|nd|rd|th)?[-/., ]{1,2}(\d{4}|\d{2})")
_BARE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ZONE = re.compile(r"(z|[+-]\d{2}:?\d{2})$")


def order_of(cells: Iterable[str]) -> str:
    """Whether days or months come first in a column of dates, told by those that can be read one way alone.

    A column that does not tell is read as Bangladesh writes, the day first.
    """
    for cell in cells:
        found = _YEAR_LAST.match(_plain(cell))
        if found and int(found[1]) <= 12 < int(found[2]) <= 31:
            return MONTH_FIRST
        if found and int(found[2]) <= 12 < int(found[1]) <= 31:
            return DAY_FIRST
    return DAY_FIRST


def when(said: str, order: str, time: str = "") -> int | None:
    """Microseconds of a date in Dhaka, with the time in it or beside it; None for what is no date."""
    words = _plain(said)
    found = _day(words, order)
    if found is None:
        return None
    (year, month, day), rest = found
    clock = _clock(_plain(time) or rest)
    if clock is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        at = datetime(year, month, day, *clock, tzinfo=DHAKA)
    except ValueError:
        return None
    return us_of(at - _beyond_dhaka(rest))


def _plain(said: str) -> str:
    return " ".join(ascii_digits(said[:_LONGEST]).casefold().split()) if len(said) <= _LONGEST else ""


def _day(words: str, order: str) -> tuple[tuple[int, int, int], str] | None:
    """Year, month and day at the begin of `words`, and what follows them."""
    if found := _YEAR_FIRST.match(words) or (_BARE.match(words) if words[:8].isdigit() else None):
        return (int(found[1]), int(found[2]), int(found[3])), words[found.end() :]
    if found := _YEAR_LAST.match(words):
        first, second = int(found[1]), int(found[2])
        day, month = (second, first) if order == MONTH_FIRST else (first, second)
        return (_year(found[3]), month, day), words[found.end() :]
    if found := _NAMED.match(words):
        return (_year(found[3]), _month(found[2]), int(found[1])), words[found.end() :]
    if found := _NAME_FIRST.match(words):
        return (_year(found[3]), _month(found[1]), int(found[2])), words[found.end() :]
    return None


def _clock(words: str) -> tuple[int, int, int] | None:
    """Hours, minutes, seconds; midnight where nothing is said, None where it is no time of day."""
    found = _CLOCK.search(words)
    if found is None:
        return (0, 0, 0)
    hour, minute, second, half = int(found[1]), int(found[2]), int(found[3] or 0), found[4]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return (hour, minute, second)


def _beyond_dhaka(rest: str) -> timedelta:
    """How far the zone that stands behind a time is ahead of Dhaka's; nothing where none stands."""
    found = _ZONE.search(rest) if ":" in rest else None
    if found is None:
        return timedelta()
    zone = found[1]
    minutes = 0 if zone == "z" else int(zone[1:3]) * 60 + int(zone[-2:])
    return timedelta(minutes=(-minutes if zone.startswith("-") else minutes)) - timedelta(hours=6)


def _year(digits: str) -> int:
    return int(digits) + (2_000 if len(digits) == 2 else 0)


def _month(name: str) -> int:
    return next((at for at, known in enumerate(_MONTHS, 1) if name.startswith(known)), 0)
