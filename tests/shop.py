"""A small shop for tests that need one: a sari at ৳1,250 that cost ৳500, fifty on the shelf, and orders of it."""

from __future__ import annotations

import json

from sqlalchemy import insert, select

from dokango.catalogue.models import Product, Variant
from dokango.clock import Clock
from dokango.db import Database, Tx
from dokango.orders.intake import PlaceOrder, place
from dokango.orders.service import Context, Done
from dokango.people.actor import SYSTEM
from dokango.shop.profile import Profile, Wallet, save_profile
from dokango.stock.receiving import Receipt, ReceivedLine, receive

SKU = "SARI-RED"
PRICE_POISHA = 125_000
COST_POISHA = 50_000
ON_SHELF = 50
_P, _V = Product.__table__, Variant.__table__  # type: ignore[attr-defined]


def open_shop(db: Database, clock: Clock, *, cost_poisha: int = COST_POISHA) -> None:
    """Wallets set, delivery free, one product received."""

    def fill(tx: Tx) -> None:
        profile = Profile(name="Tanti Ghar", wallets={"bkash": Wallet(number="01900000000")}, delivery_inside_poisha=0)
        save_profile(tx, profile, by="test", now_us=clock.now_us())
        product = dict.fromkeys(("title_bn", "description", "category"), "") | {
            "slug": "jamdani-sari", "title": "Jamdani sari", "images": "[]", "active": 1, "created_at": clock.now_us(),
        }  # fmt: skip
        tx.run(insert(_P).values(**product))
        variant = {
            "product_id": tx.value(select(_P.c.id)), "sku": SKU, "title": "Red", "attributes": json.dumps({"Colour": "Red"}),
            "price_poisha": PRICE_POISHA, "image": "", "weight_g": 0, "low_stock_level": 5, "tracks_stock": 1, "active": 1,
            "position": 0,
        }  # fmt: skip
        tx.run(insert(_V).values(**variant))
        lines = (ReceivedLine(sku=SKU, quantity=ON_SHELF, unit_cost_poisha=cost_poisha),)
        receive(tx, SYSTEM, clock, Receipt(lines=lines), key="first")

    db.write(fill)


def place_order(
    db: Database, clock: Clock, *, name: str = "Rahima Akter", phone: str = "01711000000", quantity: int = 2,
    method: str = "bkash", trx_id: str | None = None,
) -> Done:  # fmt: skip
    """One order of saris to Dhanmondi."""
    wanted = PlaceOrder.model_validate(
        {
            "customer": {"name": name, "phone": phone},
            "address": {"line": "House 12, Road 5", "area": "Dhanmondi", "city": "Dhaka", "district": "Dhaka"},
            "lines": [{"sku": SKU, "quantity": quantity}],
            "payment": {"method": method, "transaction_id": trx_id},
        }
    )
    return db.write(lambda tx: place(tx, Context(SYSTEM, clock), wanted, channel="storefront"))
