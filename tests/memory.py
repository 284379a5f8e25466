"""Files of tests in memory, where there is room: on a disk each commit waits for it."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.postgres import MEMORY, has_room


@contextlib.contextmanager
def in_memory(template: Path) -> Iterator[str]:
    """The URL of a copy of an SQLite file, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="dokango-sqlite-", dir=MEMORY if has_room(MEMORY) else None) as folder:
        path = Path(folder) / "shop.sqlite3"
        shutil.copy(template, path)
        yield f"sqlite:///{path}"
