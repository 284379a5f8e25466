"""What the shop wrote in Bangla is what a Bangla reader reads; without it the English stands."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from dokango.catalogue import products, storefront
from dokango.catalogue.forms import ProductForm, VariantForm
from dokango.catalogue.text import card, variant_words
from dokango.importing.run import import_products
from dokango.notify.messages import Letterhead, render
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import describe
from dokango.orders.placing.cart import price_cart
from dokango.orders.placing.ways_to_pay import wallet_words
from dokango.shop.profile import Profile, Wallet
from dokango.shop.text import shop_words
from tests.small_shop import Shop

BOTH: dict[str, Any] = {
    "title": "Khadi shawl", "title_bn": "খাদি চাদর", "category": "Women | Winter", "category_bn": "মেয়েদের | শীত",
    "description": "Warm.", "description_bn": "গরম।",
}  # fmt: skip
ENGLISH = {name: value for name, value in BOTH.items() if not name.endswith("_bn")}
RED = VariantForm(sku="SHAWL-RED", title="Red", title_bn="লাল", price_poisha=100_000, tracks_stock=False)


def added(shop: Shop, given: dict[str, Any], variant: VariantForm = RED) -> int:
    return shop.db.write(lambda tx: products.add(tx, shop.owner, shop.clock, ProductForm(**given, variants=(variant,))))


@pytest.mark.parametrize(
    ("given", "title_bn", "locale", "read"),
    [
        (BOTH, "লাল", "bn", ("খাদি চাদর", "গরম।", "লাল")),
        (BOTH, "লাল", "en", ("Khadi shawl", "Warm.", "Red")),
        (ENGLISH, "", "bn", ("Khadi shawl", "Warm.", "Red")),
    ],
)
def test_a_product_is_read_in_the_readers_language(
    shop: Shop, given: dict[str, Any], title_bn: str, locale: str, read: tuple[str, str, str]
) -> None:
    added(shop, given, RED.model_copy(update={"title_bn": title_bn}))
    product = shop.db.read(lambda tx: storefront.by_slug(tx, "khadi-shawl"))
    variant = variant_words(product.variants[0], locale)
    assert (card(product, locale)["title"], product.described(locale), variant["title"]) == read


def test_categories_are_asked_for_in_english_and_read_in_bangla(shop: Shop) -> None:
    added(shop, BOTH)
    added(shop, {**ENGLISH, "category": "Winter"}, RED.model_copy(update={"sku": "OTHER"}))
    named = shop.db.read(lambda tx: dict(storefront.categories(tx, "bn")))
    assert (named["Women"], named["Winter"]) == ("মেয়েদের", "শীত")
    assert ("Winter", "Winter") in shop.db.read(storefront.categories)


def test_bangla_categories_stand_place_for_place() -> None:
    with pytest.raises(ValidationError, match="as many categories in Bangla"):
        ProductForm(**{**BOTH, "category_bn": "শীত"}, variants=(RED,))


def test_a_product_is_found_by_its_bangla_words(shop: Shop) -> None:
    added(shop, BOTH)
    for typed in ("শীত", "লাল"):
        assert [p.slug for p in shop.db.read(lambda tx, t=typed: storefront.shelf(tx, typed=t, for_staff=True)).rows]


@pytest.mark.parametrize(("locale", "words"), [("bn", ("খাদি চাদর", "লাল")), ("en", ("Khadi shawl", "Red"))])
def test_the_cart_and_the_tracking_page_name_goods_in_the_readers_language(
    shop: Shop, locale: str, words: tuple[str, str]
) -> None:
    added(shop, BOTH)
    line = shop.db.read(lambda tx: price_cart(tx, {"SHAWL-RED": 1})).lines[0]
    assert (line.titled(locale), line.variant_titled(locale)) == words
    token = shop.order(shop.place(("SHAWL-RED", 1))).token
    tracked = describe(shop.db.read(lambda tx: by_link(tx, token)), locale).lines[0]
    assert (tracked["title"], tracked["variant"]) == words


def test_a_file_brings_its_bangla_names(shop: Shop) -> None:
    file = "SKU,Name,Name in Bangla,Regular price\nSHAWL,Khadi shawl,খাদি চাদর,1250\n"
    report = import_products(shop.db, shop.owner, shop.clock, file.encode())
    assert (report.products, report.notes) == (1, [])
    assert shop.db.read(lambda tx: storefront.by_slug(tx, "khadi-shawl")).titled("bn") == "খাদি চাদর"


PROFILE = Profile(
    name="Aarong corner", about="Handmade.", address="Dhanmondi",
    wallets={"bkash": Wallet(number="01700000001", instructions="Send Money only")},
)  # fmt: skip
IN_BANGLA = PROFILE.model_copy(
    update={
        "name_bn": "আড়ং কর্নার", "about_bn": "হাতে তৈরি।", "address_bn": "ধানমন্ডি",
        "wallets": {"bkash": PROFILE.wallets["bkash"].model_copy(update={"instructions_bn": "শুধু সেন্ড মানি"})},
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("profile", "locale", "words"),
    [
        (IN_BANGLA, "bn", ("আড়ং কর্নার", "হাতে তৈরি।", "ধানমন্ডি", "শুধু সেন্ড মানি")),
        (IN_BANGLA, "en", ("Aarong corner", "Handmade.", "Dhanmondi", "Send Money only")),
        (PROFILE, "bn", ("Aarong corner", "Handmade.", "Dhanmondi", "Send Money only")),
    ],
)
def test_the_shop_speaks_the_readers_language(profile: Profile, locale: str, words: tuple[str, ...]) -> None:
    shop = shop_words(profile, locale)
    assert (
        shop["name"],
        shop["about"],
        shop["address"],
        wallet_words(profile, "bkash", "৳10", locale)["more"],
    ) == words
    data = f'{{"number": "1001", "name": "Rahima", "locale": "{locale}"}}'
    assert words[0] in render("customer", "order_confirmed", data, Letterhead.of(profile, "http://shop")).body
