"""What Steadfast keeps: the schema of its practice server's file."""

from __future__ import annotations

import secrets
from pathlib import Path

from dokango.clock import Clock
from dokango.couriers.practice.store import Store

# Ids start anywhere, so that a file made anew does not give out the ids of the old one's parcels again.
_FIRST_ID, _ID_SPREAD = 1_400_000, 8_000_000

_SCHEMA = """
CREATE TABLE IF NOT EXISTS parcel (
    consignment_id INTEGER PRIMARY KEY AUTOINCREMENT,
    invoice TEXT NOT NULL UNIQUE,
    tracking_code TEXT NOT NULL UNIQUE,
    tracking_link TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    recipient_phone TEXT NOT NULL,
    recipient_address TEXT NOT NULL,
    cod_amount INTEGER NOT NULL,
    collected INTEGER,
    note TEXT,
    details TEXT NOT NULL DEFAULT '{}',
    status TEXT NOT NULL DEFAULT 'in_review',
    return_status TEXT NOT NULL DEFAULT '',
    payment_id INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS parcel_phone ON parcel (recipient_phone);
CREATE TABLE IF NOT EXISTS tracking (
    id INTEGER PRIMARY KEY, consignment_id INTEGER NOT NULL, type INTEGER NOT NULL, text TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS tracking_parcel ON tracking (consignment_id, id);
CREATE TABLE IF NOT EXISTS return_request (
    id INTEGER PRIMARY KEY, consignment_id INTEGER NOT NULL, reason TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'pending', created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS payment (
    id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, charges INTEGER NOT NULL, created_at INTEGER NOT NULL
) STRICT;
"""


def open_store(path: Path | None, clock: Clock) -> Store:
    """The file at `path` (None: in memory)."""
    store = Store(path, clock, _SCHEMA)
    store.run(
        "INSERT INTO sqlite_sequence (name, seq) SELECT 'parcel', ?"
        " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'parcel')",
        _FIRST_ID + secrets.randbelow(_ID_SPREAD),
    )
    return store
