"""Connections to the tests' PostgreSQL that outlive the test: the shop's pool closes one, the next test's opens it.

A new one begins with nothing: its process is started, and then reads the catalogues and plans each statement anew,
which costs the server more than all that a test asks of it. In the shop, too, connections live long.
"""

from __future__ import annotations

import contextlib
import threading
from collections import defaultdict
from typing import Any, ClassVar

import psycopg

MOST_IDLE = 3
_AS_NEW = b"RESET ALL; UNLISTEN *; SELECT pg_advisory_unlock_all()"


class KeptConnection(psycopg.Connection[Any]):
    """One that `close` puts aside, where its database's URL is among `urls`, and `connect` takes up again."""

    urls: ClassVar[set[str]] = set()
    _idle: ClassVar[dict[str, list[KeptConnection]]] = defaultdict(list)
    _one_at_a_time: ClassVar[threading.Lock] = threading.Lock()
    _url: str = ""

    @classmethod
    def connect(cls, conninfo: str = "", **options: Any) -> KeptConnection:  # type: ignore[override]
        """One that is there and well, else a new one."""
        while (kept := cls._taken_up(conninfo)) is not None:
            with contextlib.suppress(psycopg.Error):
                kept.execute(_AS_NEW, prepare=False)
                return kept
            kept.end()
        made = super().connect(conninfo, **options)
        made._url = conninfo
        return made

    def close(self) -> None:
        """Put it aside, or end it: where it is broken off, in the middle of something, or one too many."""
        with self._one_at_a_time:
            idle = self._idle[self._url]
            at_rest = self.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
            if self._url in self.urls and at_rest and len(idle) < MOST_IDLE and self not in idle:
                idle.append(self)
                return
        self.end()

    def end(self) -> None:
        """Close it for good."""
        super().close()

    @classmethod
    def at_rest(cls, url: str) -> set[int]:
        """The server's processes behind the connections that are put aside."""
        with cls._one_at_a_time:
            return {kept.info.backend_pid for kept in cls._idle[url]}

    @classmethod
    def forget(cls, url: str) -> None:
        """End all that go there, and keep no more of them."""
        cls.urls.discard(url)
        while (kept := cls._taken_up(url)) is not None:
            kept.end()

    @classmethod
    def _taken_up(cls, url: str) -> KeptConnection | None:
        with cls._one_at_a_time:
            return cls._idle[url].pop() if cls._idle[url] else None
