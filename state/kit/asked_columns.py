"""A column of a file as a page asks what it is: how it is called, and the first of what it holds."""

from __future__ import annotations

from collections.abc import Mapping

from dokango.importing.table_file import Sheet

_SAMPLES, _LONGEST = 3, 60


def column_asked(at: int, heading: str, sheet: Sheet, said: Mapping[str, str]) -> dict[str, str]:
    """The column at `at` of those that are asked for; `said` is what the columns are as far as is known."""
    held = dict.fromkeys(cell[:_LONGEST] for row in sheet.rows if (cell := row.get(heading)))
    return {
        "at": str(at), "heading": heading, "spelled": sheet.spelled[heading], "place": said.get(heading, ""),
        "samples": " · ".join(list(held)[:_SAMPLES]),
    }  # fmt: skip
