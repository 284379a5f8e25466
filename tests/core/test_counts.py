"""Tries are counted for all workers together while Redis answers, and by each for itself while it does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dokango.errors import Throttled
from dokango.people.counts import RETRY_S, Counts
from dokango.people.throttle import Throttle
from tests.valkey import Valkey, running_valkey

RULE = "3 per 5 minutes"


class Hand:
    """A clock that is moved by hand, in seconds."""

    at_s = 100.0

    def __call__(self) -> float:
        return self.at_s


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    """A real one, for this test alone."""
    with running_valkey(tmp_path) as valkey:
        yield valkey


def refused(throttle: Throttle) -> bool:
    try:
        throttle.take("mina")
    except Throttled:
        return True
    return False


def test_two_workers_count_together(valkey: Valkey) -> None:
    here, there = Throttle(RULE, Counts(valkey.url)), Throttle(RULE, Counts(valkey.url))
    assert [refused(here), refused(there), refused(here), refused(there)] == [False, False, False, True]
    here.forgive("mina")
    assert not refused(there)


def test_without_redis_each_counts_by_itself_and_nobody_gets_past_it(valkey: Valkey) -> None:
    hand = Hand()
    counts = Counts(valkey.url, now=hand)
    throttle = Throttle(RULE, counts)
    throttle.take("mina")
    valkey.stop()
    assert [refused(throttle) for _ in range(4)] == [False, False, False, True]
    assert counts.is_lost
    assert not counts.look()


def test_redis_that_is_back_counts_again(valkey: Valkey) -> None:
    hand = Hand()
    counts = Counts(valkey.url, now=hand)
    throttle, other = Throttle(RULE, counts), Throttle(RULE, Counts(valkey.url))
    valkey.stop()
    throttle.take("mina")
    valkey.start()
    hand.at_s += RETRY_S
    assert [refused(throttle), refused(other), refused(throttle), refused(other)] == [False, False, False, True]
    assert not counts.is_lost
    assert counts.look()


def test_redis_that_is_not_there_at_the_start_stops_nobody() -> None:
    counts = Counts("redis://127.0.0.1:1/0")
    throttle = Throttle(RULE, counts)
    assert [refused(throttle) for _ in range(4)] == [False, False, False, True]
    assert not counts.look()


def test_without_a_url_nothing_is_missing() -> None:
    assert Counts().look()
    assert not Counts().is_lost
