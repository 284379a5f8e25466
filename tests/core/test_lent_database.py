"""A database of the tests is lent to one after the other: nothing of one test may be there for the next."""

from __future__ import annotations

import psycopg
import pytest

from dokango.clock import ManualClock
from dokango.db import open_database
from dokango.people.actor import Actor
from tests.kept_connection import KeptConnection
from tests.postgres import FreshDatabases
from tests.small_shop import open_shop

NEXT = 3  # two are lent by turns; the third is the first again


def lent(databases: FreshDatabases) -> list[str]:
    """The databases that the next tests would get, each used by nobody."""
    urls = []
    for _ in range(NEXT):
        with databases.one() as url:
            urls.append(url)
    return urls


def orders_of(url: str, clock: ManualClock, owner: Actor) -> list[tuple[int, str]]:
    """The ids and numbers that the small shop gives two orders there."""
    database = open_database(url)
    shop = open_shop(database, clock, owner)
    placed = [shop.place(("MUG", 1)) for _ in range(2)]
    database.close()
    return [(done.order_id, done.number) for done in placed]


def test_what_a_test_wrote_is_gone_and_ids_begin_at_one(
    postgres_databases: FreshDatabases, clock: ManualClock, owner: Actor
) -> None:
    told = []
    for _ in range(2 * NEXT):
        with postgres_databases.one() as url:
            told.append((url, orders_of(url, clock, owner)))
    assert len({url for url, _ in told}) < len(told)
    assert all(orders == [(1, "1001"), (2, "1002")] for _, orders in told)


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE left_over (id integer)",
        "ALTER TABLE product ADD COLUMN left_over integer",
        "ALTER TABLE product ALTER COLUMN title DROP NOT NULL",
        "ALTER TABLE product ALTER COLUMN title SET DEFAULT 'left over'",
        "CREATE INDEX left_over ON product (title)",
        "ALTER TABLE event DISABLE TRIGGER ALL",
        "UPDATE alembic_version SET version_num = 'left over'",
        "DELETE FROM alembic_version",
    ],
)
def test_a_database_whose_schema_was_changed_is_lent_no_more(postgres_databases: FreshDatabases, change: str) -> None:
    with postgres_databases.one() as url, psycopg.connect(url, autocommit=True) as line:
        line.execute(change)
    assert url not in lent(postgres_databases)


def test_a_database_in_which_somebody_is_at_work_is_lent_no_more(postgres_databases: FreshDatabases) -> None:
    with postgres_databases.one() as url:
        line = psycopg.connect(url)
        line.execute("SELECT 1")
    assert url not in lent(postgres_databases)
    with pytest.raises(psycopg.OperationalError):
        line.execute("SELECT 1")


def test_who_idles_in_a_database_is_sent_away_before_the_next_gets_it(postgres_databases: FreshDatabases) -> None:
    with postgres_databases.one() as url:
        line = psycopg.connect(url, autocommit=True)
    assert url in lent(postgres_databases)
    with pytest.raises(psycopg.OperationalError):
        line.execute("SELECT 1")


def test_a_connection_that_is_taken_up_again_is_as_new(postgres_databases: FreshDatabases) -> None:
    with postgres_databases.one() as url:
        first = KeptConnection.connect(url, autocommit=True)
        first.execute("SET search_path = nowhere; LISTEN dokango; SELECT pg_advisory_lock(7)", prepare=False)
        first.close()
        again = KeptConnection.connect(url, autocommit=True)
        assert again is first
        asked = """SELECT current_setting('search_path'), (SELECT count(*) FROM pg_listening_channels()),
            (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())"""
        assert again.execute(asked).fetchone() == ('"$user", public', 0, 0)
        again.close()


def test_a_connection_that_was_broken_off_is_not_taken_up(postgres_databases: FreshDatabases) -> None:
    with postgres_databases.one() as url:
        first = KeptConnection.connect(url, autocommit=True)
        with psycopg.connect(url, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", (first.info.backend_pid,))
        first.close()
        again = KeptConnection.connect(url, autocommit=True)
        assert again is not first
        assert again.execute("SELECT 1").fetchone() == (1,)
        again.close()
