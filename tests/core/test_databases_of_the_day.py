"""Where one database a day is enough, both have their days, and the whole has both."""

from __future__ import annotations

import pytest

from tests import sampling
from tests.databases import BOTH, of_the_day


def test_within_two_weeks_a_test_meets_both(monkeypatch: pytest.MonkeyPatch) -> None:
    met = set()
    for day in range(1, 15):
        monkeypatch.setattr(sampling, "SEED", f"2026-11-{day:02d}")
        met.add(of_the_day("tests/state/test_stock.py::test_a_count_is_kept"))
    assert met == set(BOTH)


def test_on_one_day_both_are_met_by_some_test() -> None:
    assert {of_the_day(f"tests/state/test_{n}.py") for n in range(50)} == set(BOTH)
