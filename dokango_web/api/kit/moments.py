"""Moments as they come in a query string: an instant with its zone, or a day, which means its end."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from dokango.clock import day_start_us, us_of
from dokango.errors import InvalidInput

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})")
_YEARS = range(1971, 2200)


def moment_us(typed: str, field: str) -> int:
    """Microseconds of an RFC 3339 instant, or of a Dhaka day's last microsecond; raises InvalidInput under `field`."""
    # a "+" that was not escaped arrives as a blank
    text = re.sub(r" (?=\d{2}:\d{2}$)", "+", typed.strip())
    try:
        if _DAY.fullmatch(text):
            day = date.fromisoformat(text)
            found_us = day_start_us(day + timedelta(days=1)) - 1
        elif _INSTANT.fullmatch(text):
            instant = datetime.fromisoformat(text.upper())
            day, found_us = instant.date(), us_of(instant.astimezone(UTC))
        else:
            raise ValueError(text)
    except (ValueError, OverflowError):
        raise InvalidInput({field: _said(typed)}) from None
    if day.year not in _YEARS:
        raise InvalidInput({field: _said(typed)})
    return found_us


def _said(typed: str) -> str:
    return (
        f"“{typed.strip()[:40]}” is no time between 1971 and 2199. Send one like 2026-11-22T16:05:00+06:00, "
        "or a day like 2026-11-22 for its end."
    )
