"""A database full of orders, written in bulk: for measuring lists, which do not mind how the orders came."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

from benchmarks.bare import LINE, ORDER

# status, money, packed, due: nine in ten orders are done, as in a shop of some years
_KINDS = [("delivered", "paid", 1, 0)] * 90 + [
    ("pending", "unpaid", 0, 250_000),
    ("pending", "claimed", 0, 250_000),
    ("pending", "paid", 0, 0),
    ("confirmed", "paid", 0, 0),
    ("confirmed", "paid", 1, 0),
    ("shipped", "paid", 1, 0),
    ("shipped", "paid", 1, 0),
    ("cancelled", "unpaid", 0, 0),
    ("returned", "refunded", 1, 0),
    ("delivered", "refund_due", 1, 0),
]
_NAMES = ("Rahima Akter", "Karim Uddin", "Nusrat Jahan", "Tanvir Hasan", "Shirin Sultana", "রহিমা বেগম")
_DISTRICTS = ("Dhaka", "Sylhet", "Khulna", "Rajshahi")


def fill(path: Path, variant_id: int, orders: int) -> None:
    """Add `orders` orders of one line each, with their words to be found by."""
    chance = random.Random(orders)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("BEGIN")
    customer = db.execute(
        "INSERT INTO customer (phone, name, email, created_at) VALUES ('01900000001', 'Many', '', 0) RETURNING id"
    ).fetchone()[0]
    for number in range(orders):
        at_us = 1_700_000_000_000_000 + number * 60_000_000
        name, phone = chance.choice(_NAMES), f"019{chance.randrange(10**8):08d}"
        row = (f"5{number:07d}", f"many-{number}", customer, name, phone, "House 1", chance.choice(_DISTRICTS), 250_000,
               0, 250_000, 250_000, at_us, at_us)  # fmt: skip
        order_id = db.execute(ORDER, row).lastrowid
        status, money, packed, due = chance.choice(_KINDS)
        db.execute(
            'UPDATE "order" SET status = ?, money = ?, packed = ?, due_poisha = ?, claim_waits = ? WHERE id = ?',
            (status, money, packed, due, int(money == "claimed"), order_id),
        )
        db.execute(LINE, (order_id, variant_id, "BENCH", "Bench", 125_000))
        words = f"5{number:07d} {name} {phone} TRX{number:07d}"
        db.execute("INSERT INTO order_search (rowid, words) VALUES (?, ?)", (order_id, words))
    db.execute("COMMIT")
    db.execute("ANALYZE")
    db.close()
