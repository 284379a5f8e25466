"""Text from outside, as both databases can keep it."""

from __future__ import annotations

from collections.abc import Sequence


def storable(text: str) -> str:
    """`text` without NUL and without half surrogate pairs: legal in JSON and in URLs, and in no database."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def either(names: Sequence[str]) -> str:
    """The names as a choice in a sentence: "bKash, Nagad or Rocket"."""
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
