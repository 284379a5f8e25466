"""How many items are low or sold out is one number, wherever it stands: that of the list it leads to."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from dokango.catalogue.models import Product, Variant
from dokango.clock import ManualClock
from dokango.db import Database, table_of
from dokango.people.actor import Actor
from dokango.reports.going_wrong import what_is_wrong
from dokango.stock.shelf import shelf_page, shelf_totals
from tests.small_shop import Shop, add_product, open_shop

_P, _V = table_of(Product), table_of(Variant)


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


def change(
    shop: Shop, sku: str, *, variant: dict[str, int] | None = None, product: dict[str, int] | None = None
) -> None:
    """Change an item, or the product that it is of."""
    if variant:
        shop.db.write(lambda tx: tx.run(update(_V).where(_V.c.sku == sku).values(**variant)))
    if product:
        of_it = select(_V.c.product_id).where(_V.c.sku == sku).scalar_subquery()
        shop.db.write(lambda tx: tx.run(update(_P).where(_P.c.id == of_it).values(**product)))


def sell_out(shop: Shop) -> None:
    shop.place(("HONEY", 7))


ARRANGED = {
    "nothing": (lambda shop: None, []),
    "all of it is promised": (sell_out, ["HONEY"]),
    "at its level": (lambda shop: change(shop, "MUG", variant={"low_stock_level": 50}), ["MUG"]),
    "above its level": (lambda shop: change(shop, "MUG", variant={"low_stock_level": 49}), []),
    "never came in": (lambda shop: shop.db.write(lambda tx: add_product(tx, "NEW", "New", 10_000)), ["NEW"]),
    "never runs out": (lambda shop: change(shop, "CARD", variant={"low_stock_level": 5}), []),
    "the item is off": (lambda shop: [sell_out(shop), change(shop, "HONEY", variant={"active": 0})], []),
    "the product is off": (lambda shop: [sell_out(shop), change(shop, "HONEY", product={"active": 0})], []),
}


@pytest.mark.parametrize("arranged", ARRANGED)
def test_the_count_of_what_is_low_is_that_of_its_list(shop: Shop, arranged: str) -> None:
    arrange, low = ARRANGED[arranged]
    arrange(shop)
    wrong = shop.db.read(lambda tx: what_is_wrong(tx, shop.clock.now_us()))
    assert [row.sku for row in shop.db.read(lambda tx: shelf_page(tx, low_only=True)).rows] == low
    assert shop.db.read(shelf_totals).low == len(low)
    assert [one.count for one in wrong if one.href == "/stock?low=1"] == ([len(low)] if low else [])
