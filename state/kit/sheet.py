"""The lines of a sheet: added, changed and taken out one by one, each with a mark that names its fields ("price-3")."""

from __future__ import annotations

from typing import ClassVar

import reflex as rx

from state.kit.access import allow_staff
from state.kit.payload import words

MARK = "line"
Line = dict[str, str]


class Lines(rx.State, mixin=True):
    """A sheet whose lines come from elsewhere: a product that is picked, a scan."""

    lines: list[Line] = []
    most_lines: ClassVar[int] = 100
    cells: ClassVar[tuple[str, ...]] = ()  # the names of a line's fields, without the mark

    def _line(self, mark: str) -> Line | None:
        """The line that is marked so."""
        return next((line for line in self.lines if line[MARK] == mark), None)

    def _put(self, mark: str, line: Line) -> bool:
        """Change the line `mark`, or add it at the end; whether there was room for it."""
        if self._line(mark) is not None:
            self.lines = [{**known, **line} if known[MARK] == mark else known for known in self.lines]
        elif len(self.lines) < self.most_lines:
            self.lines = [*self.lines, {**line, MARK: mark}]
        else:
            return False
        return True

    def _drop(self, mark: str) -> None:
        """Take a line out, with what was said of it."""
        self.lines = [line for line in self.lines if line[MARK] != mark]
        errors: dict[str, str] = getattr(self, "errors", {})
        if any(name.endswith(f"-{mark}") for name in errors):
            self.errors = {name: said for name, said in errors.items() if not name.endswith(f"-{mark}")}

    def _cells(self) -> set[str]:
        """The names of all fields of all lines."""
        return {f"{cell}-{line[MARK]}" for line in self.lines for cell in self.cells}


class Sheet(Lines, mixin=True):
    """A sheet that grows by empty lines; one always stays."""

    new_line: ClassVar[Line] = {}

    @rx.event
    @allow_staff
    async def add_line(self) -> None:
        """One more line."""
        marks = [int(line[MARK]) for line in self.lines]
        self._put(str(max(marks, default=0) + 1), dict(self.new_line))
        await self._grown()

    @rx.event
    @allow_staff
    async def drop_line(self, mark: str) -> None:
        """One line less."""
        line = self._line(words(mark, 20))
        if line is not None and len(self.lines) > 1 and self._may_drop(line):
            self._drop(line[MARK])

    async def _grown(self) -> None:
        """What follows when there is one line more."""

    def _may_drop(self, line: Line) -> bool:
        return True

    def _empty_sheet(self, **first: str) -> None:
        """One line, with what is known of it."""
        self.lines = [{**self.new_line, **first, MARK: "1"}]
