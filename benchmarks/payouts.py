"""A payout of 500 parcels with twelve planted differences: how long until it is matched, and until it is booked."""

from __future__ import annotations

import tempfile
import time
from datetime import datetime
from pathlib import Path

from dokango.clock import DHAKA, ManualClock
from dokango.db import open_database
from dokango.migrations.upgrade import upgrade
from dokango.people.actor import Actor
from dokango.people.permissions import Role
from tests.core.payouts import Paying, as_xlsx
from tests.core.test_payout_of_500 import Planted
from tests.small_shop import open_shop


def main() -> None:
    """Print both, and how many lines differ."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'shop.sqlite3'}"
        upgrade(url)
        clock = ManualClock(datetime(2026, 11, 22, 12, 0, tzinfo=DHAKA))
        database = open_database(url)
        paying = Paying(open_shop(database, clock, Actor(1, "Owner", Role.OWNER)))
        raw = as_xlsx(*Planted(paying).every_row())
        began = time.perf_counter()
        seen = paying.look(paying.read(raw))
        matched_s = time.perf_counter() - began
        began = time.perf_counter()
        paying.book(paying.read(raw))
        booked_s = time.perf_counter() - began
        database.close()
    lines, odd = len(seen.findings), len(seen.differences)
    print(f"  {lines} lines of an XLSX read and matched: {matched_s:.3f} s, {odd} differ")
    print(f"  previewed again and booked in one transaction: {booked_s:.3f} s")


if __name__ == "__main__":
    main()
