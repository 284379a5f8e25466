"""The owner's figures in words: the strings of tiles, of lists, and of what stands behind a bar."""

from __future__ import annotations

from collections.abc import Iterable

from dokango.money import taka
from dokango.reports.books.orders_behind import Behind
from dokango.reports.books.profit import Earned
from dokango.reports.kit.periods import period_words
from dokango.reports.kit.places import Line
from dokango.reports.overview import Overview


def tiles_in_words(seen: Overview) -> list[dict[str, str]]:
    """The row of figures, each with its change and the page behind it."""
    return [
        {
            "label": label, "value": told.value, "href": told.href, "hint": told.hint, "change": told.change,
            "direction": told.direction,
        }
        for label, told in seen.tiles
    ]  # fmt: skip


def lists_in_words(seen: Overview) -> dict[str, list[dict[str, str]]]:
    """The lists and the tables behind the charts, under their keys; what goes wrong under "wrong"."""
    wrong = [Line(going_wrong.words, str(going_wrong.count), going_wrong.href) for going_wrong in seen.wrong]
    return {key: _lines(lines) for key, lines in (*seen.lists.items(), ("wrong", wrong))}


def periods_in_words(seen: Overview) -> list[dict[str, str]]:
    """The table behind the profit charts, newest first; quiet periods are left out."""
    return [earned_in_words(row) for row in reversed(seen.periods)]


def _lines(lines: Iterable[Line]) -> list[dict[str, str]]:
    return [{"name": line.name, "value": line.value, "href": line.href, "hint": line.hint} for line in lines]


def earned_in_words(row: Earned) -> dict[str, str]:
    """One day or month."""
    return {
        "period": row.period,
        "words": period_words(row.period),
        "revenue": taka(row.revenue_poisha, exact=True),
        "cogs": taka(row.cogs_poisha, exact=True),
        "expenses": taka(row.expenses_poisha, exact=True),
        "profit": taka(row.profit_poisha, exact=True),
    }


def behind_in_words(row: Behind) -> dict[str, str]:
    """One order's part of a bar; what is not confirmed is said and not counted, a courier's expected charge is both."""
    unsure, expected = row.unconfirmed_poisha, row.expected_poisha
    said = [f"{taka(unsure, exact=True)} not yet confirmed"] if unsure else []
    said += [f"{taka(expected, exact=True)} of the cost is the courier's expected charge"] if expected else []
    return {
        "number": row.number,
        "name": row.name or "No order: counts and write-offs",
        "status": row.status,
        "revenue": taka(row.revenue_poisha - unsure, exact=True),
        "unsure": ", ".join(said),
        "cost": taka(row.cogs_poisha + row.expenses_poisha + expected, exact=True),
        "profit": taka(row.profit_poisha - unsure - expected, exact=True),
    }
