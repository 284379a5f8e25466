"""Which mark of a number is the decimal one: told by the number itself, else by its column, else by nobody.

The same price is written 1,250.50 here, 1.250,50 in half of Europe and 1 250,50 in the other half. "1.250" alone may be
either, a thousand times apart: it is read only when another cell of its column tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from dokango.numbers import WHOLE, figures

POINT, COMMA = ".", ","
NONE, OPEN = "", "?"  # a number without marks; one that may be read either way
_BETWEEN_GROUPS = str.maketrans(" '’", ",,,")
_BEFORE_A_MARK = ("", " ", "৳", "-")  # else it belongs to the word before: "Tk.500"
_WHOLE = re.compile(WHOLE)


class Ambiguous(Exception):
    """A number that can be read in two ways, both given as they would be typed here."""

    def __init__(self, either: str, other: str) -> None:
        super().__init__(f"it can be read as {either} or as {other}")
        self.either, self.other = either, other


def number_in(bare: str) -> str:
    """The digits of a cell with the marks between them, and one before them (".5"); "" where there is no one number.

    `bare` is what `figures` made of the cell: words of a currency may stand around the number.
    """
    at = [i for i, character in enumerate(bare) if character.isdigit()]
    if not at:
        return ""
    begins, ends = at[0], at[-1] + 1
    if begins and bare[begins - 1] in POINT + COMMA and bare[begins - 2 : begins - 1] in _BEFORE_A_MARK:
        begins -= 1
    number = bare[begins:ends]
    return number if all(c.isdigit() or c in ".,'’ " for c in number) else ""


def own_mark(number: str) -> str:
    """The decimal mark that a number shows by itself: POINT, COMMA, NONE without marks, or OPEN: it may be either."""
    points, commas = number.count(POINT), number.count(COMMA)
    if not points and not commas:
        return NONE
    if points and commas:
        return max(POINT, COMMA, key=number.rfind)
    mark, other = (POINT, COMMA) if points else (COMMA, POINT)
    if points + commas > 1:
        return other
    before, _, after = number.partition(mark)
    groups = len(after) == 3 and 1 <= len(before) <= 3 and not before.startswith("0")
    return OPEN if groups else mark


def column_mark(cells: Iterable[str]) -> str:
    """The one decimal mark that the cells of a column show; NONE when they show none, or both."""
    shown = {own_mark(number_in(figures(cell))) for cell in cells} - {NONE, OPEN}
    return shown.pop() if len(shown) == 1 else NONE


def as_typed_here(typed: str, column: str = NONE, *, comma_groups: bool = True) -> str:
    """A cell as `figures` makes it, its number with a decimal point alone: "৳ 1.250,50" is "৳ 1250.50".

    `column` is the mark of its column. Where that tells nothing, a comma between thousands is read as everywhere in
    this shop when `comma_groups`. Raises Ambiguous. What is no number comes back as it is, for its reader to refuse.
    """
    bare = figures(typed)
    number = number_in(bare)
    mark = own_mark(number)
    if mark == OPEN:
        mark = column or (POINT if COMMA in number and comma_groups else OPEN)
    if mark == OPEN:
        raise Ambiguous(*(_plain(number, either) for either in (POINT, COMMA)))
    return bare.replace(number, _plain(number, mark), 1) if number else bare


def _plain(number: str, mark: str) -> str:
    """The number with `mark` as its decimal one, and no groups; as it is when its groups are none."""
    whole, _, part = number.partition(mark) if mark else (number, "", "")
    grouped = whole.replace(COMMA if mark == POINT else POINT, COMMA).translate(_BETWEEN_GROUPS)
    if (whole and not _WHOLE.fullmatch(grouped)) or (part and not part.isdigit()):
        return number
    return f"{grouped.replace(COMMA, '') or '0'}{POINT if part else ''}{part}"


class Marks:
    """The decimal marks of a sheet's columns, by heading."""

    def __init__(self, columns: Mapping[str, Iterable[str]]) -> None:
        self._of = {heading: column_mark(cells) for heading, cells in columns.items()}

    def of(self, heading: str) -> str:
        """The mark of a column, NONE for one that tells nothing."""
        return self._of.get(heading, NONE)
