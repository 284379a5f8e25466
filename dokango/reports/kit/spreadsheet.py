"""A table as CSV or XLSX. Words stay words: what begins like a formula never becomes one."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

from dokango.money import POISHA_PER_TAKA

Cell = str | int | None
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SHEET_TITLE_LENGTH = 31


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under `columns`; the columns named in `money` hold poisha and are written as taka with two decimals."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    money: frozenset[str] = frozenset()


def as_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads Bangla too."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(sheet.columns)
    for row in sheet.rows:
        writer.writerow([_csv_cell(cell, name in sheet.money) for cell, name in zip(row, sheet.columns, strict=True)])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(sheet: Sheet) -> bytes:
    """One worksheet: amounts as numbers, all else as text cells."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(sheet.title[:_SHEET_TITLE_LENGTH])
    bold, amount = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
    page.freeze_panes(1, 0)
    for column, name in enumerate(sheet.columns):
        page.write_string(0, column, name, bold)
        page.set_column(column, column, max(14, len(name) + 2))
    for line, row in enumerate(sheet.rows, start=1):
        for column, (cell, name) in enumerate(zip(row, sheet.columns, strict=True)):
            if isinstance(cell, int):
                taka = cell / POISHA_PER_TAKA if name in sheet.money else cell
                page.write_number(line, column, taka, amount if name in sheet.money else None)
            elif cell:
                page.write_string(line, column, cell)
    book.close()
    return file.getvalue()


FILE_KINDS: dict[str, tuple[Callable[[Sheet], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
"""The kinds of file that a sheet is written as, each with its media type."""


def _csv_cell(cell: Cell, is_money: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return _taka(cell) if is_money else str(cell)
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA_STARTS) or cell.startswith(_FORMULA_STARTS) else cell


def _taka(poisha: int) -> str:
    whole, rest = divmod(abs(poisha), POISHA_PER_TAKA)
    return f"{'-' if poisha < 0 else ''}{whole}.{rest:02d}"
