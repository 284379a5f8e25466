"""What a new shop still needs before it can sell: the checklist of the first run."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from dokango.catalogue.models import Product
from dokango.db import Statement, Tx, table_of
from dokango.orders.book.models import Order
from dokango.payments.methods import wallets
from dokango.shop.profile import PROFILE, load_profile, read_setting
from dokango.stock.models import Level
from dokango.text import either

_L = table_of(Level)
_PRODUCTS = Statement(select(func.count()).select_from(table_of(Product)))
_STOCKED = Statement(select(_L.c.variant_id).where(_L.c.on_hand > 0).limit(1))
_ORDERS = Statement(select(table_of(Order).c.id).limit(1))


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One thing to do, where, and whether it is done."""

    title: str
    why: str
    href: str
    done: bool


def first_steps(tx: Tx) -> list[FirstStep]:
    """The steps in their order; empty once an order has come in, for then the shop is running."""
    if tx.value(_ORDERS) is not None:
        return []
    profile = load_profile(tx)
    sent = either([method.label for method in wallets().values()])
    saved = read_setting(tx, PROFILE) is not None
    wallet = any(wallet.number for wallet in profile.wallets.values())
    return [
        FirstStep("Name the shop", "Customers see it on every page and message.", "/settings", saved),
        FirstStep(
            "Set a wallet number",
            f"Where customers send {sent}.",
            "/settings?part=payments",
            wallet,
        ),
        FirstStep("Set the delivery charge", "Inside and outside your district.", "/settings?part=delivery", saved),
        FirstStep("Add a product", "Its picture and stock with it.", "/products/new", bool(tx.value(_PRODUCTS))),
        FirstStep(
            "Receive goods", "What lies on the shelf, and what it cost.", "/stock", tx.value(_STOCKED) is not None
        ),
        FirstStep("Share your shop", "Send its link to a friend and place a first order.", "/", False),
    ]
