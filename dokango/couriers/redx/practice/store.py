"""What RedX keeps: the schema of its practice server's file."""

from __future__ import annotations

SCHEMA = """
CREATE TABLE IF NOT EXISTS parcel (
    id INTEGER PRIMARY KEY,
    tracking_id TEXT NOT NULL UNIQUE,
    merchant_invoice_id TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    customer_phone TEXT NOT NULL,
    customer_address TEXT NOT NULL,
    delivery_area TEXT NOT NULL,
    delivery_area_id INTEGER NOT NULL,
    pickup_store_id INTEGER NOT NULL,
    cash_collection_amount INTEGER NOT NULL,
    collected INTEGER,
    parcel_weight INTEGER NOT NULL,
    value TEXT NOT NULL,
    charge INTEGER NOT NULL,
    instruction TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT 'pickup-pending',
    cancels_at INTEGER,
    paid_in INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS happened (
    id INTEGER PRIMARY KEY, tracking_id TEXT NOT NULL, status TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS store (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, area_id INTEGER NOT NULL, phone TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS payout (
    id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, created_at INTEGER NOT NULL
) STRICT;
INSERT OR IGNORE INTO store VALUES
    (1, 'Mirpur', 'House 7, Road 3, Mirpur 10, Dhaka', 3, '01711000000', 1757760000000000),
    (2, 'Agrabad', 'Sheikh Mujib Road, Agrabad, Chattogram', 21, '01711000001', 1757760000000000)
"""
