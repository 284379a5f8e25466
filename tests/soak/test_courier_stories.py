"""Fifty thousand stories, of which `make test` plays a thousand: others, so that a soak adds to it."""

from __future__ import annotations

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.orders.parcels import follow
from dokango.people.actor import Actor
from tests.core.stories.batch import batches, databases, play

FIRST, STORIES = 1_000, 50_000


@pytest.mark.parametrize(("database_url", "numbers"), databases(batches(STORIES, FIRST)), indirect=["database_url"])
def test_every_story_ends_and_books_shelf_and_cases_hold(
    db: Database, clock: ManualClock, owner: Actor, numbers: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "AT_ONCE", 1)
    play(db, clock, owner, numbers)
