"""What one running process shares: the open database and the clock. Opened at first use, never at import."""

from __future__ import annotations

from threading import Lock

from dokango.clock import Clock, SystemClock
from dokango.db import Database, open_database
from dokango.settings import settings

_lock = Lock()
_database: Database | None = None
_clock: Clock = SystemClock()


def database() -> Database:
    """The shop's database, opened by whoever asks first; the schema is brought up to date by the commands, not here."""
    global _database
    if _database is None:
        with _lock:
            if _database is None:
                _database = open_database(settings().database)
    return _database


def clock() -> Clock:
    """The clock of this process."""
    return _clock


def use(database: Database | None, clock: Clock | None = None) -> None:
    """Put another database and clock in place (tests, and commands that open their own)."""
    global _database, _clock
    _database = database
    _clock = clock or SystemClock()
