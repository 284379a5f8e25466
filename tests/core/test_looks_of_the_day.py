"""Each day a page is seen on both screens and in both lights, and within two weeks in all four looks."""

from __future__ import annotations

import pytest

from tests import sampling
from tests.pages.looks import looks_of

NAMES = ["orders", "stock", "the refund's dialog"]


@pytest.mark.parametrize("name", NAMES)
def test_every_day_shows_both_screens_and_both_lights(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    seen = set()
    for day in range(1, 15):
        monkeypatch.setattr(sampling, "SEED", f"2026-11-{day:02d}")
        today = {(screen["width"], dark) for screen, dark in looks_of(name)}
        assert {width for width, _ in today} == {360, 1280}
        assert {dark for _, dark in today} == {False, True}
        seen |= today
    assert len(seen) == 4


def test_the_whole_shows_all_four(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "WHOLE", True)
    assert len(looks_of("orders")) == 4
