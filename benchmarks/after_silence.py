"""A courier that was down for a day, with 20,000 open parcels of ten days: how far ten minutes within its limit get.

Each parcel costs a call, so that all of them take as long as the limit makes it; who comes first is ours to choose.
"""

from __future__ import annotations

import sqlite3
import time

from benchmarks.follow_parcels import START, fill
from benchmarks.shop import bench_shop
from dokango.clock import US_PER_S, ManualClock, us_of
from dokango.couriers.kind.status import CarrierStatus, ReturnLeg
from dokango.couriers.parcels import asking
from dokango.couriers.parcels.pace import DAY_S, next_ask_us
from dokango.db.sqlite import SqliteDatabase
from dokango.orders.parcels.follow import SHARE

MANY, MINUTES, CALLS_PER_MIN = 20_000, 10, 1_000


def ask_as_before(db: sqlite3.Connection, now_us: int) -> None:
    """Each was asked about one turn before the next one."""
    rows = db.execute("SELECT id, ask_at, status_at FROM shipment WHERE ask_at IS NOT NULL").fetchall()
    for row, ask_at, moved_us in rows:
        next_us = next_ask_us(CarrierStatus.PENDING, ReturnLeg.NONE, live=True, moved_us=moved_us, now_us=now_us)
        assert next_us is not None
        db.execute("UPDATE shipment SET synced_at = ? WHERE id = ?", (ask_at - (next_us - now_us), row))
    db.commit()


def main() -> None:
    """Print how many are caught up, by the days since they moved."""
    clock, most = ManualClock(START), int(MINUTES * CALLS_PER_MIN * SHARE)
    with bench_shop() as (database, variant_id):
        assert isinstance(database, SqliteDatabase)
        fill(database.path, variant_id, MANY, clock.now_us())
        db = sqlite3.connect(database.path)
        ask_as_before(db, clock.now_us())
        clock.advance(DAY_S)
        now_us, began = clock.now_us(), time.perf_counter()
        asked = {parcel.id for parcel in database.read(lambda tx: asking.to_ask(tx, "steadfast", now_us, most))}
        took_ms = 1_000 * (time.perf_counter() - began)
        moved = dict(db.execute("SELECT id, status_at FROM shipment").fetchall())
        db.close()
    by_day: dict[int, list[bool]] = {}
    for row, moved_us in moved.items():
        by_day.setdefault((us_of(START) - moved_us) // (DAY_S * US_PER_S), []).append(row in asked)
    caught = ", ".join(f"{100 * sum(of) / len(of):.0f}%" for _, of in sorted(by_day.items()) if len(of) > 1)
    print(
        f"{MANY} due, {most} asked about in {MINUTES} min, of each day's, the newest first: {caught}; {took_ms:.0f} ms"
    )


if __name__ == "__main__":
    main()
