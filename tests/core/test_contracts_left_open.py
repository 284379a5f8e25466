"""What couriers' contracts leave open: each reading that is played is written down, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

from dokango.clock import ManualClock
from dokango.couriers.registry import COURIERS

ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in (Path(__file__).parents[2] / "docs" / "couriers.md").read_text().splitlines()
    if line.startswith("| ") and not line.startswith("| courier")
]
GIVEN = re.compile(r"\((`\w+`(?:, `\w+`)*)\)|^`\w+`$")


def written() -> set[tuple[str, str]]:
    """(courier, reading) of every row: in brackets at the end of a guess, or a cell of its own."""
    found = set()
    for name, *cells in ROWS:
        for cell in cells:
            for given in GIVEN.finditer(cell):
                found |= {(name, reading) for reading in re.findall(r"`(\w+)`", given.group())}
    return found


def test_every_reading_of_a_practice_server_is_written_down_and_none_that_it_does_not_play(clock: ManualClock) -> None:
    played = set()
    for kind in COURIERS.values():
        if kind.practice is not None:
            practice = kind.practice.open(None, clock, {})
            played |= {(kind.name, reading) for reading in practice.readings}
            practice.close()
    assert written() == played


def test_every_setting_that_the_table_names_is_one_of_that_couriers_form() -> None:
    labels = {(kind.name, field.label) for kind in COURIERS.values() for field in kind.fields}
    named = {(name, label) for name, *cells in ROWS for cell in cells for label in re.findall(r"\*([^*]+)\*", cell)}
    assert {label for _, label in named - labels} <= {"The rider collected"}, "a button, of no courier's form"
