"""The practice courier's own parcels, in a SQLite file of its own: it is somebody else's computer, played."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dokango.clock import Clock

# Ids start anywhere, so that a file made anew does not give out the ids of the old one's parcels again.
_FIRST_ID, _ID_SPREAD = 1_400_000, 8_000_000

_SCHEMA = """
CREATE TABLE IF NOT EXISTS parcel (
    consignment_id INTEGER PRIMARY KEY AUTOINCREMENT,
    invoice TEXT NOT NULL UNIQUE,
    tracking_code TEXT NOT NULL UNIQUE,
    tracking_link TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    recipient_phone TEXT NOT NULL,
    recipient_address TEXT NOT NULL,
    cod_amount INTEGER NOT NULL,
    collected INTEGER,
    note TEXT,
    details TEXT NOT NULL DEFAULT '{}',
    status TEXT NOT NULL DEFAULT 'in_review',
    return_status TEXT NOT NULL DEFAULT '',
    payment_id INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS parcel_phone ON parcel (recipient_phone);
CREATE TABLE IF NOT EXISTS tracking (
    id INTEGER PRIMARY KEY, consignment_id INTEGER NOT NULL, type INTEGER NOT NULL, text TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS tracking_parcel ON tracking (consignment_id, id);
CREATE TABLE IF NOT EXISTS return_request (
    id INTEGER PRIMARY KEY, consignment_id INTEGER NOT NULL, reason TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'pending', created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS payment (
    id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, charges INTEGER NOT NULL, created_at INTEGER NOT NULL
) STRICT;
"""

Row = dict[str, Any]


class Store:
    """Rows in and out; every method is one transaction, safe from any thread and beside another process."""

    def __init__(self, path: Path | None, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(
            path or ":memory:", timeout=10, isolation_level=None, check_same_thread=False
        )
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode=WAL")
        with self.writing():
            for statement in _SCHEMA.split(";\n"):
                self._connection.execute(statement)
            self._connection.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT 'parcel', ?"
                " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'parcel')",
                (_FIRST_ID + secrets.randbelow(_ID_SPREAD),),
            )

    def now_us(self) -> int:
        """The practice courier's time."""
        return self._clock.now_us()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing of what happens inside; may be nested."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, sql: str, *values: object) -> list[Row]:
        """What a SELECT finds."""
        with self._lock:
            return [dict(row) for row in self._connection.execute(sql, values)]

    def one(self, sql: str, *values: object) -> Row | None:
        """The first row of a SELECT."""
        return next(iter(self.rows(sql, *values)), None)

    def run(self, sql: str, *values: object) -> int:
        """Change something; the id of the row inserted."""
        with self.writing():
            return int(self._connection.execute(sql, values).lastrowid or 0)

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            self._connection.close()


def insert_sql(table: str, values: Mapping[str, object]) -> str:
    """INSERT of `values`, whose names are this package's own words."""
    return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})"  # noqa: S608
