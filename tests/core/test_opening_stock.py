"""A new product with its opening stock: booked as goods received, kept whole or not at all, and once."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from dokango.catalogue import products
from dokango.catalogue.forms import ProductForm, VariantForm
from dokango.catalogue.models import Product
from dokango.catalogue.skus import free_sku, sku_of
from dokango.db import Tx, table_of
from dokango.errors import AlreadyExists, InvalidInput
from dokango.ledger import accounts
from dokango.stock.opening import add_with_stock, edit_with_stock
from dokango.stock.receiving import Receipt, ReceivedLine
from tests.small_shop import Shop

RUG = ProductForm(title="Jute rug", variants=(VariantForm(sku="RUG", price_poisha=150_000),))
ON_SHELF = Receipt(
    lines=(ReceivedLine(sku="RUG", quantity=4, unit_cost_poisha=90_000),),
    supplier="Opening stock",
    reference="Jute rug",
)


def products_called(tx: Tx, title: str) -> int:
    return int(tx.value(select(func.count()).where(table_of(Product).c.title == title)) or 0)


def test_opening_stock_lies_on_the_shelf_and_in_the_books(shop: Shop) -> None:
    before = shop.balance(accounts.INVENTORY)
    shop.db.write(lambda tx: add_with_stock(tx, shop.owner, shop.clock, RUG, ON_SHELF, key="press-1"))
    assert shop.level("RUG") == (4, 0, 360_000)
    assert shop.balance(accounts.INVENTORY) - before == 360_000


def test_a_wish_that_comes_twice_adds_one_product_and_receives_once(shop: Shop) -> None:
    ids = [
        shop.db.write(lambda tx: add_with_stock(tx, shop.owner, shop.clock, RUG, ON_SHELF, key="press-1"))
        for _ in range(2)
    ]
    assert ids[0] == ids[1]
    assert shop.level("RUG") == (4, 0, 360_000)
    assert shop.db.read(lambda tx: products_called(tx, "Jute rug")) == 1


@pytest.mark.parametrize(
    ("form", "stock", "refused"),
    [
        (RUG.model_copy(update={"variants": (VariantForm(sku="MUG", price_poisha=1),)}), ON_SHELF, AlreadyExists),
        (
            RUG.model_copy(update={"variants": (VariantForm(sku="RUG", price_poisha=1, tracks_stock=False),)}),
            ON_SHELF,
            InvalidInput,
        ),
    ],
)
def test_what_cannot_be_kept_whole_is_not_kept(
    shop: Shop, form: ProductForm, stock: Receipt, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        shop.db.write(lambda tx: add_with_stock(tx, shop.owner, shop.clock, form, stock, key="press-1"))
    assert shop.db.read(lambda tx: products_called(tx, "Jute rug")) == 0


def test_a_variant_that_joins_a_product_brings_its_stock(shop: Shop) -> None:
    product_id = shop.db.write(lambda tx: products.add(tx, shop.owner, shop.clock, RUG))
    wider = RUG.model_copy(update={"variants": (VariantForm(sku="RUG-WIDE", price_poisha=200_000),)})
    stock = Receipt(lines=(ReceivedLine(sku="RUG-WIDE", quantity=2, unit_cost_poisha=100_000),))
    shop.db.write(lambda tx: edit_with_stock(tx, shop.owner, shop.clock, product_id, wider, stock, key="press-2"))
    assert shop.level("RUG-WIDE") == (2, 0, 200_000)


@pytest.mark.parametrize(
    ("title", "sku"),
    [
        ("Tangail cotton sari, red", "TANGAIL-COTTON-SARI"),
        ("Honey 500 g", "HONEY-500-G"),
        ("Crème brûlée", "CREME-BRULEE"),
        ("Mother's day mug", "MOTHERS-DAY-MUG"),
        ("শাড়ি", "ITEM"),
        ("  ", "ITEM"),
        ("Extraordinarily longwinded title", "EXTRAORDINARILY-LONGWIND"),
    ],
)
def test_a_title_suggests_its_sku(title: str, sku: str) -> None:
    assert sku_of(title) == sku


def test_a_suggested_sku_is_nobody_elses(shop: Shop) -> None:
    suggested = shop.db.read(
        lambda tx: [free_sku(tx, "Mug"), free_sku(tx, "Mug", beside={"MUG-2"}), free_sku(tx, "Jar")]
    )
    assert suggested == ["MUG-2", "MUG-3", "JAR"]
