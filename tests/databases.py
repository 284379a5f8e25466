"""Both kinds of database, by name."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from tests.memory import in_memory

BOTH = ("sqlite", "postgresql")


@contextlib.contextmanager
def fresh(kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a fresh, migrated database of `kind`, until the end of the block."""
    if kind == "sqlite":
        with in_memory(request.getfixturevalue("sqlite_template")) as url:
            yield url
        return
    with request.getfixturevalue("postgres_databases").one() as url:
        yield url
