"""Whole numbers as people type them: "12", "1,200", "12,34,567", "১২"."""

from __future__ import annotations

import re

from dokango.errors import InvalidInput
from dokango.text import ascii_digits, plain

LONGEST = 60  # what is longer is no number, and nothing reads it
# Bare digits, or groups as the world (1,234,567) or South Asia (12,34,567) writes them. Every repetition is bounded.
WHOLE = r"(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,2}(?:,[0-9]{2}){0,5},[0-9]{3})"
_WHOLE = re.compile(WHOLE)


def figures(typed: str) -> str:
    """What was typed of a number in ASCII, small letters and single blanks; "" when it is too long to be one."""
    return " ".join(plain(ascii_digits(typed)).casefold().split()) if len(typed) <= LONGEST else ""


def whole_number(typed: str, field: str, least: int, most: int) -> int:
    """The number, without its groups; raises InvalidInput (under `field`) for units, fractions, and what is no number.

    `least` and `most` are included.
    """
    bare = figures(typed)
    if not _WHOLE.fullmatch(bare):
        shown = plain(typed[:LONGEST])[:20]
        said = f"“{shown}” is not a whole number. " if shown else "A whole number is needed. "
        raise InvalidInput({field: f"{said}Type digits alone, for example 12."})
    number = int(bare.replace(",", ""))
    if not least <= number <= most:
        raise InvalidInput({field: f"From {least:,} to {most:,}."})
    return number
