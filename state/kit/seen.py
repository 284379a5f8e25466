"""What a person had before their eyes when they pressed: the order and its version, carried in the form itself.

A form that books, ships, refunds or moves an order holds `ui.seen_fields(number, version)`. Its handler acts on what
these say and on nothing else: a press that arrives late, or twice, cannot act on what came onto the screen since.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from state.kit.payload import words

ORDER = "order "  # before an order's number, in the name of its field
_LONGEST_NUMBER = 20
_LONGEST_VERSION = 18


@dataclass(frozen=True, slots=True)
class Seen:
    """An order and the version of it that was on the screen; without them "" and 0, which no order has."""

    number: str = ""
    version: int = 0


def seen_in(form: Any) -> Seen:
    """What the hidden fields of a form say."""
    if not isinstance(form, dict):
        return Seen()
    return Seen(words(form.get("number"), _LONGEST_NUMBER), _version(form.get("version")))


def taken_from(form: dict[str, str]) -> Seen:
    """The same, its fields taken out of the form: what is left is what was typed."""
    return Seen(words(form.pop("number", ""), _LONGEST_NUMBER), _version(form.pop("version", "")))


def seen_by(number: Any, version: Any) -> Seen:
    """What a click says that asks nothing: its button names both."""
    whole = version if isinstance(version, int) and not isinstance(version, bool) and 0 <= version < 2**62 else 0
    return Seen(words(number, _LONGEST_NUMBER), whole)


def each_seen(form: Any) -> list[Seen]:
    """The orders of a form over many, each in a field of its own (`ui.order_field`) that holds its version."""
    if not isinstance(form, dict):
        return []
    named = [name for name in form if isinstance(name, str) and name.startswith(ORDER)]
    return [Seen(words(name.removeprefix(ORDER), _LONGEST_NUMBER), _version(form[name])) for name in named]


def _version(said: Any) -> int:
    version = words(said, _LONGEST_VERSION)
    return int(version) if version.isascii() and version.isdigit() else 0
