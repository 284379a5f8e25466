"""The order list at a thousand and at a hundred thousand orders: first page, counts, a search, a page far down."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.many_orders import fill, trx_id_of
from benchmarks.shop import bench_shop
from dokango.db.sqlite import SqliteDatabase
from dokango.orders.reading import lists
from dokango.paging import Cursor

SIZES = (1_000, 100_000)
_BARE = (
    "SELECT id, number, version, placed_at, name, phone, area, city, district, units, total_poisha, due_poisha, "
    "status, money, payment_method, held_reason, packed, claim_waits, note, assigned_to, channel, changed_at "
    "FROM \"order\" WHERE status IN ('delivered', 'cancelled', 'returned') ORDER BY placed_at DESC, id DESC LIMIT 26"
)


def spread(work: Callable[[], object], times: int = 200) -> tuple[float, float]:
    """p50 and p95 of `work`, in milliseconds."""
    took = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        took.append((time.perf_counter() - started) * 1000)
    cuts = statistics.quantiles(took, n=20)
    return cuts[9], cuts[18]


def bare_page(path: Path) -> tuple[float, float]:
    """The same page with the standard library alone."""
    db = sqlite3.connect(path)
    try:
        return spread(lambda: db.execute(_BARE).fetchall())
    finally:
        db.close()


def measure(size: int) -> dict[str, tuple[float, float]]:
    """Each question's p50 and p95 in a shop of `size` orders."""
    with bench_shop() as (database, variant_id):
        assert isinstance(database, SqliteDatabase)
        fill(database.path, variant_id, size)

        def page(**wanted: object) -> Callable[[], object]:
            return lambda: database.read(lambda tx: lists.page(tx, lists.Wanted(**wanted)))  # type: ignore[arg-type]

        middle = str(Cursor((1_700_000_000_000_000 + size // 2 * 60_000_000, size // 2)))
        questions: dict[str, Callable[[], object]] = {
            "first page of To verify": page(queue="to_verify"),
            "first page of Done": page(queue="done", newest_first=True),
            "a page half way down All": page(queue="all", newest_first=True, cursor=middle),
            "counts of all tabs": lambda: database.read(lists.counts),
            "search: part of a phone": page(queue="all", filters=lists.Filters(search="01912")),
            "search: part of a TrxID": page(queue="all", filters=lists.Filters(search=trx_id_of(500)[:6])),
        }
        return {
            **{name: spread(work) for name, work in questions.items()},
            "bare SQL: page of Done": bare_page(database.path),
        }


def main() -> None:
    """A line for each question: p50 / p95 in milliseconds at each size."""
    results = {size: measure(size) for size in SIZES}
    for name in results[SIZES[0]]:
        figures = "   ".join("{:>7,}: {:6.2f} / {:6.2f}".format(size, *results[size][name]) for size in SIZES)
        print(f"{name:28} {figures}  ms")


if __name__ == "__main__":
    main()
