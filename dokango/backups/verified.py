"""Whether a copy can be trusted: it is unpacked beside the shop, opened, and every invariant is proved on it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select

from dokango.archive import DATABASE, unpack
from dokango.checks import run_checks
from dokango.db import Tx, open_database, table_of, typed
from dokango.migrations.upgrade import upgrade
from dokango.orders.book.models import Order

_O = table_of(Order)


class Holds(NamedTuple):
    """How many orders an archive has, and when the newest was placed (µs); None when it has none."""

    orders: int
    newest_us: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an archive holds, and which invariants do not hold in it. `holds` is None for a dump of PostgreSQL, which
    only a server can read."""

    holds: Holds | None
    broken: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.broken


_HOLDS = typed(Holds, select(func.count().label("orders"), func.max(_O.c.placed_at).label("newest_us")).select_from(_O))


def verify(archive: Path) -> Verdict:
    """Prove an archive; nothing of the shop is touched. Raises InvalidInput when it cannot be read."""
    with tempfile.TemporaryDirectory(dir=archive.parent) as folder:
        unpack(archive, Path(folder))
        copy = Path(folder) / DATABASE
        if not copy.exists():
            return Verdict(None)
        upgrade(f"sqlite:///{copy}")  # as a restore would
        database = open_database(f"sqlite:///{copy}")
        try:
            return database.read(_proved)
        finally:
            database.close()


def _proved(tx: Tx) -> Verdict:
    return Verdict(tx.only(_HOLDS), tuple(result.name for result in run_checks(tx) if not result.ok))
