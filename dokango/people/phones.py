"""Bangladeshi mobile numbers: taken as people write them, kept as 01XXXXXXXXX, said as 01711-000000."""

from __future__ import annotations

import re

from dokango.errors import InvalidInput
from dokango.text import ascii_digits, plain

_LONGEST = 60  # a longer text is no number, and nothing reads it
_BETWEEN = re.compile(r"[\s\-‐‑‒–—−()\[\].·/\\]+")
_MOBILE = re.compile(r"(?:(?:\+|00)?880)?0?(1[3-9][0-9]{8})")


def normalise_phone(text: str, field: str = "phone") -> str:
    """The number as 11 ASCII digits, from 1711-000000, +880 (0)1711/000000, tel:+8801711000000 or ০১৭১১০০০০০০.

    Raises InvalidInput (under `field`) when it is not a Bangladeshi mobile number.
    """
    bare = _BETWEEN.sub("", plain(ascii_digits(text))) if len(text) <= _LONGEST else ""
    match = _MOBILE.fullmatch(bare.casefold().removeprefix("tel:"))
    if match is None:
        shown = plain(text[:_LONGEST])[:30]
        said = f"“{shown}” is not a mobile number. " if shown else "A mobile number is needed. "
        raise InvalidInput({field: f"{said}Type 11 digits beginning with 01, for example 01711-000000."})
    return "0" + match[1]


def said_phone(phone: str) -> str:
    """For people: "01711-000000"; anything else is given back as it is."""
    return f"{phone[:5]}-{phone[5:]}" if len(phone) == 11 and phone.isdigit() else phone


def international(phone: str) -> str:
    """A number for tel: and wa.me links, digits only: "8801711000000" from 01711-000000."""
    digits = "".join(c for c in ascii_digits(phone) if c in "0123456789")
    return "88" + digits if digits.startswith("01") else digits
