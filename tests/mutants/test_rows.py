"""Each row of bugs.py still has its line in the code; `make mutants` tells whether the bug is caught."""

from __future__ import annotations

from dokango.settings import ROOT
from tests.mutants.bugs import BUGS


def test_every_row_names_a_line_that_stands_once_in_its_file() -> None:
    times = {bug.name: (ROOT / bug.file).read_text(encoding="utf-8").count(bug.old) for bug in BUGS}
    assert {name: found for name, found in times.items() if found != 1} == {}


def test_there_are_forty_bugs_or_more_each_of_its_own_name() -> None:
    assert len({bug.name for bug in BUGS}) == len(BUGS) >= 40
