"""SQLite: one writer at a time in the process, which commits for everybody who waits with it.

A command that finds nobody writing leads: it runs in its own transaction, in its own thread, with no hand-over.
Commands that arrive meanwhile queue up; the next leader takes them all, each in a savepoint, and commits once (group
commit). Many at once therefore cost one fsync, and nobody starves behind a busy time-out.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from dokango.db.announcement import Announcement
from dokango.db.database import Listener
from dokango.db.storage import not_kept
from dokango.db.tx import Tx
from dokango.errors import Busy

T = TypeVar("T")

BUSY_TIMEOUT_S = 30.0
MOST_IN_A_COMMIT = 128
_IDLE_READERS = 8
_SQLITE_BUSY_WORDS = ("database is locked", "database table is locked")


class _Job:
    """One command waiting for the writer."""

    __slots__ = ("announcement", "command", "done", "error", "result", "wake")

    def __init__(self, command: Callable[[Tx], Any]) -> None:
        self.command = command
        self.done = False
        self.result: Any = None
        self.error: BaseException | None = None
        self.announcement = Announcement()
        self.wake = Lock()
        self.wake.acquire()

    def outcome(self) -> Any:
        if self.error is not None:
            raise not_kept(self.error) or self.error
        return self.result


class SqliteDatabase:
    """A file in WAL mode with synchronous=FULL and foreign keys on."""

    dialect = "sqlite"
    cannot_keep = ""

    def __init__(self, path: Path) -> None:
        self.url = f"sqlite:///{path}"
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._writer = self._connect()
        self._readers: deque[sqlite3.Connection] = deque()
        self._queue: deque[_Job] = deque()
        self._mutex = Lock()
        self._leading = False
        self._listeners: list[Listener] = []

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False, cached_statements=512
        )
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def listen(self, listener: Listener) -> None:
        """Call `listener` with what each commit that names a topic announces."""
        self._listeners.append(listener)

    def hear(self, listener: Listener) -> None:
        """SQLite tells nobody: what other processes wrote is found in the audit trail."""

    def read(self, query: Callable[[Tx], T]) -> T:
        """Run `query` on one snapshot; readers never wait for the writer."""
        try:
            connection = self._readers.pop()
        except IndexError:
            connection = self._connect()
        tx = Tx(connection, self.dialect)
        try:
            tx.script("BEGIN")
            return query(tx)
        finally:
            connection.rollback()
            tx.close()
            if len(self._readers) < _IDLE_READERS:
                self._readers.append(connection)
            else:
                connection.close()

    def write(self, command: Callable[[Tx], T]) -> T:
        """Run `command` and commit, alone or together with whoever waits; durable on return. Raises Busy."""
        job = _Job(command)
        with self._mutex:
            self._queue.append(job)
            leads = not self._leading
            self._leading = True
        if not leads:
            job.wake.acquire()
            if job.done:
                return job.outcome()  # type: ignore[no-any-return]
        self._lead()
        return job.outcome()  # type: ignore[no-any-return]

    def _lead(self) -> None:
        """Commit what waits now, then wake them, and hand the lead to the first who came since."""
        with self._mutex:
            batch = [self._queue.popleft() for _ in range(min(len(self._queue), MOST_IN_A_COMMIT))]
        try:
            self._commit(batch)
        except BaseException as error:
            for job in batch:
                job.error = error
        finally:
            with self._mutex:
                if self._queue:
                    self._queue[0].wake.release()
                else:
                    self._leading = False
            for job in batch:
                job.done = True
                if job.wake.locked():
                    job.wake.release()
        self._note_what_was_not_kept(batch)
        announcement = Announcement.of_all(job.announcement for job in batch if job.error is None)
        if announcement.topics:
            for listener in self._listeners:
                listener(announcement)

    def _note_what_was_not_kept(self, batch: list[_Job]) -> None:
        refused = next((found for job in batch if job.error and (found := not_kept(job.error))), None)
        if refused:
            self.cannot_keep = str(refused)

    def _commit(self, batch: list[_Job]) -> None:
        tx = Tx(self._writer, self.dialect)
        try:
            tx.script("BEGIN IMMEDIATE")
            for job in batch:
                _run(tx, job, self._writer, alone=len(batch) == 1)
            if self._writer.in_transaction:
                tx.script("COMMIT")
                self.cannot_keep = ""
        except sqlite3.OperationalError as error:
            if any(words in str(error) for words in _SQLITE_BUSY_WORDS):
                raise Busy from error
            raise
        finally:
            if self._writer.in_transaction:
                self._writer.rollback()
            tx.close()

    def close(self) -> None:
        """Let the connections go."""
        while self._readers:
            self._readers.pop().close()
        self._writer.close()


def _run(tx: Tx, job: _Job, writer: sqlite3.Connection, *, alone: bool) -> None:
    """One command of a batch; its failure is its own and undoes only what it did.

    Raises what made SQLite undo the whole transaction, as a full disk does: then it is everybody's.
    """
    tx.announcement = job.announcement
    if not alone:
        tx.script("SAVEPOINT command")
    try:
        job.result = job.command(tx)
    except BaseException as error:
        job.error = error
        if not writer.in_transaction:
            raise
        tx.script("ROLLBACK" if alone else "ROLLBACK TO command")
    if not alone:
        tx.script("RELEASE command")
