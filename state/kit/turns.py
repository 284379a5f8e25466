"""A page of a list, as its address asks for it, and where *Previous* and *Next* lead from there.

class SignInsState(Turned, rx.State):
    async def load(self) -> None:
        self._turn_to_page_asked()                        # self._cursor is the address's
        ...
        page = await read(lambda tx: shown(lambda at: sign_ins.page(tx, at), cursor))
        self._show_turns(page, lambda at: f"/sign-ins?cursor={at}")
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import reflex as rx

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


class Turned(rx.State, mixin=True):
    """A state that shows one page of a list."""

    previous_url: str = ""
    next_url: str = ""
    _cursor: str = ""

    def _turn_to_page_asked(self) -> None:
        """The page that the address names, or the first."""
        self._cursor = cursor_in(self.router.url.query_parameters.get("cursor", ""))

    def _show_turns(self, page: Page[Row], url: Callable[[str], str]) -> None:
        """Where the pages before and after `page` are; `url` gives a cursor's."""
        self.previous_url, self.next_url = turns(page, url)
