"""A database full of orders, written in bulk: for measuring lists, which do not mind how the orders came."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

from benchmarks.bare import LINE, ORDER
from dokango.orders.book.search import kept_words

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
_IN_IDS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_CLAIM = "INSERT INTO claim (order_id, method, trx_id, sender, state, reason, claimed_at) VALUES (?,'bkash',?,?,?,'',?)"
_PARCEL = (
    "INSERT INTO shipment (order_id, live, courier, carrier, booking, invoice, consignment_id, tracking_code, "
    "tracking_link, status, raw_status, return_leg, problem, cod_poisha, payload, answer, estimated_delivery, "
    "requested_at, booked_at) "
    "VALUES (?,1,'steadfast','Steadfast','booked',?,?,?,'','delivered','','','',0,'{}','','',?,?)"
)


def number_of(order: int) -> str:
    """The number of the order that was added as the `order`th, from 0."""
    return f"5{order:07d}"


def _code(begins: str, order: int) -> str:
    return begins + "".join(random.Random(f"{begins}{order}").choices(_IN_IDS, k=9))


def trx_id_of(order: int) -> str:
    """Its TrxID: as a wallet's, no two alike."""
    return _code("B", order)


def tracking_code_of(order: int) -> str:
    """Its parcel's tracking code."""
    return _code("SFR", order)


def consignment_of(order: int) -> str:
    """Its parcel's consignment id."""
    return str(14_200_000 + order * 3)


def fill(path: Path, variant_id: int, orders: int) -> None:
    """Add `orders` orders of one line each, with their words to be found by."""
    chance = random.Random(orders)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("BEGIN")
    customer = db.execute(
        "INSERT INTO customer (phone, name, email, created_at) VALUES ('01900000001', 'Many', '', 0) RETURNING id"
    ).fetchone()[0]
    for order in range(orders):
        _add(db, order, customer, variant_id, chance)
    db.execute("COMMIT")
    db.execute("ANALYZE")
    db.close()


def _add(db: sqlite3.Connection, order: int, customer: int, variant_id: int, chance: random.Random) -> None:
    """One order with its line, its claim and its words; nine in ten have a parcel."""
    at_us = 1_700_000_000_000_000 + order * 60_000_000
    name, phone, number = chance.choice(_NAMES), f"019{chance.randrange(10**8):08d}", number_of(order)
    row = (number, f"many-{order}", customer, name, phone, "House 1", chance.choice(_DISTRICTS), 250_000, 0, 250_000,
           250_000, at_us, at_us)  # fmt: skip
    order_id = db.execute(ORDER, row).lastrowid
    status, money, packed, due = chance.choice(_KINDS)
    db.execute(
        'UPDATE "order" SET status = ?, money = ?, packed = ?, due_poisha = ?, claim_waits = ? WHERE id = ?',
        (status, money, packed, due, int(money == "claimed"), order_id),
    )
    db.execute(LINE, (order_id, variant_id, "BENCH", "Bench", 125_000))
    state = "waiting" if money == "claimed" else "verified"
    db.execute(_CLAIM, (order_id, trx_id_of(order), phone, state, at_us))
    found_by = [number, name, phone, trx_id_of(order)]
    if packed:
        names = (f"DG-{number}", consignment_of(order), tracking_code_of(order))
        db.execute(_PARCEL, (order_id, *names, at_us, at_us))
        found_by += names[1:]
    words = kept_words("sqlite", found_by)
    db.execute("INSERT INTO order_search (rowid, words) VALUES (?, ?)", (order_id, words))
