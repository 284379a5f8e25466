"""Twenty thousand open parcels followed for an hour: calls a minute, memory, and how long the work takes.

The parcels were booked over ten days, evenly. The practice courier runs in a process of its own; a clock that is moved
by hand stands for the hour, so that the figures of calls are exact and those of work are the machine's.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil

from benchmarks.bare import LINE, ORDER
from benchmarks.shop import bench_shop
from dokango.clock import US_PER_S, ManualClock
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.status import CarrierStatus, ReturnLeg
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.pace import DAY_S, next_ask_us
from dokango.couriers.steadfast.practice.app import open_practice_courier
from dokango.db.sqlite import SqliteDatabase
from dokango.orders.parcels.follow import EVERY_S, follow_parcels
from tests.core.practice import served

START = datetime(2026, 11, 22, 6, tzinfo=UTC)
_PARCEL = (
    "INSERT INTO shipment (order_id, live, courier, carrier, booking, invoice, consignment_id, tracking_code, "
    "tracking_link, status, raw_status, return_leg, problem, cod_poisha, payload, answer, estimated_delivery, "
    "requested_at, booked_at, status_at, ask_at) "
    "VALUES (?,1,'steadfast','Steadfast','booked',?,?,?,'','pending','pending','','',0,'{}','','',?,?,?,?)"
)


def fill(path: Path, variant_id: int, many: int, now_us: int) -> None:
    """So many shipped orders, each with a parcel on its way, somewhere between two askings."""
    chance = random.Random(many)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("BEGIN")
    customer = db.execute(
        "INSERT INTO customer (phone, name, email, created_at) VALUES ('01900000001', 'Many', '', 0) RETURNING id"
    ).fetchone()[0]
    for n in range(many):
        at_us = now_us - n * 10 * DAY_S * US_PER_S // many
        number = f"5{n:07d}"
        row = (number, f"open-{n}", customer, "Many", "01900000001", "House 1", "Dhaka", 250_000, 0, 250_000, 250_000,
               at_us, at_us)  # fmt: skip
        order_id = db.execute(ORDER, row).lastrowid
        db.execute("UPDATE \"order\" SET status = 'shipped', packed = 1 WHERE id = ?", (order_id,))
        db.execute(LINE, (order_id, variant_id, "BENCH", "Bench", 125_000))
        next_us = next_ask_us(CarrierStatus.PENDING, ReturnLeg.NONE, live=True, moved_us=at_us, now_us=now_us)
        ask_at = chance.randint(now_us, next_us) if next_us is not None else None
        names = (f"DG-{number}", str(20_000_000 + n), f"SF{n:08d}")
        db.execute(_PARCEL, (order_id, *names, at_us, at_us, at_us, ask_at))
    db.execute("COMMIT")
    db.execute("ANALYZE")
    db.close()


def main() -> None:
    """Print the figures; `python -m benchmarks.follow_parcels 20000 60` says how many parcels and minutes."""
    many, minutes = (*map(int, sys.argv[1:3]), *(20_000, 60)[len(sys.argv[1:3]) :])
    clock = ManualClock(START)
    with bench_shop() as (database, variant_id), tempfile.TemporaryDirectory() as folder:
        assert isinstance(database, SqliteDatabase)
        fill(database.path, variant_id, many, clock.now_us())
        practice = open_practice_courier(Path(folder) / "practice-courier.sqlite3", clock)
        practice.adopt(database.read(lambda tx: shipments.booked_with(tx, "steadfast")))
        practice.close()
        with served(Path(folder)) as line:
            keys = {"api_key": "practice", "secret_key": "practice", "base_url": f"{line.url}/api/v1"}
            desk = CourierDesk(clock, None, lambda _: keys)
            ours = psutil.Process()
            before_mb = ours.memory_info().rss / 2**20
            asked, slowest_s, began = [], 0.0, time.perf_counter()
            for _ in range(minutes * 60 // EVERY_S):
                round_began = time.perf_counter()
                asked.append(follow_parcels(desk, database, clock))
                slowest_s = max(slowest_s, time.perf_counter() - round_began)
                clock.advance(EVERY_S)
            took_s = time.perf_counter() - began
            more_mb = ours.memory_info().rss / 2**20 - before_mb
            desk.close()
    a_minute = [sum(asked[at : at + 60 // EVERY_S]) for at in range(0, len(asked), 60 // EVERY_S)]
    print(
        f"{many} open parcels, {minutes} min: {sum(asked)} asked about, {sum(asked) / minutes:.0f} a minute, at most"
        f" {max(a_minute)}; a round took at most {slowest_s:.1f} s, all of them {took_s:.0f} s; {more_mb:.0f} MB more"
    )


if __name__ == "__main__":
    main()
