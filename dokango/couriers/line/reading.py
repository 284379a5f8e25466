"""Read what couriers send: numbers as int, float or text, ids as either, times with and without a zone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from dokango.clock import DHAKA, us_of
from dokango.money import MOST_POISHA, POISHA_PER_TAKA
from dokango.text import plain

Json = Mapping[str, object]  # an object of their JSON: nothing of it is known until it is read by what stands here


def poisha(value: object) -> int | None:
    """Poisha of an amount in taka (12450, 0.0, "1,060.00"); None when it is no amount."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        amount = Decimal(str(value).replace(",", "").strip()) * POISHA_PER_TAKA
        whole = int(amount.to_integral_value()) if amount.is_finite() and abs(amount) <= MOST_POISHA else None
    except (InvalidOperation, ValueError):
        return None
    return whole


def text(value: object, length: int = 500) -> str:
    """An id, a code or a word as text ("" for null); 1424107 and 1424107.0 both read "1424107"."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return plain(str(value)[: 2 * length])[:length] if isinstance(value, int | float | str) else ""


def number(value: object) -> int | None:
    """A status number (200, "200", 200.0); None for anything else."""
    digits = text(value)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def time_us(value: object) -> int | None:
    """Microseconds of "2026-09-20T07:05:31.000000Z" or "2026-05-25 19:30:05"; without a zone it is Dhaka's."""
    if not isinstance(value, str):
        return None
    try:
        at = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=DHAKA)
    try:
        return us_of(at.astimezone(UTC))
    except OverflowError:
        return None


def mapping(value: object) -> dict[str, object]:
    """The object, or {} for anything else: PHP writes an empty object as []."""
    return value if isinstance(value, dict) else {}


def rows(value: object) -> list[dict[str, object]]:
    """The objects of a list; a list written as text is read too."""
    found = unwrapped(value)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def unwrapped(value: object) -> object:
    """JSON inside a string, opened; anything else as it came."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def reasons(errors: object) -> dict[str, str]:
    """A sentence a field from {"invoice": ["…"]}, "…", ["…"] or "[\\"…\\"]"; the field is "" where none is named."""
    found = unwrapped(errors)
    if isinstance(found, dict):
        return {str(name): _joined(value) for name, value in found.items() if _joined(value)}
    joined = _joined(found)
    return {"": joined} if joined else {}


def _joined(value: object) -> str:
    if isinstance(value, list):
        return " ".join(part for part in map(text, value) if part)
    return text(value)
