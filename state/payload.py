"""What a browser sent, made plain: its types are anybody's word."""

from __future__ import annotations

from typing import Any


def words(value: Any, most: int = 400) -> str:
    """Text of at most `most` characters without its outer blanks; anything that is not text becomes ""."""
    return value.strip()[:most] if isinstance(value, str) else ""


def texts(form: Any, most: int = 400) -> dict[str, str]:
    """The text fields of a form; what is no form at all becomes an empty one."""
    if not isinstance(form, dict):
        return {}
    return {
        name: words(value, most) for name, value in form.items() if isinstance(name, str) and isinstance(value, str)
    }
