"""Ticking the rows of a list: one, the whole page, from one to another, or none; ticks stay while their rows do.

    class PackState(Ticks, rx.State):
        rows: list[dict[str, str]] = []               # each with its "number"

        def _tickable(self) -> list[str]:             # those that may be ticked, in the order of the page
            return [row["number"] for row in self.rows if not row["gone"]]

Call `_keep_ticks()` after each change of the rows, live refresh included: a row that is gone loses its tick, and the
box over the rows follows. A tick says on or off and never "the other way", so that a click that is sent
twice ticks once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import reflex as rx

from state.kit.access import allow_staff
from state.kit.payload import words

_LONGEST_NUMBER = 20
_LONGEST_PAGE = 2_000  # of all numbers of a page


class Ticks(rx.State, mixin=True):
    """What is chosen of a page of rows. It is looked at by those alone who may see the rows: nothing is read here."""

    chosen: list[str] = []
    all_chosen: bool = False
    _last: str = ""  # the row that was clicked last, and the one before it: a range begins there
    _from: str = ""

    @rx.event
    @allow_staff
    async def choose(self, number: str, on: bool) -> None:
        """Tick a row, or take its tick away."""
        number = words(number, _LONGEST_NUMBER)
        self._from, self._last = self._last, number
        others = [other for other in self.chosen if other != number]
        self._choose([*others, number] if on is True else others)

    @rx.event
    @allow_staff
    async def choose_to(self, number: str) -> None:
        """All rows between the one that was clicked before and this one."""
        known = self._tickable()
        number = words(number, _LONGEST_NUMBER)
        if self._from in known and number in known:
            first, last = sorted((known.index(self._from), known.index(number)))
            self._choose([*self.chosen, *known[first : last + 1]])

    @rx.event
    @allow_staff
    async def choose_all(self, on: bool) -> None:
        """Every row of the page that may be ticked, or none."""
        self._choose(self._tickable() if on is True else [])

    @rx.event
    @allow_staff
    async def choose_none(self) -> None:
        """Take every tick away."""
        self._choose([])

    @rx.event
    @allow_staff
    async def bring_back(self, kept: str) -> None:
        """Those that were ticked before the site restarted, as far as they are still here; with those ticked since."""
        self._choose([*self.chosen, *words(kept, _LONGEST_PAGE).split(",")])

    def _tickable(self) -> list[str]:
        """The numbers of the rows that may be ticked, in the order of the page."""
        rows: list[dict[str, Any]] = getattr(self, "rows", [])
        return [row["number"] for row in rows]

    def _choose(self, numbers: Iterable[str]) -> None:
        """Let these be ticked, as far as they may be; in the order in which they were."""
        known = self._tickable()
        self.chosen = [number for number in dict.fromkeys(numbers) if number in known]
        self.all_chosen = bool(known) and len(self.chosen) == len(known)

    def _keep_ticks(self) -> None:
        """The rows changed: let go of those that may be ticked no more."""
        self._choose(self.chosen)
