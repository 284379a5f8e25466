"""A program of its own that opens a workbook: whatever stands in the file, it can only end this process, not the site.

A file of a few kilobytes may claim a cell in the last row of the last column, and its reader would ask for gigabytes.
It reads the file from its input and writes the rows of each sheet as JSON; exit code 2: no workbook, 3: too large.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

MOST_MEMORY_BYTES, MOST_CPU_S = 1_000_000_000, 30
MOST_ROWS, MOST_CELLS, MOST_SHEETS = 200_000, 4_000_000, 20
NO_WORKBOOK, TOO_LARGE = 2, 3


def main() -> int:
    """The exit code."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, hard))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
        sheets, rows, cells = [], 0, 0
        for name in workbook.sheet_names[:MOST_SHEETS]:
            sheet = workbook.get_sheet_by_name(name)
            rows, cells = rows + sheet.total_height, cells + sheet.total_height * sheet.total_width
            if rows > MOST_ROWS or cells > MOST_CELLS:
                return TOO_LARGE
            sheets.append([_texts(row) for row in sheet.to_python(skip_empty_area=False)])
    except (CalamineError, OSError, ValueError):
        return NO_WORKBOOK
    except MemoryError:
        return TOO_LARGE
    json.dump(sheets, sys.stdout)
    return 0


def _texts(row: Sequence[object]) -> list[str]:
    """The row as far as it says anything."""
    texts = [_text(cell) for cell in row]
    while texts and not texts[-1].strip():
        texts.pop()
    return texts


def _text(cell: object) -> str:
    """A cell as people read it: 1424107.0 is "1424107", 66.100000000000001 is "66.1"."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return format(Decimal(repr(round(cell, 6))).normalize(), "f") if cell == cell and abs(cell) < 1e15 else ""
    if isinstance(cell, datetime | date | time | timedelta):
        return str(cell)
    return str(cell) if isinstance(cell, str | int) else ""


if __name__ == "__main__":
    sys.exit(main())
