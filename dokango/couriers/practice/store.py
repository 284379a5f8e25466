"""A practice server's own parcels, in a SQLite file of its own: it is somebody else's computer, played."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from dokango.clock import Clock

Cell = int | str | None


class Row(dict[str, Cell]):
    """A row by its columns' names."""

    def whole(self, name: str) -> int:
        """A column of whole numbers; NULL is 0."""
        return int(self[name] or 0)

    def text(self, name: str) -> str:
        """A column of text; NULL is ""."""
        value = self[name]
        return "" if value is None else str(value)


class Store:
    """Rows in and out; every method is one transaction, safe from any thread and beside another process."""

    def __init__(self, path: Path | None, clock: Clock, schema: str) -> None:
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
            for statement in schema.split(";\n"):
                self._connection.execute(statement)

    def now_us(self) -> int:
        """The practice server's time."""
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
            return [Row(row) for row in self._connection.execute(sql, values)]

    def one(self, sql: str, *values: object) -> Row | None:
        """The first row of a SELECT."""
        return next(iter(self.rows(sql, *values)), None)

    def run(self, sql: str, *values: object) -> int:
        """Change something; the id of the row inserted."""
        with self.writing():
            return int(self._connection.execute(sql, values).lastrowid or 0)

    def insert(self, table: str, values: Mapping[str, object]) -> int:
        """Put a row in, whose columns' names are the server's own words; its id."""
        sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})"  # noqa: S608
        return self.run(sql, *values.values())

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            self._connection.close()
