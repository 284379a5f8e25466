"""Days and moments as they come in a query string."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from dokango.clock import day_start_us, us_of
from dokango.errors import InvalidInput

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})")
_FIRST, _LAST = date(1971, 1, 1), date(2199, 12, 31)


def day(text: str, field: str) -> date:
    """A Dhaka day, "2026-11-22"; raises InvalidInput under `field`."""
    found = _date(text) if _DAY.fullmatch(text.strip()) else None
    if found is None:
        raise InvalidInput({field: f"“{text[:40]}” is not a day. Send one like 2026-11-22, between 1971 and 2199."})
    return found


def moment_us(text: str, field: str) -> int:
    """The instant that `text` means, RFC 3339 with its zone; of a day, the last microsecond in Dhaka."""
    text = text.strip()
    if _DAY.fullmatch(text):
        return day_start_us(day(text, field) + timedelta(days=1)) - 1
    # a "+" that was not escaped arrives as a blank
    repaired = re.sub(r" (?=\d{2}:\d{2}$)", "+", text)
    try:
        found = datetime.fromisoformat(repaired.upper()) if _MOMENT.fullmatch(repaired) else None
    except ValueError:
        found = None
    if found is None or not _FIRST <= found.date() <= _LAST:
        raise InvalidInput(
            {field: f"“{text[:40]}” is no time. Send 2026-11-22T16:05:00+06:00, or a day for its end, 2026-11-22."}
        )
    return us_of(found.astimezone(UTC))


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if _FIRST <= found <= _LAST else None
