"""One order among very many by what people copy or remember: whole codes and phones, parts, names; beside bare SQL."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.lists import spread
from benchmarks.many_orders import consignment_of, fill, number_of, tracking_code_of, trx_id_of
from benchmarks.shop import bench_shop
from dokango.db.sqlite import SqliteDatabase
from dokango.orders.reading import lists

ORDERS = 200_000
_ROW = 'SELECT * FROM "order" WHERE '
_BARE = {
    "an order's number": (_ROW + "number = ?", number_of),
    "a TrxID": (
        _ROW + "id IN (SELECT order_id FROM claim WHERE method IN ('bkash', 'nagad', 'rocket') AND trx_id = ?)",
        trx_id_of,
    ),
    "a tracking code": (_ROW + "id IN (SELECT order_id FROM shipment WHERE tracking_code = ?)", tracking_code_of),
    "a consignment id": (
        _ROW + "id IN (SELECT order_id FROM shipment WHERE courier IN ('steadfast', 'manual') AND consignment_id = ?)",
        consignment_of,
    ),
}


def bare(path: Path) -> dict[str, tuple[float, float]]:
    """The least that each whole code costs: its row by its index, with the standard library alone."""
    db = sqlite3.connect(path)
    try:
        return {name: spread(_asked_of(db, sql, value(500))) for name, (sql, value) in _BARE.items()}
    finally:
        db.close()


def _asked_of(db: sqlite3.Connection, sql: str, value: str) -> Callable[[], object]:
    return lambda: db.execute(sql, (value,)).fetchall()


def measure(database: SqliteDatabase, phone: str) -> dict[str, tuple[float, float]]:
    """Each search's p50 and p95, as the desk and the API ask it."""
    typed = {
        **{name: value(500) for name, (_, value) in _BARE.items()},
        "a TrxID, typed in small letters": trx_id_of(500).lower(),
        "a whole phone, +880": f"+880 {phone[1:5]}-{phone[5:]}",
        "a code that nobody has": "BZZ9ZZ9ZZ9",
        "part of a phone": phone[:7],
        "a name in Bangla, in parts": "বেগম রহি",
        "a word of two letters": "md",
    }
    for name in _BARE:
        assert len(_page(database, typed[name])().rows) == 1, name
    return {name: spread(_page(database, words), 100) for name, words in typed.items()}


def _page(database: SqliteDatabase, typed: str) -> Callable[[], lists.Page]:
    wanted = lists.Wanted("all", lists.Filters(search=typed), newest_first=True)
    return lambda: database.read(lambda tx: lists.page(tx, wanted))


def main() -> None:
    """A line for each search: p50 / p95 in milliseconds, and how many times bare SQL's p50 that is."""
    orders = next((int(word) for word in sys.argv[1:] if word.isdigit()), ORDERS)
    with bench_shop() as (database, variant_id):
        assert isinstance(database, SqliteDatabase)
        fill(database.path, variant_id, orders)
        phone = database.read(lambda tx: lists.page(tx, lists.Wanted("all"))).rows[0].phone
        least, found = bare(database.path), measure(database, phone)
    print(f"{orders:,} orders")
    for name, (p50, p95) in found.items():
        beside = f"   bare SQL {least[name][0]:6.3f}, {p50 / least[name][0]:5.1f} times" if name in least else ""
        print(f"{name:34} {p50:8.2f} / {p95:8.2f} ms{beside}")


if __name__ == "__main__":
    main()
