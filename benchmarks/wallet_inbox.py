"""The wallet's inbox over 100,000 claims and lines: a paste of 200 matched, and its first page beside bare SQL."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles

from benchmarks.many_orders import fill, trx_id_of
from benchmarks.shop import OWNER, bench_shop
from dokango.clock import SystemClock
from dokango.db import Database, Tx
from dokango.db.sqlite import SqliteDatabase
from dokango.orders.reading.evidence import matches
from dokango.orders.reading.evidence_lists import WAITING, page, waiting
from dokango.payments.evidence import PASTE, Brought, keep_all

LINES, PASTED, LOOKS = 100_000, 200, 300
TOLD = "You have received Tk 2,500.00 from 01711000000. Fee Tk 0.00. Balance Tk 9,075.50. TrxID {trx}"
_LINE = (
    "INSERT INTO wallet_evidence (digest, source, said, reading, why, method, trx_id, amount_poisha, fee_poisha, "
    "sender, reference, sent_at, kept_at, kept_by) VALUES (?,'paste',?,'income','','bkash',?,250000,0,'01711000000','',"
    "?,?,'Bench')"
)
_CLAIM = (
    "INSERT INTO claim (order_id, method, trx_id, sender, state, reason, claimed_at) "
    "SELECT id, 'bkash', 'CLM' || id, '', 'replaced', '', 0 FROM \"order\" LIMIT ?"
)
# The same page by hand: its rows with who claims or owns them, the TrxIDs that wait, and the count of the tab.
_UNPAID = (
    "e.reading = 'income' AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.method = e.method AND p.trx_id = e.trx_id)"
)
_PAGE = (
    "SELECT e.*, c.order_id, t.order_id FROM wallet_evidence e "
    "LEFT JOIN claim c ON c.method = e.method AND c.trx_id = e.trx_id AND c.state = 'waiting' "
    "LEFT JOIN taken_trx_id t ON t.method = e.method AND t.trx_id = e.trx_id "
    f"WHERE {_UNPAID} ORDER BY e.id DESC LIMIT 26"
)
_WAIT = (
    'SELECT o.number, o.phone, o.due_poisha, o.placed_at, c.method, c.trx_id, c.sender FROM "order" o '
    "JOIN claim c ON c.order_id = o.id AND c.state = 'waiting' WHERE o.claim_waits = 1 ORDER BY c.id DESC LIMIT 500"
)
_COUNT = f"SELECT count(*) FROM (SELECT 1 FROM wallet_evidence e WHERE {_UNPAID} LIMIT 999)"
_BARE = (_PAGE, _WAIT, _COUNT)


def main() -> None:
    """Print how long a paste takes, and the page's p95 beside the bare rows'."""
    with bench_shop() as (database, variant_id):
        assert isinstance(database, SqliteDatabase)
        _fill(Path(database.path), variant_id)
        print(f"  {PASTED} pasted lines kept and matched: {_paste(database):.3f} s")
        bare = sqlite3.connect(database.path)
        ours, theirs = _beside(
            lambda: database.read(_first_page), lambda: [bare.execute(asked).fetchall() for asked in _BARE]
        )
        bare.close()
    print(f"  the inbox's first page: p50 {ours[9]:.1f} ms, p95 {ours[18]:.1f} ms")
    print(f"  the same by bare SQL: p50 {theirs[9]:.1f} ms, p95 {theirs[18]:.1f} ms")


def _fill(path: Path, variant_id: int) -> None:
    fill(path, variant_id, LINES)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("BEGIN")
    db.executemany(_LINE, ((f"bench-{at}", "", f"LNE{at:07d}", at, at) for at in range(LINES)))
    db.execute(_CLAIM, (LINES - db.execute("SELECT count(*) FROM claim").fetchone()[0],))
    db.execute("COMMIT")
    db.close()


def _paste(database: Database) -> float:
    lines = [Brought(TOLD.format(trx=trx_id_of(at) if at % 2 else f"NEW{at:07d}")) for at in range(PASTED)]

    def bring(tx: Tx) -> None:
        matches(tx, [one.row for one in keep_all(tx, OWNER, lines, PASTE, SystemClock().now_us())])

    began = time.perf_counter()
    database.write(bring)
    return time.perf_counter() - began


def _first_page(tx: Tx) -> None:
    matches(tx, page(tx, WAITING).rows)
    waiting(tx)


def _beside(*looks: Callable[[], object]) -> list[list[float]]:
    """The twentieths of each, in milliseconds; taken in turns, so that a busy machine is as busy for both."""
    took: list[list[float]] = [[] for _ in looks]
    for _ in range(LOOKS):
        for look, times in zip(looks, took, strict=True):
            began = time.perf_counter()
            look()
            times.append((time.perf_counter() - began) * 1_000)
    return [quantiles(times, n=20) for times in took]


if __name__ == "__main__":
    main()
