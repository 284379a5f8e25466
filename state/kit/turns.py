"""Where *Previous* and *Next* lead from a page of a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from dokango.paging import LONGEST, Page
from state.kit.payload import words

Row = TypeVar("Row")


def cursor_in(asked: object) -> str:
    """The cursor that an address asks for; anybody's word, which the list reads."""
    return words(asked, LONGEST)


def turns(page: Page[Row], url: Callable[[str], str]) -> tuple[str, str]:
    """The addresses of the pages before and after, "" where there is none; `url` gives a cursor's."""
    return (
        "" if page.previous is None else url(page.previous),
        "" if page.next is None else url(page.next),
    )
