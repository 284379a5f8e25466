"""What both databases promise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from dokango.db.announcement import Announcement
from dokango.db.tx import Tx

T = TypeVar("T")
Listener = Callable[[Announcement], None]


class Database(Protocol):
    """Read in a snapshot, write in a transaction that is durable when `write` returns.

    Safe to call from any thread; never from the event loop itself, which it would block.
    """

    dialect: str
    url: str
    cannot_keep: str  # why the disk took nothing when it was last written to; "": it did

    def read(self, query: Callable[[Tx], T]) -> T:
        """Run `query` on one snapshot."""
        ...

    def write(self, command: Callable[[Tx], T]) -> T:
        """Run `command` in a transaction and commit it; any exception leaves no trace and is raised here."""
        ...

    def listen(self, listener: Listener) -> None:
        """Call `listener` with what each commit that names a topic announces, right after it, in the writing thread."""
        ...

    def hear(self, listener: Listener) -> None:
        """Call `listener` with what other processes' commits announce, as it comes, in a thread of the database's own.

        Where the database does not tell (SQLite), nobody calls: the audit trail does, to who reads it.
        """
        ...

    def close(self) -> None:
        """Let the connections go."""
        ...
