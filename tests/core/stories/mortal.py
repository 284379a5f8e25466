"""A process that is killed at a chosen write: before it, in the middle of it, or when it is committed and unsaid.

Between two writes a process keeps nothing but its memory, so dying around each of them is dying anywhere: before the
courier is called, while it is called, and when it has answered.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TypeVar

from dokango.db import Database, Tx
from dokango.db.database import Listener

T = TypeVar("T")
BEFORE, INSIDE, AFTER = "before", "inside", "after"
MOMENTS = (BEFORE, INSIDE, AFTER)


class Killed(BaseException):
    """kill -9: nothing of the process hears of it, and nothing of it runs on."""


class Mortal:
    """The shop's database, as one process reaches it while it lives."""

    def __init__(self, db: Database) -> None:
        self._db, self.dialect, self.url = db, db.dialect, db.url
        self._writes_left: int | None = None
        self._moment = BEFORE
        self.is_dead = False

    def die_at(self, write: int, moment: str) -> None:
        """The process ends at so many writes from now (0: the next)."""
        self._writes_left, self._moment = write, moment

    def live_on(self) -> None:
        """It does not die of what was planned."""
        self._writes_left = None

    def read(self, query: Callable[[Tx], T]) -> T:
        """As the database, while alive."""
        if self.is_dead:
            raise Killed
        return self._db.read(query)

    def write(self, command: Callable[[Tx], T]) -> T:
        """As the database, while alive; at its end as planned."""
        if self.is_dead:
            raise Killed
        if self._writes_left is None:
            return self._db.write(command)
        self._writes_left -= 1
        if self._writes_left >= 0:
            return self._db.write(command)
        self.is_dead = True
        with contextlib.suppress(Exception):  # a command that is refused changes nothing; the process dies all the same
            if self._moment == AFTER:
                self._db.write(command)
            elif self._moment == INSIDE:
                self._db.write(lambda tx: _broken_off(tx, command))
        raise Killed

    def listen(self, listener: Listener) -> None:
        """Nobody watches."""

    def hear(self, listener: Listener) -> None:
        """Nobody watches from afar either."""

    def close(self) -> None:
        """It is everybody's."""


def _broken_off(tx: Tx, command: Callable[[Tx], object]) -> None:
    command(tx)
    raise Killed
