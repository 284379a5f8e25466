"""A new product in one form: its picture, its opening stock and a SKU of its title; saved once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import func, select

from dokango.catalogue.models import Product, Variant
from dokango.db import Tx, table_of
from state.catalogue.product import ProductState
from tests.small_shop import Shop
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_P, _V = table_of(Product), table_of(Variant)
PICTURE = "/media/" + "a" * 40 + ".png"
BELL = {
    "title": "Brass bell", "title_bn": "পিতলের ঘণ্টা", "category": "Home", "category_bn": "ঘর", "description_bn": "সুন্দর",
    "active": "on", "sku-1": "BELL", "price-1": "900", "options-1": "Small", "options_bn-1": "ছোট", "tracks-1": "on",
    "sold-1": "on", "quantity-1": "4", "cost-1": "500", "picture": PICTURE,
}  # fmt: skip


async def opened(desk: Desk) -> Browser:
    tab = await desk.browser("manager")
    await tab.arrive("/products/new")
    return tab


async def save(tab: Browser, **changed: str) -> None:
    typed = {name: value for name, value in {**BELL, **changed}.items() if value != "absent"}
    await tab.call(ProductState.save, form={**typed, "press": tab.sees(ProductState, "press")})


def bells(tx: Tx) -> list[Any]:
    return tx.rows(select(*_P.c).where(_P.c.title == "Brass bell"))


async def test_a_new_product_has_its_picture_its_bangla_and_its_stock(desk: Desk, shop: Shop) -> None:
    await save(await opened(desk))
    (bell,) = shop.db.read(bells)
    assert json.loads(bell.images) == [PICTURE]
    assert (bell.title_bn, bell.category_bn, bell.description_bn) == ("পিতলের ঘণ্টা", "ঘর", "সুন্দর")
    assert shop.level("BELL") == (4, 0, 200_000)


async def test_it_is_saved_once_however_often_it_is_pressed(desk: Desk, shop: Shop) -> None:
    tab = await opened(desk)
    form = {**BELL, "sku-1": "", "press": tab.sees(ProductState, "press")}
    for _ in range(3):
        await tab.call(ProductState.save, form=form)
    assert len(shop.db.read(bells)) == 1
    assert shop.db.read(lambda tx: tx.value(select(func.count()).where(_V.c.sku.startswith("BRASS")))) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"cost-1": ""}, "cost-1"),
        ({"quantity-1": ""}, "quantity-1"),
        ({"quantity-1": "some"}, "quantity-1"),
        ({"tracks-1": "absent"}, "quantity-1"),
        ({"category_bn": "ঘর | শীত"}, "category_bn"),
    ],
)
async def test_what_is_wrong_is_said_under_its_field_and_nothing_is_kept(
    desk: Desk, shop: Shop, changed: dict[str, str], field: str
) -> None:
    tab = await opened(desk)
    await save(tab, **changed)
    assert tab.sees(ProductState, "errors")[field]
    assert shop.db.read(bells) == []


@pytest.mark.parametrize("picture", ["https://evil.example/x.png", "/media/../installation.key", "/orders"])
async def test_only_a_picture_that_was_uploaded_is_taken(desk: Desk, shop: Shop, picture: str) -> None:
    await save(await opened(desk), picture=picture)
    assert [json.loads(bell.images) for bell in shop.db.read(bells)] == [[]]


async def test_each_variant_has_a_sku_of_the_title_suggested_that_nobody_has(desk: Desk, shop: Shop) -> None:
    tab = await opened(desk)
    await tab.call(ProductState.suggest, title="Mug")
    await tab.call(ProductState.add_line)
    assert [line["sku"] for line in tab.sees(ProductState, "lines")] == ["MUG-2", "MUG-3"]


async def test_a_variant_that_is_added_later_brings_its_stock_too(desk: Desk, shop: Shop) -> None:
    tab = await opened(desk)
    await save(tab)
    await tab.arrive(tab.redirects[-1])
    await tab.call(ProductState.add_line)
    large = {"sku-2": "BELL-L", "price-2": "1200", "tracks-2": "on", "sold-2": "on", "quantity-2": "2", "cost-2": "700"}
    await save(tab, **large, **{"quantity-1": "absent", "cost-1": "absent", "picture": "absent"})
    assert (shop.level("BELL"), shop.level("BELL-L")) == ((4, 0, 200_000), (2, 0, 140_000))
