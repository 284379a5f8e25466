"""Order lives a second through the core, beside the same rows written with bare sqlite3 into the same database."""

from __future__ import annotations

import statistics
import time
from threading import Thread

from benchmarks.bare import BareLife
from benchmarks.shop import CONTEXT, bench_shop, live, wanted
from dokango.db import Database
from dokango.db.sqlite import SqliteDatabase
from dokango.orders import place

ROUNDS, LIVES, AT_ONCE = 5, 200, 64


def one_by_one(database: Database) -> float:
    """Lives a second, one after the other."""
    started = time.perf_counter()
    for _ in range(LIVES):
        live(database)
    return LIVES / (time.perf_counter() - started)


def at_once(database: Database) -> float:
    """Lives a second, AT_ONCE threads together."""

    def several() -> None:
        for _ in range(10):
            live(database)

    threads = [Thread(target=several) for _ in range(AT_ONCE)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return AT_ONCE * 10 / (time.perf_counter() - started)


def bare(database: SqliteDatabase, variant_id: int, round_: int) -> float:
    """Lives a second with the standard library alone, one after the other."""
    writer = BareLife(database.path, variant_id)
    started = time.perf_counter()
    for number in range(LIVES):
        writer.live(f"9{round_}{number:06d}", 1)
    seconds = time.perf_counter() - started
    writer.close()
    return LIVES / seconds


def place_spread(database: Database) -> tuple[float, float]:
    """p50 and p99 of *place*, in seconds, with eight threads placing."""
    took: list[float] = []

    def several() -> None:
        for _ in range(60):
            order = wanted()
            started = time.perf_counter()
            database.write(lambda tx, order=order: place(tx, CONTEXT, order, channel="bench"))  # type: ignore[misc]
            took.append(time.perf_counter() - started)

    threads = [Thread(target=several) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = statistics.quantiles(took, n=100)
    return cuts[49], cuts[98]


def main() -> None:
    """Print each figure as the median of the rounds, and the ratios that machines share."""
    with bench_shop() as (database, variant_id):
        assert isinstance(database, SqliteDatabase)
        live(database)
        rows = [(one_by_one(database), bare(database, variant_id, n), at_once(database)) for n in range(ROUNDS)]
        p50, p99 = place_spread(database)
    ours, limit, many = (statistics.median(column) for column in zip(*rows, strict=True))
    single = statistics.median(row[0] / row[1] for row in rows)
    together = statistics.median(row[2] / row[1] for row in rows)
    print(f"bare sqlite3, one by one    {limit:7.0f} lives/s")
    print(f"one by one                  {ours:7.0f} lives/s   {single:.2f} of bare")
    print(f"{AT_ONCE} at once                  {many:7.0f} lives/s   {together:.2f} of bare one by one")
    print(f"place, 8 at once            p50 {p50 * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms ({p99 / p50:.1f} times)")


if __name__ == "__main__":
    main()
