"""What an import would bring, before anything is written: so that staff see whether they named the columns right."""

from __future__ import annotations

from dataclasses import dataclass

from dokango.clock import Clock, day_of
from dokango.errors import InvalidInput
from dokango.importing.arranging import Choice
from dokango.importing.columns import PLACES, placed, unknown
from dokango.importing.findings import FoundProduct, Remark
from dokango.importing.table_file import Sheet
from dokango.importing.woocommerce import missing_columns, understand
from dokango.text import how_many

MOST_SAMPLES = 3
_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """A column to be named: its heading, how it is spelled, and the first of what it holds."""

    heading: str
    spelled: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would come. `problem` is why nothing can be taken so; `wrong` are the sentences of single columns."""

    summary: str = ""
    problem: str = ""
    wrong: tuple[tuple[str, str], ...] = ()
    products: tuple[FoundProduct, ...] = ()
    refused: tuple[Remark, ...] = ()


def unknown_columns(sheet: Sheet) -> list[UnknownColumn]:
    """Every column that somebody has to name."""
    found = []
    for heading in unknown(sheet):
        held = dict.fromkeys(cell[:80] for row in sheet.rows if (cell := row.get(heading)))
        found.append(UnknownColumn(heading, sheet.spelled[heading], tuple(held)[:MOST_SAMPLES]))
    return found


def preview(sheet: Sheet, choice: Choice, clock: Clock) -> Preview:
    """The first products and refusals, and how many of each, when the columns are what `choice` says."""
    try:
        in_place = placed(sheet, choice)
    except InvalidInput as error:
        return Preview(problem="Two columns cannot be the same.", wrong=tuple(error.fields.items()))
    if missing := missing_columns(in_place):
        names = ", ".join(PLACES[heading] for heading in missing)
        return Preview(problem=f"Say first which columns these are: {names}.")
    found = understand(in_place, day_of(clock.now_us()))
    variants = sum(len(product.variants) for product in found.products)
    would = f"{how_many(len(found.products), 'product')} with {how_many(variants, 'variant')} can be taken"
    summary = f"{would}, {how_many(len(found.refused), 'row')} cannot."
    return Preview(summary, products=tuple(found.products[:_MOST_SHOWN]), refused=tuple(found.refused[:_MOST_SHOWN]))
