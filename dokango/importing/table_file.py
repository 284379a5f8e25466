"""A spreadsheet as rows with their line numbers, whatever its encoding, delimiter and line ends."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dokango.errors import InvalidInput
from dokango.importing.headings import HeadingTest, found_heading
from dokango.text import plain

MOST_BYTES = 20_000_000
_LONGEST_CELL = 2_000_000
_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line that it begins on, and its cells by folded heading.

    `extra` is how many more cells it has than there are headings, `lost` how many of these say something.
    """

    line: int
    cells: dict[str, str]
    extra: int = 0
    lost: int = 0

    def get(self, heading: str) -> str:
        """The cell under `heading`, trimmed; empty when there is none."""
        return self.cells.get(fold(heading), "")


@dataclass(slots=True)
class Sheet:
    """What could be read. `broken` are lines from which on nothing could, with the reason."""

    headings: tuple[str, ...]
    spelled: dict[str, str] = field(default_factory=dict)  # the headings as they stand in the file
    line: int = 1  # of the headings
    rows: list[Row] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)
    encoding: str = "utf-8"


def fold(heading: str) -> str:
    """Headings are compared without case and runs of space."""
    return " ".join(heading.split()).casefold()


def read_sheet(raw: bytes, field_name: str = "file", is_heading: HeadingTest | None = None) -> Sheet:
    """Read a CSV. Raises InvalidInput (under `field_name`) when it is none, too large, or empty.

    Its first line holds the headings, unless `is_heading` knows a later one.
    """
    if len(raw) > MOST_BYTES:
        raise InvalidInput({field_name: f"The file is larger than {MOST_BYTES // 1_000_000} MB. Split it in two."})
    text, encoding = _decoded(raw, field_name)
    lines = text.splitlines(keepends=True)
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise InvalidInput({field_name: "The file is empty."})
    delimiter = _named_delimiter(lines[first])
    if delimiter:
        first += 1
    known = found_heading(lines[first:], _DELIMITERS, is_heading) if is_heading else None
    if known is not None:
        first, delimiter = first + known[0], known[1]
    csv.field_size_limit(_LONGEST_CELL)
    heading = lines[first] if first < len(lines) else ""
    text = "".join(lines[first:])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(heading))
    sheet = Sheet((), encoding=encoding)
    for line, cells in _numbered(reader, first, sheet):
        if not sheet.headings and not any(cell.strip() for cell in cells):
            continue
        if not sheet.headings:
            sheet.line = line
            sheet.spelled = spelled_headings(cells)
            sheet.headings = tuple(sheet.spelled)
        elif any(cell.strip() for cell in cells):
            sheet.rows.append(row_of(line, sheet.headings, cells))
    return sheet


def _decoded(raw: bytes, field_name: str) -> tuple[str, str]:
    is_utf16 = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "utf-16" if is_utf16 else "utf-8-sig" if _is_utf8(raw) else "cp1252"
    text = raw.decode(encoding, "replace")
    if "\0" in text:
        raise InvalidInput({field_name: "This is not a CSV file. Export it as CSV and choose that file."})
    return text, encoding


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _named_delimiter(line: str) -> str:
    """The delimiter of a first line "sep=;", as spreadsheets write it for one another; "" for any other line."""
    bare = line.rstrip("\r\n").strip('"')
    return bare[4:] if bare[:4].casefold() == "sep=" and bare[4:] in _DELIMITERS else ""


def _delimiter(heading: str) -> str:
    """The delimiter that stands most often between the headings (those inside quotes do not count)."""
    bare = "".join(heading.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)


def _numbered(reader: Iterator[list[str]], skipped: int, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line that it begins on; what the csv module cannot read is noted in `sheet.broken`."""
    while True:
        line = skipped + reader.line_num + 1  # type: ignore[attr-defined]
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            sheet.broken.append((line, f"it cannot be read ({error})"))


def spelled_headings(cells: Sequence[str]) -> dict[str, str]:
    """The headings by their folded form; one that is empty, or there already, is told by its place."""
    spelled: dict[str, str] = {}
    for place, cell in enumerate(cells, 1):
        words = plain(cell)
        if not words or fold(words) in spelled:
            words = f"{words} (column {place})".strip()
        spelled[fold(words)] = words
    return spelled


def row_of(line: int, headings: Sequence[str], cells: Sequence[str]) -> Row:
    """The cells of one line under their headings, made plain."""
    named: dict[str, str] = {}
    for heading, cell in zip(headings, cells, strict=False):
        named[heading] = plain(cell, lines=True)
    behind = cells[len(headings) :]
    return Row(line, named, len(behind), sum(bool(cell.strip()) for cell in behind))
