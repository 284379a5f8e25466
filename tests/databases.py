"""Both kinds of database, by name."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator

import pytest

from tests import sampling
from tests.memory import in_memory

BOTH = ("sqlite", "postgresql")


def of_the_day(name: str) -> str:
    """One of the two for what is called `name`, maybe the other tomorrow."""
    return random.Random(f"{sampling.SEED} {name}").choice(BOTH)


def choose(metafunc: pytest.Metafunc) -> None:
    """Run a test that wants a database on the one of the day, unless it says itself on which.

    On both where DOKANGO_TEST_WHOLE is 1, and where its module says `ON_BOTH = True`.
    """
    said = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "database_url" not in metafunc.fixturenames or "database_url" in said:
        return
    whole = sampling.WHOLE or getattr(metafunc.module, "ON_BOTH", False)
    kinds = BOTH if whole else [of_the_day(metafunc.definition.nodeid)]
    metafunc.definition.add_marker(pytest.mark.parametrize("database_url", kinds, indirect=True))


@contextlib.contextmanager
def fresh(kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a fresh, migrated database of `kind`, until the end of the block."""
    if kind == "sqlite":
        with in_memory(request.getfixturevalue("sqlite_template")) as url:
            yield url
        return
    with request.getfixturevalue("postgres_databases").one() as url:
        yield url
