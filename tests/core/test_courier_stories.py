"""Random stories of parcels in which everything goes wrong by chance; `make soak` plays fifty times as many.

A story that fails names its number, and the run its seed:

    DOKANGO_TEST_SEED=2026-11-28 DOKANGO_STORY=417 pytest tests/core/test_courier_stories.py

plays its batch up to it, as it was.
"""

from __future__ import annotations

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.orders.parcels import follow
from dokango.people.actor import Actor
from tests.core.stories.batch import batches, databases, play

STORIES = 1_000


@pytest.mark.parametrize(("database_url", "numbers"), databases(batches(STORIES)), indirect=["database_url"])
def test_every_story_ends_and_books_shelf_and_cases_hold(
    db: Database, clock: ManualClock, owner: Actor, numbers: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "AT_ONCE", 1)  # several at once would take faults in another order each time
    play(db, clock, owner, numbers)
