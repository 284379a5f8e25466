"""Where the headings of a table stand when titles may come before them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence

HeadingTest = Callable[[Sequence[str]], bool]  # whether the cells of a row are the headings of the table that is meant
_MOST_ABOVE, _LONGEST = 60, 10_000


def found_heading(lines: Sequence[str], delimiters: Sequence[str], is_heading: HeadingTest) -> tuple[int, str] | None:
    """Which of the first lines holds the headings, and what parts them; None when none does."""
    for at, line in enumerate(lines[:_MOST_ABOVE]):
        for delimiter in delimiters:
            if delimiter in line[:_LONGEST] and is_heading(_cells(line[:_LONGEST], delimiter)):
                return at, delimiter
    return None


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
