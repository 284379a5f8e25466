"""Where a report can stand: as a figure, a chart, a small list, a warning, a tab of the books, a file to take away.

Each place is filled by a function of the snapshot, in words that a page shows as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypedDict
from urllib.parse import quote

from dokango.db import Tx
from dokango.money import grouped
from dokango.people.permissions import Permission
from dokango.reports.kit.periods import Period
from dokango.reports.kit.snapshot import Snapshot
from dokango.reports.kit.spreadsheet import Sheet


class Figure(TypedDict):
    """A plotly figure: data and layout alone. Colours come from the page's theme, in the order of the traces."""

    data: list[dict[str, object]]
    layout: dict[str, object]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: its name, its value in words, the page it opens to ("" for none), and a hint below."""

    name: str
    value: str
    href: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a tile says; `change` against the time before, `direction` "good", "bad" or ""."""

    value: str
    href: str
    hint: str = ""
    change: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class GoingWrong:
    """So many of something that wants a person, in words, and the page that lists them."""

    words: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file is asked for: days, "day" or "month", and for the journal an order's number or an account.

    `basis`: when revenue counts, "booked" or "realised".
    """

    span: Period
    by: str = "day"
    order: str | None = None
    account: str | None = None
    basis: str = "booked"


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure in the row over the charts."""

    label: str
    told: Callable[[Snapshot], Told]


@dataclass(frozen=True, slots=True)
class Table:
    """Two columns of lines, `caption` over them for those who hear the page."""

    caption: str
    name: str
    value: str
    lines: Callable[[Snapshot], Sequence[Line]]


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure with the same as a table behind it; `said` is heard in its place, `legend` names its colours.

    Without a `table` its bars are the profit's periods: their table stands behind it, and each opens to its orders.
    """

    key: str
    title: str
    said: str
    figure: Callable[[Snapshot], Figure]
    table: Table | None = None
    legend: tuple[str, ...] = ()
    file: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class SmallList:
    """A short list below the charts; `empty` is said when it has no lines."""

    key: str
    table: Table
    empty: str


@dataclass(frozen=True, slots=True)
class Warnings:
    """What stands under "What is going wrong"."""

    found: Callable[[Snapshot], Sequence[GoingWrong]]


@dataclass(frozen=True, slots=True)
class File:
    """A sheet to take away as /export/‹key›.csv and .xlsx, for those who hold `wants`."""

    key: str
    wants: Permission
    make: Callable[[Tx, Asked], Sheet]


@dataclass(frozen=True, slots=True)
class BooksTab:
    """A tab of the books, /books?tab=‹key›; `file` is the key of its File, "" for none.

    It is of all its days when `by_period`, else of the end of the last one.
    """

    key: str
    label: str
    file: str = ""
    by_period: bool = False


Place = Tile | Chart | SmallList | Warnings | BooksTab | File


@dataclass(frozen=True, slots=True)
class Report:
    """One question of the owner's, and where its answer stands."""

    question: str
    stands: tuple[Place, ...]


def account_url(account: str) -> str:
    """The journal of one account."""
    return f"/books?tab=journal&account={quote(account)}"


def sku_url(sku: str) -> str:
    """One SKU on the shelf."""
    return f"/stock?sku={quote(sku)}"


def counted(count: int, one: str) -> str:
    """ "1 order", "1,042 orders"."""
    return f"{grouped(count)} {one}{'' if count == 1 else 's'}"


def compared(value: str, now: int, then: int, span: Period, href: str) -> Told:
    """`value` with its change against the same number of days before; more is good."""
    before = f"the {span.days} days before" if span.days > 1 else "the day before"
    direction = "" if now == then or not then else "good" if now > then else "bad"
    return Told(value, href, change=change_words(now, then, before), direction=direction)


def change_words(now: int, then: int, before: str) -> str:
    """ "12 % more than the 30 days before"; a loss or nothing before has no percentage."""
    if then <= 0 or now < 0:
        return f"nothing {before}" if then == 0 else ""
    percent = round(100 * (now - then) / then)
    return f"{abs(percent)} % {'more' if percent > 0 else 'less'} than {before}" if percent else f"as {before}"
