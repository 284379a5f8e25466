"""Money is an int of poisha (100 to the taka) until it is text."""

from __future__ import annotations

import re

from dokango.errors import InvalidInput
from dokango.numbers import LONGEST, WHOLE, figures
from dokango.text import plain

POISHA_PER_TAKA = 100
MOST_POISHA = 10**13  # a hundred billion taka: far above any order, far below 2**63

MOST_DIGITS = 11
_MARK = r"(?:৳|tk\.?|bdt\.?|taka|টাকা)"
# a mark before it or behind it, and the stroke that keeps a cheque from being made larger: 500/-, 500/=
_AMOUNT = re.compile(rf"(?:{_MARK} ?)?(?P<whole>{WHOLE})(?:\.(?P<part>[0-9]{{1,2}}))?(?: ?/ ?[-=])?(?: ?{_MARK})?")


def grouped(whole: int) -> str:
    """Digits in the South Asian grouping: 1234567 → "12,34,567"."""
    digits = str(whole)
    head, tail = digits[:-3], digits[-3:]
    pairs = []
    while head:
        pairs.append(head[-2:])
        head = head[:-2]
    return ",".join([*reversed(pairs), tail])


def taka(amount_poisha: int, *, exact: bool = False) -> str:
    """An amount for people: "৳12,34,567.50"; whole taka lose their ".00" unless `exact` (columns of the books)."""
    sign = "−" if amount_poisha < 0 else ""
    whole, poisha = divmod(abs(amount_poisha), POISHA_PER_TAKA)
    decimals = f".{poisha:02d}" if poisha or exact else ""
    return f"{sign}৳{grouped(whole)}{decimals}"


def typed_taka(amount_poisha: int) -> str:
    """An amount as it stands in a field, without its sign: "12,34,567.50"; parse_taka reads it back."""
    return taka(amount_poisha).removeprefix("৳")


def parse_taka(text: str, field: str = "amount") -> int:
    """Poisha from what a person typed: "2,450", "12,34,567.50", "৳2450.50", "Tk. 500/-", "২৪৫০ টাকা".

    Raises InvalidInput (under `field`) when it is not a plain, non-negative amount with at most two decimals.
    """
    match = _AMOUNT.fullmatch(figures(text))
    whole = match["whole"].replace(",", "") if match else ""
    if match is None or len(whole) > MOST_DIGITS:
        shown = plain(text[:LONGEST])[:40]
        raise InvalidInput({field: f"“{shown}” is not an amount. Type taka, for example 2450 or 2,450.50."})
    return int(whole) * POISHA_PER_TAKA + int((match["part"] or "").ljust(2, "0"))


def share_half_up(total_poisha: int, part: int, whole: int) -> int:
    """total × part ÷ whole, rounded half up, in poisha; all of the total when part is the whole."""
    if part == whole:
        return total_poisha
    return (2 * total_poisha * part + whole) // (2 * whole)
