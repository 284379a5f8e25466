"""Stories by their numbers, a batch of them in one database after the other."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from _pytest.mark import ParameterSet

from dokango.checks import run_checks
from dokango.clock import ManualClock, datetime_of
from dokango.couriers.practice import calls
from dokango.db import Database
from dokango.orders.parcels import follow
from dokango.people.actor import Actor
from tests import sampling
from tests.core.stories.story import Story
from tests.core.stories.world import World, open_world

IN_A_BATCH = 25
ONE = "DOKANGO_STORY"
APART = timedelta(weeks=30)


def batches(many: int, begin: int = 0) -> list[range]:
    """The numbers of so many stories from `begin` on, batch by batch; of one alone those of its batch up to it."""
    one = os.environ.get(ONE)
    if one is not None:
        first = int(one) // IN_A_BATCH * IN_A_BATCH
        return [range(first, int(one) + 1)]
    return [range(first, min(first + IN_A_BATCH, begin + many)) for first in range(begin, begin + many, IN_A_BATCH)]


def _database(numbers: range) -> str:
    """Each twentieth batch on PostgreSQL: a story there takes ten times as long, and finds what is its own."""
    return "sqlite" if numbers.start // IN_A_BATCH % 20 else "postgresql"


def one_thing_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the shop nor the courier does two things at once: else faults would befall others each time."""
    monkeypatch.setattr(follow, "AT_ONCE", 1)
    monkeypatch.setattr(calls, "run_in_threadpool", _here)


async def _here(deed: Callable[[object], object], call: object) -> object:
    return deed(call)


def databases(found: list[range]) -> list[ParameterSet]:
    """Each batch on one of both databases, by turns."""
    return [
        pytest.param(
            _database(numbers),
            numbers,
            id=f"{_database(numbers)}-{numbers.start}",
        )
        for numbers in found
    ]


def play(db: Database, clock: ManualClock, owner: Actor, numbers: range) -> None:
    """Tell them one after the other, and prove every invariant after each."""
    world = open_world(db, clock, owner)
    try:
        for number in numbers:
            play_one(world, number)
            clock.set(datetime_of(clock.now_us()) + APART)
    finally:
        world.couriers.close()


def play_one(world: World, number: int) -> None:
    """One of them."""
    story = Story(world, number, sampling.SEED)
    story.play()
    broken = [f"{check.name}: {problem}" for check in world.db.read(run_checks) for problem in check.problems]
    assert not broken, "\n".join([*broken, f"after story {number}:", *story.fate.log])
