"""A small shop for the customers' tests: a sari in two colours, honey that runs low, a card that never runs out."""

from __future__ import annotations

from sqlalchemy import insert

from dokango.catalogue.finding import words_of_product, words_of_variant
from dokango.catalogue.models import Product, Variant
from dokango.clock import Clock
from dokango.db import Database, Tx, table_of
from dokango.people.actor import SYSTEM
from dokango.shop.profile import Profile, Wallet, save_profile
from dokango.stock.receiving import Receipt, ReceivedLine, receive

PRODUCTS = (
    ("jamdani-sari", "Jamdani sari", "জামদানি শাড়ি", "Sari",
     (("SARI-RED", "Red", 250_000, 50), ("SARI-BLUE", "Blue", 260_000, 0))),
    ("sundarban-honey", "Sundarban honey", "সুন্দরবনের মধু", "Food", (("HONEY-500", "500 g", 65_000, 2),)),
    ("gift-card", "Gift card", "", "Gifts", (("GIFT-1000", "", 100_000, None),)),
)  # fmt: skip


def open_shop(db: Database, clock: Clock, *, copies: int = 1, **profile: object) -> None:
    """Write PRODUCTS with their stock at half their price, and a profile with bKash, Nagad and COD.

    Further `copies` of each product have a number behind their slug and their SKUs.
    """
    db.write(lambda tx: _fill(tx, clock, copies, profile))


def _fill(tx: Tx, clock: Clock, copies: int, profile: dict[str, object]) -> None:
    stocked = []
    named = [(f"-{copy}" if copy else "", product) for copy in range(copies) for product in PRODUCTS]
    for ending, (slug, title, bangla, category, variants) in named:
        product_id = tx.value(
            insert(table_of(Product))
            .values(slug=slug + ending, title=title, title_bn=bangla, category=category, description="", images="[]",
                    words=words_of_product(title, bangla, category),
                    active=1, source_ref=None, created_at=clock.now_us())
            .returning(table_of(Product).c.id)
        )  # fmt: skip
        for position, (sku, name, price_poisha, quantity) in enumerate(variants):
            tx.run(
                insert(table_of(Variant)).values(
                    product_id=product_id, sku=sku + ending, title=name, attributes="{}", price_poisha=price_poisha,
                    words=words_of_variant(sku + ending, name, {}),
                    regular_price_poisha=None, image="", weight_g=0, low_stock_level=0,
                    tracks_stock=int(quantity is not None), active=1, position=position,
                )
            )  # fmt: skip
            if quantity:
                stocked.append(ReceivedLine(sku=sku + ending, quantity=quantity, unit_cost_poisha=price_poisha // 2))
    receive(tx, SYSTEM, clock, Receipt(lines=tuple(stocked)), key="opening")
    shop = Profile.model_validate(
        {
            "name": "Nakshi", "phone": "01711000000", "whatsapp": "01711000000",
            "wallets": {"bkash": Wallet(number="01811000000"), "nagad": Wallet(number="01911000000", kind="merchant")},
            **profile,
        }
    )  # fmt: skip
    save_profile(tx, shop, by="test", now_us=clock.now_us())


FORM = {
    "name": "Rahima Akter", "phone": "০১৭১১-০০০০০০", "district": "ঢাকা", "area": "Dhanmondi",
    "line": "House 7, Road 3", "note": "", "method": "bkash", "trx_id": "", "sender": "", "email": "",
}  # fmt: skip
