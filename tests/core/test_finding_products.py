"""What people type to find a product: staff in the catalogue and on the shelf, customers on the storefront."""

from __future__ import annotations

import importlib

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine, text

from dokango.catalogue import products, storefront
from dokango.catalogue.browsing import browse
from dokango.catalogue.forms import ProductForm, VariantForm
from dokango.clock import ManualClock
from dokango.db import Database
from dokango.importing.run import import_products
from dokango.migrations.upgrade import engine_url
from dokango.people.actor import Actor
from dokango.stock.shelf import shelf_page

GOODS = (
    ("Jamdani Sari", "জামদানি শাড়ি", "Sari > Handloom", (("SARI-RED-01", "Red"), ("SARI-BLUE", "নীল"))),
    ("Crème Brûlée Mix", "ক্রেম ব্রুলি", "Food", (("CREME_500", "500 g"),)),
    ("Ｔ－Ｓｈｉｒｔ", "টি-শার্ট", "Clothing", (("TS.XL", "XL"),)),
)
# typed: whose product every search finds
FOUND = {
    "jamdani": "Jamdani Sari",
    "SARI jam": "Jamdani Sari",
    "শাড়ি": "Jamdani Sari",
    "শা\u09a1\u09bcি জামদানি": "Jamdani Sari",
    "handloom sari": "Jamdani Sari",
    "sari-red": "Jamdani Sari",
    "creme brulee": "Crème Brûlée Mix",
    "BRÛLÉE": "Crème Brûlée Mix",
    "ব্রুলি": "Crème Brûlée Mix",
    "creme_5": "Crème Brûlée Mix",
    "t-shirt": "Ｔ－Ｓｈｉｒｔ",
    "Shirt T": "Ｔ－Ｓｈｉｒｔ",
    "ts.xl": "Ｔ－Ｓｈｉｒｔ",
    "শার্ট টি": "Ｔ－Ｓｈｉｒｔ",
}
NOT_FOUND = ["%", "_", "\\", "'", "🙂", "জামদনি", "sari brulee", "jamdani 500"]


@pytest.fixture(autouse=True)
def _goods(db: Database, clock: ManualClock, owner: Actor) -> None:
    for title, bangla, category, variants in GOODS:
        forms = tuple(VariantForm(sku=sku, title=name, price_poisha=100) for sku, name in variants)
        form = ProductForm(title=title, title_bn=bangla, category=category, variants=forms)
        db.write(lambda tx, form=form: products.add(tx, owner, clock, form))


def searches(db: Database, typed: str) -> dict[str, set[str]]:
    """The titles that each search finds."""
    titles = {sku: title for title, _, _, variants in GOODS for sku, _ in variants}
    return {
        "catalogue": {one.product.title for one in db.read(lambda tx: browse(tx, typed)).rows},
        "storefront": {one.title for one in db.read(lambda tx: storefront.shelf(tx, typed=typed)).rows},
        "entry": {one.title for one in db.read(lambda tx: storefront.shelf(tx, typed=typed, for_staff=True)).rows},
        "shelf": {titles[row.sku] for row in db.read(lambda tx: shelf_page(tx, words=typed)).rows},
    }


def test_every_search_finds_a_product_by_its_words_in_any_spelling(db: Database) -> None:
    everywhere = ("catalogue", "storefront", "entry", "shelf")
    expected = {typed: dict.fromkeys(everywhere, frozenset([title])) for typed, title in FOUND.items()}
    expected |= {typed: dict.fromkeys(everywhere, frozenset()) for typed in NOT_FOUND}

    assert {typed: searches(db, typed) for typed in expected} == expected


def test_staff_find_a_variant_by_any_part_of_its_sku_and_customers_by_its_beginning(db: Database) -> None:
    assert {where for where, found in searches(db, "blue").items() if found} == {"catalogue", "entry", "shelf"}
    assert [row.sku for row in db.read(lambda tx: shelf_page(tx, words="নীল")).rows] == ["SARI-BLUE"]
    assert [row.sku for row in db.read(lambda tx: shelf_page(tx, words="ed 01")).rows] == ["SARI-RED-01"]


def test_a_product_is_found_by_its_new_words_once_it_is_changed(db: Database, clock: ManualClock, owner: Actor) -> None:
    sari = next(one for one in db.read(browse).rows if one.product.title == "Jamdani Sari")
    variant = VariantForm(id=sari.variants[0].id, sku="TANT-9", title="Green", price_poisha=100)
    form = ProductForm(title="Tangail Sari", title_bn="টাঙ্গাইল", variants=(variant,))
    changed = db.write(lambda tx: products.edit(tx, owner, clock, sari.product.id, form))

    assert [one.product.title for one in db.read(lambda tx: browse(tx, "টাঙ্গাইল green")).rows] == ["Tangail Sari"]
    assert db.read(lambda tx: browse(tx, "tant 9")).rows and not db.read(lambda tx: browse(tx, "jamdani")).rows
    assert not [name for name in changed if "words" in name]


def test_products_of_before_are_found_after_the_migration(db: Database) -> None:
    for table in ("product", "variant"):
        db.write(lambda tx, table=table: tx.script(f"ALTER TABLE {table} DROP COLUMN words"))
    engine = create_engine(engine_url(db.url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        with context.begin_transaction(), Operations.context(context):
            importlib.import_module("dokango.migrations.versions.0006_catalogue_words").upgrade()
        connection.commit()
    engine.dispose()

    assert searches(db, "শাড়ি")["catalogue"] == {"Jamdani Sari"} == searches(db, "sari-red")["storefront"]
    assert db.read(lambda tx: tx.value(text("SELECT count(*) FROM variant WHERE words = ''"))) == 0


@pytest.mark.parametrize("category", ["food", " FOOD ", "Ｆｏｏｄ", "Fóod"])
def test_an_imported_product_joins_the_category_that_is_here(
    db: Database, clock: ManualClock, owner: Actor, category: str
) -> None:
    file = f"ID,Type,SKU,Name,Published,Categories,Regular price\n7,simple,NEW-1,Honey,1,{category},120\n"
    report = import_products(db, owner, clock, file.encode())

    assert report.products == 1
    assert [name for name, _ in db.read(storefront.categories)] == ["Clothing", "Food", "Sari > Handloom"]
