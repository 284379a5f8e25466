"""Five hundred packed orders to the practice courier, whose every call takes 50 ms, on a line of its own."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.shop import CONTEXT, OWNER, bench_shop, wanted
from dokango.couriers.desk import CourierDesk
from dokango.db import Database
from dokango.orders import perform, place
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels.book import BOOKED, Outcome
from dokango.orders.parcels.book_many import Wanted, ship_many
from tests.core.practice import served

CALL_S = 0.05


def packed(database: Database) -> str:
    """An order that waits to be handed over; its number."""
    number = database.write(lambda tx: place(tx, CONTEXT, wanted(), channel="bench")).number
    paid = c.VerifyPayment(method="bkash", transaction_id=f"BULK{number}", amount_poisha=250_000)
    for step in (paid, c.Confirm(), c.Pack()):
        database.write(lambda tx, step=step: perform(tx, CONTEXT, number, step))  # type: ignore[misc]
    return number


def main() -> None:
    """Print the seconds until the last of them is shipped; `python -m benchmarks.bulk_send 500` says how many."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with bench_shop() as (database, _), tempfile.TemporaryDirectory() as folder, served(Path(folder)) as line:
        orders = [Wanted(packed(database)) for _ in range(many)]
        line.misbehave(kind="slow", times=10_000, delay_s=CALL_S)
        keys = {"api_key": "practice", "secret_key": "practice", "base_url": f"{line.url}/api/v1"}
        desk = CourierDesk(CONTEXT.clock, None, lambda _: keys)
        heard: list[Outcome] = []
        started = time.perf_counter()
        ship_many(desk, database, CONTEXT.clock, OWNER, "steadfast", orders, heard.append)
        took_s = time.perf_counter() - started
        desk.close()
    booked = sum(outcome.booking == BOOKED for outcome in heard)
    print(f"{booked} of {many} orders booked and shipped in {took_s:.1f} s, {1000 * CALL_S:.0f} ms a call")


if __name__ == "__main__":
    main()
