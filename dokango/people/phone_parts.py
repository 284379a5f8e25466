"""Phone numbers as they are looked for: in every spelling, whole or a part."""

from __future__ import annotations

import re
from collections.abc import Iterator

SHORTEST_PART = 4
COUNTRY = ("880", "00880")
_ABROAD = re.compile(r"(?:00)?8800?(1[0-9]*)")
_KEPT = re.compile(r"01[0-9]{9}")
_WITHOUT_0 = re.compile(r"1[3-9][0-9]{8}")


def as_kept(digits: str) -> str:
    """`digits` as they stand in the numbers that we keep: a 0 for 880, and before a whole one that lacks it."""
    abroad = _ABROAD.fullmatch(digits)
    if abroad:
        return f"0{abroad[1]}"
    return f"0{digits}" if _WITHOUT_0.fullmatch(digits) else digits


def is_whole(digits: str) -> bool:
    """Whether `digits`, as kept, are a whole number."""
    return _KEPT.fullmatch(digits) is not None


def ends_of(phone: str) -> Iterator[str]:
    """The number's ends, from all but one digit down to SHORTEST_PART: each part of a number begins one of them."""
    for start in range(1, len(phone) - SHORTEST_PART + 1):
        yield phone[start:]
