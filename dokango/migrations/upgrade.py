"""Bring a database up to the newest schema, one process at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url

_LOCK_KEY = 0x646F6B61  # "doka": any number that nobody else locks


def upgrade(url: str) -> None:
    """Apply what is missing of the migrations to the database at `url`; does nothing when it is up to date.

    Several processes may start at once: a lock (a file beside SQLite's, an advisory lock in PostgreSQL) lets one work
    while the others wait for it to be done.
    """
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(engine_url(url))
    try:
        with engine.connect() as connection, _locked(connection, url):
            command.upgrade(config(connection), "head")
            connection.commit()
    finally:
        engine.dispose()


def config(connection: Connection) -> Config:
    """Alembic's configuration, bound to an open connection."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent))
    settings.attributes["connection"] = connection
    return settings


def engine_url(url: str) -> str:
    """SQLAlchemy's spelling of our URL: psycopg 3 for PostgreSQL."""
    if url.startswith("sqlite"):
        return url
    return make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


@contextmanager
def _locked(connection: Connection, url: str) -> Iterator[None]:
    if url.startswith("sqlite:///"):
        with Path(url.removeprefix("sqlite:///") + ".migrate.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK_KEY})
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK_KEY})
        connection.commit()
