"""A shop to measure: one product with plenty of stock, and one order's life through `place` and `perform`."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import insert, select

from dokango.catalogue.models import Product, Variant
from dokango.clock import SystemClock
from dokango.db import Database, Tx, open_database, table_of
from dokango.migrations.upgrade import upgrade
from dokango.orders import Context, perform, place
from dokango.orders.lifecycle import commands as c
from dokango.orders.placing.request import PlaceOrder
from dokango.people.actor import Actor
from dokango.people.permissions import Role
from dokango.shop.profile import Profile, Wallet, save_profile
from dokango.stock.receiving import Receipt, ReceivedLine, receive

OWNER = Actor(1, "Bench", Role.OWNER)
CONTEXT = Context(OWNER, SystemClock())
_PRODUCT, _VARIANT = table_of(Product), table_of(Variant)


@contextmanager
def bench_shop() -> Iterator[tuple[Database, int]]:
    """A fresh SQLite shop in a folder of its own, and its variant's id."""
    with tempfile.TemporaryDirectory(prefix="dokango-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        upgrade(url)
        database = open_database(url)
        try:
            yield database, database.write(_stock)
        finally:
            database.close()


def _stock(tx: Tx) -> int:
    tx.run(
        insert(_PRODUCT).values(
            slug="bench", title="Bench", title_bn="", description="", category="", images="[]", active=1, created_at=0
        )
    )
    product_id = tx.value(select(_PRODUCT.c.id))
    tx.run(
        insert(_VARIANT).values(
            product_id=product_id,
            sku="BENCH",
            title="",
            attributes="{}",
            price_poisha=125_000,
            image="",
            weight_g=0,
            low_stock_level=0,
            tracks_stock=1,
            active=1,
            position=0,
        )
    )
    profile = Profile(wallets={"bkash": Wallet(number="01900000000")}, delivery_inside_poisha=0)
    save_profile(tx, profile, by="bench", now_us=0)
    lines = (ReceivedLine(sku="BENCH", quantity=1_000_000, unit_cost_poisha=50_000),)
    receive(tx, OWNER, CONTEXT.clock, Receipt(lines=lines), key="bench")
    return int(tx.value(select(_VARIANT.c.id)))


def wanted() -> PlaceOrder:
    """An order of two, paid by bKash, for one of a few thousand buyers."""
    return PlaceOrder.model_validate(
        {
            "customer": {"name": "Bench", "phone": f"0190{secrets.randbelow(10**4):07d}"},
            "address": {"line": "House 1, Road 2", "area": "Dhanmondi", "district": "Dhaka"},
            "lines": [{"sku": "BENCH", "quantity": 2}],
            "payment": {"method": "bkash"},
        }
    )


def live(database: Database) -> None:
    """Place, verify, confirm, pack, ship, deliver: six commands, each durable before the next."""
    number = database.write(lambda tx: place(tx, CONTEXT, wanted(), channel="bench")).number
    steps: tuple[c.Command, ...] = (
        c.VerifyPayment(method="bkash", transaction_id=f"B{secrets.token_hex(5)}", amount_poisha=250_000),
        c.Confirm(),
        c.Pack(),
        c.Ship(courier="manual", carrier="Rider"),
        c.Deliver(),
    )
    for step in steps:
        database.write(lambda tx, step=step: perform(tx, CONTEXT, number, step))  # type: ignore[misc]
