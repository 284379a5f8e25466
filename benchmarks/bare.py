"""The limit: the rows of an order's life, written with the standard library's sqlite3 and nothing else."""

from __future__ import annotations

import sqlite3
from pathlib import Path

EVENT = (
    "INSERT INTO event (key, order_id, action, actor, actor_kind, from_status, to_status, note, data, happened_at, "
    "written_at) VALUES (?,?,?,?,?,?,?,?,?,?,?)"
)
POSTING = (
    "INSERT INTO posting (key, event_id, order_id, debit, credit, amount_poisha, happened_at, written_at) "
    "VALUES (?,?,?,?,?,?,?,?)"
)
MOVEMENT = (
    "INSERT INTO stock_movement (key, event_id, variant_id, order_id, kind, quantity, on_hand_delta, reserved_delta, "
    "value_delta_poisha, happened_at, written_at) VALUES (?,?,?,?,?,?,?,?,?,?,?)"
)
MESSAGE = (
    "INSERT INTO message (order_id, event_id, audience, template, recipient, data, state, channel, subject, body, "
    "error, created_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
)
ORDER = (
    'INSERT INTO "order" (number, token, status, money, version, held_note, packed, fragile, assigned_to, channel, '
    "locale, customer_id, name, phone, email, address_line, area, city, district, note, payment_method, "
    "subtotal_poisha, delivery_poisha, total_poisha, paid_poisha, due_poisha, refund_due_poisha, refunded_poisha, "
    "courier_due_poisha, delivery_returned, claim_waits, units, placed_at, changed_at) "
    "VALUES (?,?,'pending','unpaid',1,'',0,0,'','bare','en',?,?,?,'',?,'','',?,'','bkash',?,?,?,0,?,0,0,0,0,0,2,?,?)"
)
LINE = (
    "INSERT INTO order_line (order_id, variant_id, sku, title, variant_title, image, tracks_stock, quantity, "
    "unit_price_poisha, cost_poisha, returned_quantity, returned_cost_poisha) VALUES (?,?,?,?,'','',1,2,?,0,0,0)"
)


class BareLife:
    """Five transactions, each committed for good: place, verify, confirm (with pack), ship, deliver."""

    def __init__(self, path: Path, variant_id: int) -> None:
        self.db = sqlite3.connect(path, isolation_level=None, cached_statements=512)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
            self.db.execute(f"PRAGMA {pragma}")
        self.variant_id = variant_id
        self.customer_id = self.db.execute(
            "INSERT INTO customer (phone, name, email, created_at) VALUES ('01900000000', 'Bare', '', 0) "
            "ON CONFLICT (phone) DO UPDATE SET name = 'Bare' RETURNING id"
        ).fetchone()[0]

    def live(self, number: str, now_us: int) -> None:
        """One whole life, under `number`."""
        order_id = self._place(number, now_us)
        self._verify(order_id, number, now_us)
        self._step(order_id, "confirm", "pending", "confirmed", now_us, 3, tells=True)
        self._step(order_id, "pack", "confirmed", None, now_us, 4, column="packed")
        self._ship(order_id, number, now_us)
        self._deliver(order_id, now_us)

    def _event(self, order_id: int, action: str, source: str | None, target: str | None, now_us: int) -> int:
        key = f"bare/{order_id}/{action}"
        row = (key, order_id, action, "Bare", "staff", source, target, "", "{}", now_us, now_us)
        return int(self.db.execute(EVENT, row).lastrowid or 0)

    def _message(self, order_id: int, event_id: int, template: str, audience: str, now_us: int) -> None:
        row = (order_id, event_id, audience, template, "01900000000", "{}", "kept", "", "", "", "", now_us)
        self.db.execute(MESSAGE, row)

    def _place(self, number: str, now_us: int) -> int:
        db = self.db
        db.execute("BEGIN IMMEDIATE")
        row = (number, f"bare-{number}", self.customer_id, "Bare", "01900000000", "House 1", "Dhaka", 250_000, 0,
               250_000, 250_000, now_us, now_us)  # fmt: skip
        order_id = int(db.execute(ORDER, row).lastrowid or 0)
        db.execute(LINE, (order_id, self.variant_id, "BENCH", "Bench", 125_000))
        db.execute(
            "UPDATE stock_level SET reserved = reserved + 2 WHERE variant_id = ? AND on_hand - reserved >= 2",
            (self.variant_id,),
        )
        event = self._event(order_id, "place", None, "pending", now_us)
        move = (f"bare/{order_id}/place/1", event, self.variant_id, order_id, "reserved", 2, 0, 2, 0, now_us, now_us)
        db.execute(MOVEMENT, move)
        self._post(f"bare/{order_id}/place", event, order_id, "receivable:customers", "revenue:sales", 250_000, now_us)
        db.execute(
            "INSERT INTO order_search (rowid, words) VALUES (?, ?)", (order_id, f"  {number}  bare  01900000000")
        )
        self._message(order_id, event, "order_received", "customer", now_us)
        self._message(order_id, event, "new_order", "staff", now_us)
        db.execute("COMMIT")
        return order_id

    def _post(self, key: str, event: int, order_id: int, debit: str, credit: str, amount: int, now_us: int) -> None:
        self.db.execute(POSTING, (f"{key}/1", event, order_id, debit, credit, amount, now_us, now_us))

    def _verify(self, order_id: int, number: str, now_us: int) -> None:
        db = self.db
        db.execute("BEGIN IMMEDIATE")
        db.execute('SELECT * FROM "order" WHERE id = ?', (order_id,)).fetchone()
        event = self._event(order_id, "verify_payment", "pending", None, now_us)
        trx_id = f"BARE{number}"
        db.execute("INSERT INTO taken_trx_id VALUES ('bkash', ?, ?, ?, 0)", (trx_id, order_id, now_us))
        db.execute(
            "INSERT INTO payment (order_id, event_id, method, trx_id, sender, amount_poisha, received_at) "
            "VALUES (?,?,'bkash',?,'',250000,?)",
            (order_id, event, trx_id, now_us),
        )
        self._post(f"bare/{order_id}/pay", event, order_id, "cash:bkash", "receivable:customers", 250_000, now_us)
        db.execute(
            "UPDATE \"order\" SET money = 'paid', paid_poisha = 250000, due_poisha = 0, version = 2 WHERE id = ?",
            (order_id,),
        )
        db.execute("UPDATE order_search SET words = words || ? WHERE rowid = ?", (f"  {trx_id.lower()}", order_id))
        self._message(order_id, event, "payment_received", "customer", now_us)
        db.execute("COMMIT")

    def _step(
        self, order_id: int, action: str, source: str, target: str | None, now_us: int, version: int,
        *, tells: bool = False, column: str = "",
    ) -> None:  # fmt: skip
        self.db.execute("BEGIN IMMEDIATE")
        self.db.execute('SELECT * FROM "order" WHERE id = ?', (order_id,)).fetchone()
        event = self._event(order_id, action, source, target, now_us)
        change = f"{column} = 1" if column else f"status = '{target}'"
        self.db.execute(f'UPDATE "order" SET {change}, version = ? WHERE id = ?', (version, order_id))
        if tells:
            self._message(order_id, event, f"order_{target}", "customer", now_us)
        self.db.execute("COMMIT")

    def _ship(self, order_id: int, number: str, now_us: int) -> None:
        db = self.db
        db.execute("BEGIN IMMEDIATE")
        db.execute('SELECT * FROM "order" WHERE id = ?', (order_id,)).fetchone()
        event = self._event(order_id, "ship", "confirmed", "shipped", now_us)
        db.execute(
            "INSERT INTO shipment (order_id, live, courier, carrier, booking, invoice, consignment_id, tracking_code, "
            "tracking_link, status, raw_status, return_leg, problem, cod_poisha, payload, answer, estimated_delivery, "
            "requested_at, booked_at) "
            "VALUES (?,1,'manual','Rider','booked',?,'','','','shipped','','','',0,'{}','','',?,?)",
            (order_id, f"bare-{number}", now_us, now_us),
        )
        db.execute("UPDATE \"order\" SET status = 'shipped', version = 5 WHERE id = ?", (order_id,))
        self._message(order_id, event, "order_shipped", "customer", now_us)
        db.execute("COMMIT")

    def _deliver(self, order_id: int, now_us: int) -> None:
        db = self.db
        db.execute("BEGIN IMMEDIATE")
        db.execute('SELECT * FROM "order" WHERE id = ?', (order_id,)).fetchone()
        event = self._event(order_id, "deliver", "shipped", "delivered", now_us)
        db.execute(
            "UPDATE stock_level SET on_hand = on_hand - 2, reserved = reserved - 2, "
            "value_poisha = value_poisha - 100000 WHERE variant_id = ?",
            (self.variant_id,),
        )
        move = (f"bare/{order_id}/deliver/1", event, self.variant_id, order_id, "sold", 2, -2, -2, -100_000, now_us,
                now_us)  # fmt: skip
        db.execute(MOVEMENT, move)
        db.execute("UPDATE order_line SET cost_poisha = 100000 WHERE order_id = ?", (order_id,))
        self._post(f"bare/{order_id}/cogs", event, order_id, "expense:cogs", "asset:inventory", 100_000, now_us)
        db.execute("UPDATE \"order\" SET status = 'delivered', version = 6 WHERE id = ?", (order_id,))
        db.execute("UPDATE shipment SET status = 'delivered' WHERE order_id = ? AND live = 1", (order_id,))
        self._message(order_id, event, "order_delivered", "customer", now_us)
        db.execute("COMMIT")

    def close(self) -> None:
        """Let the file go."""
        self.db.close()
