"""Reading what was typed, field by field: all that is wrong is gathered, so that a person hears of it at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from dokango.errors import InvalidInput

T = TypeVar("T")
U = TypeVar("U")


class Reading:
    """The fields of one form; `wrong` are the sentences so far."""

    def __init__(self, typed: Mapping[str, str] | None = None) -> None:
        self.typed = typed or {}
        self.wrong: dict[str, str] = {}

    def tried(self, read: Callable[[], T], otherwise: U) -> T | U:
        """What `read` returns; `otherwise`, with its sentences kept, when it raises InvalidInput."""
        try:
            return read()
        except InvalidInput as error:
            self.wrong |= error.fields
            return otherwise

    def done(self, found: T) -> T:
        """`found`, when nothing is wrong. Raises InvalidInput with all that is."""
        if self.wrong:
            raise InvalidInput(self.wrong)
        return found
