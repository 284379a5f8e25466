"""Pages of every list: how many rows, where one begins, and what stands before and after it.

A list is read by keyset: so many rows after, or before, a place in the order they are shown in. A page far down costs
what the first does, and rows that come or go meanwhile make no other row be missed or shown twice.

    _NEWEST = Paged(Told, select(_M.c.id, _M.c.subject), by=(_M.c.id,), descending=True)

    page = _NEWEST.page(tx, cursor)     # Page[Told]; page.next leads on, None on the last

A cursor is a text for URLs and the API: "" the first page, "after.12" the rows after 12, "before.12" those before it,
"before" the last page. With several columns their values stand in it one after the other: "after.1764000000000000.12".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, tuple_

from dokango.db import Statement, Tx, typed
from dokango.errors import InvalidInput
from dokango.text import storable

ROWS = 25  # of a page of the desk, and of an answer of the API that is asked for no other number
CARDS = 24  # of a page of the storefront, whose lines hold two, three or four
LONGEST = 200  # characters of a cursor; no SKU is as long

Row = TypeVar("Row")
Other = TypeVar("Other")
TypedRow = TypeVar("TypedRow", bound=NamedTuple)
Place = tuple[int | str, ...]
_AFTER, _BEFORE = "after", "before"


class NotOurCursor(InvalidInput):
    """A text that stands for no place in the list it was brought to."""

    def __init__(self) -> None:
        super().__init__({"cursor": "This page link is not one of ours. Start again from the first page."})


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after the row at `place`, or before it; without a place, at the list's beginning or end."""

    place: Place = ()
    backwards: bool = False

    def __str__(self) -> str:
        """As it stands in URLs and in the API."""
        if not (self.place or self.backwards):
            return ""
        return ".".join((_BEFORE if self.backwards else _AFTER, *map(str, self.place)))


def read_cursor(text: str, kinds: Sequence[type]) -> Cursor:
    """The cursor of a list whose order is of columns of `kinds` (int, or str as the last); raises NotOurCursor."""
    if text in ("", _BEFORE):
        return Cursor((), bool(text))
    way, *parts = text.split(".", len(kinds))
    if way not in (_AFTER, _BEFORE) or len(parts) != len(kinds) or len(text) > LONGEST:
        raise NotOurCursor
    place = tuple(_whole(part) if kind is int else _words(part) for part, kind in zip(parts, kinds, strict=True))
    return Cursor(place, way == _BEFORE)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows in the order they are shown in, and the cursors of the pages beside it (None where there is none)."""

    rows: tuple[Row, ...]
    previous: str | None = None
    next: str | None = None

    def of(self, rows: Iterable[Other]) -> Page[Other]:
        """The same place in the list, with what was made of its rows."""
        return Page(tuple(rows), self.previous, self.next)


class Paged(Generic[TypedRow]):
    """A list that is read in pages: its rows' type, its SELECT without an order, and the columns it is ordered `by`.

    All columns go one way. The last of them tells rows apart that are alike in the others, so no two rows have one
    place. Each is a field of the row, by the same name. The SELECT's own parameters are given to `page`.
    """

    def __init__(
        self, row: type[TypedRow], query: Select[Any], by: Sequence[ColumnElement[Any]], *, descending: bool = False
    ) -> None:
        self._row, self._query, self._by, self._descending = row, query, tuple(by), descending
        self._fields = [str(column.key) for column in self._by]
        self._kinds = [column.type.python_type for column in self._by]
        self._statements: dict[tuple[bool, bool], Statement[TypedRow]] = {}
        self.statement(bounded=False, backwards=False)  # so that a row that does not fit is told of at import

    def page(self, tx: Tx, cursor: str = "", size: int = ROWS, **params: int | str) -> Page[TypedRow]:
        """At most `size` rows from `cursor` on; raises NotOurCursor.

        A page whose rows have all gone meanwhile is empty, and leads to the end, or the beginning, of what is left.
        """
        at = read_cursor(cursor, self._kinds)
        statement = self.statement(bounded=bool(at.place), backwards=at.backwards)
        bounds = {_bound(i): value for i, value in enumerate(at.place)}
        found = tx.rows(statement, most=size + 1, **bounds, **params)
        more, rows = len(found) > size, found[:size]
        if at.backwards:
            rows.reverse()
        earlier, later = (more, bool(at.place)) if at.backwards else (bool(at.place), more)
        return Page(
            tuple(rows),
            self._cursor(rows[:1], backwards=True) if earlier else None,
            self._cursor(rows[-1:], backwards=False) if later else None,
        )

    def statement(self, *, bounded: bool, backwards: bool) -> Statement[TypedRow]:
        """The SELECT of a page that begins at a place, or at an end of the list; made once."""
        shape = (bounded, backwards)
        if shape not in self._statements:
            self._statements[shape] = self._made(bounded, falling=self._descending is not backwards)
        return self._statements[shape]

    def _made(self, bounded: bool, falling: bool) -> Statement[TypedRow]:
        query = self._query
        if bounded:
            bounds = [bindparam(_bound(i), type_=column.type) for i, column in enumerate(self._by)]
            here, there = tuple_(*self._by), tuple_(*bounds)
            query = query.where(here < there if falling else here > there)
        ordered = query.order_by(*(column.desc() if falling else column for column in self._by))
        return typed(self._row, ordered.limit(bindparam("most")))

    def _cursor(self, row: Sequence[TypedRow], *, backwards: bool) -> str:
        return str(Cursor(tuple(getattr(one, field) for one in row for field in self._fields), backwards))


def shown(read: Callable[[str], Page[Row]], cursor: str) -> Page[Row]:
    """What a person sees who follows a link: never an empty page beside a full one, and the first for no link of ours.

    Programs read the page itself: theirs is exact.
    """
    try:
        found = read(cursor)
    except NotOurCursor:
        return read("")
    beside = found.next if found.previous is None else found.previous
    return found if found.rows or beside is None else read(beside)


def _bound(place: int) -> str:
    return f"place_{place}"


def _whole(part: str) -> int:
    if not (part.isascii() and part.isdigit() and len(part) < 20 and int(part) < 2**63):
        raise NotOurCursor
    return int(part)


def _words(part: str) -> str:
    if not part or storable(part) != part:
        raise NotOurCursor
    return part
