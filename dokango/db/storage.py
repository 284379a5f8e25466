"""What a database's own storage may do to us: no room, no right to write, damage. Each as a sentence of ours."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from dokango.errors import CannotKeep, Unfit

HEADER = b"SQLite format 3\0"
_NOT_KEPT = {
    "database or disk is full": "The disk is full",
    "attempt to write a readonly database": "The database may only be read",
    "disk I/O error": "The disk did not take what was written",
    "unable to open database file": "The database's file cannot be opened",
}


def not_kept(error: BaseException) -> CannotKeep | None:
    """`error` as ours when the disk took nothing; None for any other."""
    if not isinstance(error, sqlite3.OperationalError):
        return None
    return next((CannotKeep(why) for words, why in _NOT_KEPT.items() if words in str(error)), None)


def require_sound(path: Path, *, most_bytes: int) -> bool:
    """Whether SQLite's own quick look at the file was done: not at one larger than `most_bytes`.

    Raises Unfit when it is no database, or a damaged one.
    """
    with path.open("rb") as file:
        if file.read(len(HEADER)) != HEADER:
            raise Unfit(f"{path} is no SQLite database.")
    if path.stat().st_size > most_bytes:
        return False
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise Unfit(f"{path} is damaged ({error}).") from error
    if found != "ok":
        raise Unfit(f"{path} is damaged ({' '.join(str(found).split())}).")
    return True
