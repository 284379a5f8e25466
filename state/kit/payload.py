"""What a browser sent, made plain: its types are anybody's word."""

from __future__ import annotations

from typing import Any

from dokango.text import plain


def words(value: Any, most: int = 400) -> str:
    """Text of at most `most` characters, made plain (its lines stay); anything that is not text becomes ""."""
    return plain(value[: 2 * most], lines=True)[:most].strip() if isinstance(value, str) else ""


def texts(form: Any, most: int = 400) -> dict[str, str]:
    """The text fields of a form; what is no form at all becomes an empty one."""
    if not isinstance(form, dict):
        return {}
    return {
        name: words(value, most) for name, value in form.items() if isinstance(name, str) and isinstance(value, str)
    }


def fields(form: Any, most: int = 400) -> dict[str, str]:
    """The same, with ticked boxes as "on"; a box that is not ticked is left out, as in a native form."""
    if not isinstance(form, dict):
        return {}
    ticked = {name: "on" for name, value in form.items() if isinstance(name, str) and value is True}
    return texts(form, most) | ticked


def version_of(value: object) -> int:
    """A version from the browser: an int, or 0, which no order has."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**62 else 0
