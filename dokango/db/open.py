"""From a URL to a database."""

from __future__ import annotations

from pathlib import Path

from dokango.db.database import Database
from dokango.db.postgres import PostgresDatabase
from dokango.db.sqlite import SqliteDatabase
from dokango.errors import InvalidInput


def open_database(url: str) -> Database:
    """Open `sqlite:///path` or `postgresql://…`; raises InvalidInput for any other kind."""
    if url.startswith("sqlite:///"):
        return SqliteDatabase(Path(url.removeprefix("sqlite:///")))
    if url.startswith(("postgresql://", "postgres://")):
        return PostgresDatabase(url)
    raise InvalidInput({"database_url": "DOKANGO_DATABASE_URL must begin with sqlite:/// or postgresql://."})
