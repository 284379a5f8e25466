"""A workbook (XLSX, XLS, ODS) as the same rows that a CSV gives: its first sheet that holds a table."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from dokango.errors import InvalidInput
from dokango.importing import sheet_rows
from dokango.importing.headings import HeadingTest
from dokango.importing.table_file import MOST_BYTES, Row, Sheet, read_sheet, row_of, spelled_headings

MOST_UNPACKED_BYTES = 10 * MOST_BYTES  # what a small file may become in memory
MOST_WAITED_S = 60
_MOST_ABOVE = 60  # lines of title that may stand above the headings
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UNREADABLE = "This workbook cannot be opened. Save it anew as XLSX or CSV."
_TOO_LARGE = f"This workbook has more than {sheet_rows.MOST_ROWS:,} rows, or far too many cells. Split it in two."


def is_workbook(raw: bytes) -> bool:
    """Whether the content begins as workbooks do."""
    return raw.startswith((_ZIP, _OLE))


def read_table(raw: bytes, field_name: str = "file", is_heading: HeadingTest | None = None) -> Sheet:
    """Read a CSV or a workbook, whichever it is. Raises InvalidInput (under `field_name`).

    `is_heading` tells the row of headings where titles may stand above it; without one that fits, the usual rule holds.
    """
    read = read_workbook if is_workbook(raw) else read_sheet
    return read(raw, field_name, is_heading)


def read_workbook(raw: bytes, field_name: str = "file", is_heading: HeadingTest | None = None) -> Sheet:
    """The first sheet with a row of headings: one that `is_heading` knows, else the first with two cells filled.

    Raises InvalidInput (under `field_name`) for what is no workbook, is too large, or holds no table.
    """
    _refuse_large(raw, field_name)
    sheets = _opened(raw, field_name)
    for known in (is_heading, _two_filled):
        for rows in sheets if known else ():
            at = next((at for at, row in enumerate(rows[:_MOST_ABOVE]) if known and known(row)), None)
            if at is not None:
                return _sheet(rows, at)
    raise InvalidInput({field_name: "No sheet of this workbook holds a table with headings."})


def _refuse_large(raw: bytes, field_name: str) -> None:
    """A zip may unpack to much more than it is."""
    size = len(raw)
    if raw.startswith(_ZIP):
        try:
            with zipfile.ZipFile(BytesIO(raw)) as packed:
                size = sum(entry.file_size for entry in packed.infolist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise InvalidInput({field_name: "This workbook is damaged. Save it anew as XLSX or CSV."}) from error
    if len(raw) > MOST_BYTES or size > MOST_UNPACKED_BYTES:
        raise InvalidInput({field_name: f"The file is larger than {MOST_BYTES // 1_000_000} MB. Split it in two."})


def _opened(raw: bytes, field_name: str) -> list[list[list[str]]]:
    """The texts of every sheet, read by a process that may run out of memory or time without harm to this one."""
    program = [sys.executable, "-I", str(Path(sheet_rows.__file__))]
    try:
        ended = subprocess.run(program, input=raw, capture_output=True, timeout=MOST_WAITED_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise InvalidInput({field_name: _TOO_LARGE}) from error
    if ended.returncode == 0:
        sheets: list[list[list[str]]] = json.loads(ended.stdout)
        return sheets
    gave_up = ended.returncode not in (1, sheet_rows.NO_WORKBOOK)  # a signal, or its own word
    raise InvalidInput({field_name: _TOO_LARGE if gave_up else _UNREADABLE})


def _two_filled(row: Sequence[str]) -> bool:
    return sum(bool(cell.strip()) for cell in row) > 1


def _sheet(rows: Sequence[Sequence[str]], heading: int) -> Sheet:
    spelled = spelled_headings(rows[heading])
    headings = tuple(spelled)
    found: list[Row] = [
        row_of(at + 1, headings, row)
        for at, row in enumerate(rows)
        if at > heading and any(cell.strip() for cell in row)
    ]
    return Sheet(headings, spelled, heading + 1, found, encoding="workbook")
