"""Small things about text: what a database can keep, digits, one and many, places said once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_BANGLA_DIGITS = "০১২৩৪৫৬৭৮৯"
_TO_ASCII = str.maketrans(_BANGLA_DIGITS, "0123456789")
_TO_BANGLA = str.maketrans("0123456789", _BANGLA_DIGITS)


def storable(text: str) -> str:
    """`text` without NUL and without half surrogate pairs: legal in JSON and in URLs, and in no database."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def either(names: Sequence[str]) -> str:
    """The names as a choice in a sentence: "bKash, Nagad or Rocket"."""
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def ascii_digits(text: str) -> str:
    """`text` with Bangla digits as 0 to 9."""
    return text.translate(_TO_ASCII)


def bangla_digits(text: str) -> str:
    """`text` with 0 to 9 as Bangla digits."""
    return text.translate(_TO_BANGLA)


def how_many(count: int, one: str, many: str = "") -> str:
    """ "1 order", "1042 orders"; `many` where an s does not make it."""
    return f"{count} {one}" if count == 1 else f"{count} {many or one + 's'}"


def said_once(parts: Iterable[str]) -> list[str]:
    """The parts that say something, in order and each once: an area is often named after its city."""
    said: dict[str, str] = {}
    for part in parts:
        words = part.strip().strip(",").strip()
        if words:
            said.setdefault(words.casefold(), words)
    return list(said.values())
