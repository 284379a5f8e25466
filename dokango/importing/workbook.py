"""A workbook (XLSX, XLS, ODS) as the same rows that a CSV gives: its first sheet that holds a table."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from dokango.errors import InvalidInput
from dokango.importing.table_file import MOST_BYTES, Row, Sheet, read_sheet, row_of, spelled_headings

MOST_UNPACKED_BYTES = 10 * MOST_BYTES  # what a small file may become in memory
_MOST_ROWS = 200_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def is_workbook(raw: bytes) -> bool:
    """Whether the content begins as workbooks do."""
    return raw.startswith((_ZIP, _OLE))


def read_table(raw: bytes, field_name: str = "file") -> Sheet:
    """Read a CSV or a workbook, whichever it is. Raises InvalidInput (under `field_name`)."""
    return read_workbook(raw, field_name) if is_workbook(raw) else read_sheet(raw, field_name)


def read_workbook(raw: bytes, field_name: str = "file") -> Sheet:
    """The first sheet with a row of headings: the first row of which two cells are filled.

    Raises InvalidInput (under `field_name`) for what is no workbook, is too large, or holds no table.
    """
    _refuse_large(raw, field_name)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(raw))
        for name in workbook.sheet_names:
            found = _sheet(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=_MOST_ROWS))
            if found is not None:
                return found
    except (CalamineError, OSError, ValueError) as error:
        raise InvalidInput({field_name: "This workbook cannot be opened. Save it anew as XLSX or CSV."}) from error
    raise InvalidInput({field_name: "No sheet of this workbook holds a table with headings."})


def _refuse_large(raw: bytes, field_name: str) -> None:
    """A zip may unpack to much more than it is."""
    size = len(raw)
    if raw.startswith(_ZIP):
        try:
            with zipfile.ZipFile(BytesIO(raw)) as packed:
                size = sum(entry.file_size for entry in packed.infolist())
        except zipfile.BadZipFile as error:
            raise InvalidInput({field_name: "This workbook is damaged. Save it anew as XLSX or CSV."}) from error
    if len(raw) > MOST_BYTES or size > MOST_UNPACKED_BYTES:
        raise InvalidInput({field_name: f"The file is larger than {MOST_BYTES // 1_000_000} MB. Split it in two."})


def _sheet(rows: Sequence[Sequence[object]]) -> Sheet | None:
    texts = [[_text(cell) for cell in row] for row in rows]
    heading = next((at for at, row in enumerate(texts) if sum(bool(cell.strip()) for cell in row) > 1), None)
    if heading is None:
        return None
    spelled = spelled_headings(texts[heading])
    headings = tuple(spelled)
    found: list[Row] = [
        row_of(at + 1, headings, row)
        for at, row in enumerate(texts)
        if at > heading and any(cell.strip() for cell in row)
    ]
    return Sheet(headings, spelled, heading + 1, found, encoding="workbook")


def _text(cell: object) -> str:
    """A cell as people read it: 1424107.0 is "1424107", 66.100000000000001 is "66.1"."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return format(Decimal(repr(round(cell, 6))).normalize(), "f") if cell == cell and abs(cell) < 1e15 else ""
    if isinstance(cell, datetime | date | time | timedelta):
        return str(cell)
    return str(cell) if isinstance(cell, str | int) else ""
