"""Text from outside, as both databases can keep it."""

from __future__ import annotations


def storable(text: str) -> str:
    """`text` without NUL and without half surrogate pairs: legal in JSON and in URLs, and in no database."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
