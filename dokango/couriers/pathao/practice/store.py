"""What Pathao keeps: the schema of its practice server's file."""

from __future__ import annotations

SCHEMA = """
CREATE TABLE IF NOT EXISTS parcel (
    id INTEGER PRIMARY KEY,
    consignment_id TEXT NOT NULL UNIQUE,
    merchant_order_id TEXT NOT NULL,
    store_id INTEGER NOT NULL,
    recipient_name TEXT NOT NULL,
    recipient_phone TEXT NOT NULL,
    recipient_address TEXT NOT NULL,
    amount INTEGER NOT NULL,
    collected INTEGER,
    fee INTEGER NOT NULL,
    details TEXT NOT NULL DEFAULT '{}',
    status TEXT NOT NULL DEFAULT 'Pending',
    event TEXT NOT NULL DEFAULT 'created',
    return_type TEXT NOT NULL DEFAULT '',
    invoice_id TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS parcel_ours ON parcel (merchant_order_id);
CREATE TABLE IF NOT EXISTS happened (
    id INTEGER PRIMARY KEY, consignment_id TEXT NOT NULL, event TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS token (
    access TEXT PRIMARY KEY, refresh TEXT NOT NULL, ends_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS store (
    store_id INTEGER PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, city_id INTEGER NOT NULL,
    zone_id INTEGER NOT NULL, is_active INTEGER NOT NULL, is_default INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS payout (
    id INTEGER PRIMARY KEY, invoice_id TEXT NOT NULL, amount INTEGER NOT NULL, created_at INTEGER NOT NULL
) STRICT;
INSERT OR IGNORE INTO store VALUES
    (4101, 'Mirpur', 'House 7, Road 3, Mirpur 10, Dhaka', 1, 52, 1, 1),
    (4102, 'Agrabad', 'Sheikh Mujib Road, Agrabad, Chattogram', 2, 201, 1, 0),
    (4103, 'Closed shop', 'Road 9, Uttara, Dhaka', 1, 60, 0, 0)
"""
