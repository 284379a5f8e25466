"""Fifty thousand stories, of which `make test` plays a thousand: others, so that a soak adds to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.people.actor import Actor
from tests.core.stories.batch import batches, databases, one_thing_at_a_time, play
from tests.databases import fresh

FIRST, STORIES = 1_000, 50_000


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Of a batch's own database, as its parameter says."""
    with fresh(request.param, request) as url:
        yield url


@pytest.mark.parametrize(("database_url", "numbers"), databases(batches(STORIES, FIRST)), indirect=["database_url"])
def test_every_story_ends_and_books_shelf_and_cases_hold(
    db: Database, clock: ManualClock, owner: Actor, numbers: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_thing_at_a_time(monkeypatch)
    play(db, clock, owner, numbers)
