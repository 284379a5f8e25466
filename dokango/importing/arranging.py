"""The columns of any file put where somebody says that they belong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dokango.errors import InvalidInput
from dokango.importing.table_file import Sheet

LEFT_OUT = ""
Choice = Mapping[str, str]  # folded heading → place


def arranged(
    sheet: Sheet, asked: Iterable[str], places: Mapping[str, str], choice: Choice, taken: Mapping[str, str]
) -> Sheet:
    """The sheet with its columns `asked` of where `choice` puts them; `places` are all there are, with their words.

    `taken` are the places of columns that are known without asking, with the headings as they are spelled. Raises
    InvalidInput (under the heading) for a place that is none, or that another column has.
    """
    filled, put = dict(taken), dict[str, str]()
    wrong: dict[str, str] = {}
    for heading in asked:
        place = choice.get(heading, LEFT_OUT)
        if place not in places:
            wrong[heading] = f"“{place[:40]}” is nothing that a column can be."
        elif place in filled:
            wrong[heading] = f"“{sheet.spelled[heading]}” and “{filled[place]}” cannot both be {places[place]}."
        elif place != LEFT_OUT:
            filled[place] = sheet.spelled[heading]
            put[heading] = place
    if wrong:
        raise InvalidInput(wrong)
    rows = [replace(row, cells={put.get(h, h): cell for h, cell in row.cells.items()}) for row in sheet.rows]
    spelled = {put.get(h, h): words for h, words in sheet.spelled.items()}
    return replace(sheet, headings=tuple(spelled), spelled=spelled, rows=rows)
