"""A payout from the rows of a file whose columns are known."""

from __future__ import annotations

from dokango.couriers.line import reading
from dokango.importing.arranging import Choice
from dokango.importing.table_file import Row, Sheet
from dokango.numbers import figures
from dokango.payouts import columns as c
from dokango.payouts.statement import FILE, StatedLine, Statement

_LONGEST_NAME = 100


def statement_of(sheet: Sheet, choice: Choice, *, courier: str, reference: str, name: str) -> Statement:
    """The payout in `sheet`, its columns put where `choice` says. Raises InvalidInput, under the headings.

    A row that cannot be read stays a line, with why. Rows that say nothing in any known column are left out.
    """
    arranged = c.placed(sheet, choice)
    lines = [_line(row, arranged) for row in arranged.rows]
    return Statement(courier, reference, FILE, name, [line for line in lines if line is not None])


def _line(row: Row, sheet: Sheet) -> StatedLine | None:
    if not any(row.get(place) for place in c.PLACES if place):
        return None
    invoice, consignment, tracking = (reading.text(row.get(place), _LONGEST_NAME) for place in c.NAMES)
    amounts: dict[str, int | None] = {}
    for place in (c.COLLECTED, c.PAID, c.CLAIM, *c.CHARGES, c.DISCOUNT):
        said = row.get(place)
        amounts[place] = _amount(said) if said else None
        if said and amounts[place] is None:
            words = f"“{said[:40]}” under “{sheet.spelled[place]}” is no amount."
            return StatedLine(row.line, invoice, consignment, tracking, wrong=words)
    charges = [amounts[place] for place in c.CHARGES if amounts[place] is not None]
    charge = sum(part or 0 for part in charges) - (amounts[c.DISCOUNT] or 0) if charges else None
    return StatedLine(
        row.line, invoice, consignment, tracking, collected_poisha=amounts[c.COLLECTED],
        charge_poisha=None if charge is None else max(0, charge), paid_poisha=amounts[c.PAID],
        status=row.get(c.STATUS)[:60], claim_poisha=amounts[c.CLAIM],
    )  # fmt: skip


def _amount(said: str) -> int | None:
    """Poisha of "৳1,060", "Tk 60.50", "-80" or "(80)"; None when it is no amount."""
    bare = figures(said).replace("−", "-").replace("৳", " ")
    for mark in ("taka", "tk.", "tk", "bdt", "/-", "/="):
        bare = bare.replace(mark, " ")
    bare = bare.strip()
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    return 0 if bare in ("-", "–", "nil") else reading.poisha(bare.replace(" ", ""))
