"""How suppliers' files are built: first lines, trailing cells, several categories, variations alone or very many."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from dokango.catalogue import products, storefront
from dokango.catalogue.browsing import one_product
from dokango.catalogue.categories import in_category, one_text, several
from dokango.catalogue.forms import MOST_VARIANTS, ProductForm, VariantForm
from dokango.catalogue.models import Product, Variant
from dokango.clock import ManualClock
from dokango.db import Database, table_of
from dokango.importing.run import Report, import_products
from dokango.importing.table_file import read_sheet
from dokango.people.actor import Actor
from state.catalogue.typed import product_wanted

P, V = table_of(Product), table_of(Variant)
HEAD = "ID,Type,SKU,Name,Regular price,Parent,Attribute 1 name,Attribute 1 value(s)"
TEE = "7,variable,tee,Tee,,,Size,"


@pytest.fixture
def imported(db: Database, manager: Actor, clock: ManualClock) -> Any:
    def run(*lines: str, head: str = HEAD) -> Report:
        return import_products(db, manager, clock, "\n".join([head, *lines]).encode())

    return run


def products_by_sku(db: Database) -> dict[str, int]:
    return {row.sku: row.product_id for row in db.read(lambda tx: tx.rows(select(V.c.sku, V.c.product_id)))}


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "\ufeffsep=;", "\nsep=;"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_first_line_may_name_the_delimiter(first: str, end: str) -> None:
    sheet = read_sheet(end.join([first, "SKU;Name, with commas, many", "a;A"]).encode())
    assert sheet.headings == ("sku", "name, with commas, many")
    assert [(row.line, row.get("sku")) for row in sheet.rows] == [(3 + first.startswith("\n"), "a")]


@pytest.mark.parametrize("first", ["sep=", "sep=;;", "sep=a", "separator"])
def test_what_names_no_delimiter_is_a_heading(first: str) -> None:
    assert read_sheet(f"{first}\na".encode()).headings[0].startswith("sep")


@pytest.mark.parametrize("ending", [",", ",,,", ",  ,", ',"",""'])
def test_empty_cells_behind_the_last_heading_are_none(imported: Any, ending: str) -> None:
    report = imported(f"1,simple,cap,Cap,90,,,{ending}", "2,simple,hat,Hat,90,,,,lost")
    assert (report.products, [remark.line for remark in report.refused]) == (1, [3])


def test_a_heading_with_empty_cells_at_its_end_is_read(imported: Any) -> None:
    assert imported("1,simple,cap,Cap,90,,,,,,", head=HEAD + ",,,").products == 1


@pytest.mark.parametrize(
    ("kept", "names"),
    [("", []), ("Saris", ["Saris"]), ("Saris | Sale", ["Saris", "Sale"]), (" Saris|Sale | Saris |", ["Saris", "Sale"])],
)
def test_categories_are_typed_and_kept_in_one_text(kept: str, names: list[str]) -> None:
    assert several(kept) == names
    assert several(one_text(names)) == names


def test_every_category_of_a_product_is_kept_and_found(db: Database, imported: Any) -> None:
    head = HEAD + ",Categories"
    imported('1,simple,cap,Cap,90,,,,"Hats > Wool, Sale"', '2,simple,hat,Hat,90,,,,"sale, 100%"', head=head)
    assert [name for name, _ in db.read(storefront.categories)] == ["100%", "Hats > Wool", "Sale"]
    shelves = {name: {p.title for p in db.read(lambda tx, n=name: storefront.shelf(tx, category=n)).rows}
               for name in ("Hats > Wool", "Sale", "100%", "Hats", "10%", "Sale | 100%")}  # fmt: skip
    assert shelves == {
        "Hats > Wool": {"Cap"}, "Sale": {"Cap", "Hat"}, "100%": {"Hat"}, "Hats": set(), "10%": set(),
        "Sale | 100%": {"Hat"},
    }  # fmt: skip


def test_a_category_is_asked_for_whole(db: Database) -> None:
    asked = select(P.c.id).where(in_category(P.c.category, "a_b"))
    assert db.read(lambda tx: tx.rows(asked)) == []


def test_categories_typed_by_staff_are_kept_as_several(db: Database, imported: Any, manager: Actor, clock: Any) -> None:
    typed = {
        "title": "Mug",
        "active": "on",
        "category": "Home|Clay  ware",
        "sku-1": "mug",
        "price-1": "1",
        "low-1": "",
        "weight-1": "",
    }
    db.write(lambda tx: products.add(tx, manager, clock, product_wanted(typed, [{"line": "1"}], []).form))
    assert [name for name, _ in db.read(storefront.categories)] == ["Clay ware", "Home"]


@pytest.mark.parametrize("parent", ["tee", "id:7"])
def test_variations_alone_join_the_product_that_was_imported(db: Database, imported: Any, parent: str) -> None:
    imported(*([TEE] if parent == "tee" else ["7,variable,,Tee,,,Size,"]), f"8,variation,tee-s,,80,{parent},Size,S")
    report = imported(f"9,variation,tee-m,,85,{parent},Size,M")
    assert (report.products, report.variants, report.refused) == (0, 1, [])
    found = products_by_sku(db)
    assert found["tee-m"] == found["tee-s"]


def test_variations_join_the_product_that_is_sold_here_under_the_sku_they_name(
    db: Database, imported: Any, manager: Actor, clock: ManualClock
) -> None:
    form = ProductForm(title="Cap", variants=(VariantForm(sku="cap", price_poisha=9_000),))
    here = db.write(lambda tx: products.add(tx, manager, clock, form))
    report = imported("9,variation,cap-red,,95,cap,Colour,Red")
    assert (report.products, report.variants, products_by_sku(db)["cap-red"]) == (0, 1, here)


def test_variations_join_the_product_that_has_the_others_already(
    db: Database, imported: Any, manager: Actor, clock: ManualClock
) -> None:
    form = ProductForm(title="Tee", variants=(VariantForm(sku="tee-s", price_poisha=8_000),))
    here = db.write(lambda tx: products.add(tx, manager, clock, form))
    report = imported(TEE, "8,variation,tee-s,,80,tee,Size,S", "9,variation,tee-m,,85,tee,Size,M")
    assert (report.products, report.variants, products_by_sku(db)["tee-m"]) == (0, 1, here)
    assert [remark.line for remark in report.refused] == [3]


def test_a_variation_of_nothing_says_so(imported: Any) -> None:
    (remark,) = imported("9,variation,x-1,,95,x,Colour,Red").refused
    assert remark.words == "its parent “x” is neither in the file nor here"


@pytest.mark.parametrize("many", [240, MOST_VARIANTS + 30])
def test_very_many_variations_are_taken(db: Database, imported: Any, many: int) -> None:
    report = imported(TEE, *(f"{100 + i},variation,tee-{i},,80,tee,Size,{i}" for i in range(many)))
    assert (report.products, report.variants, report.refused) == (1, many, [])
    (product_id,) = set(products_by_sku(db).values())
    found = db.read(lambda tx: one_product(tx, product_id)).variants
    assert [json.loads(variant.attributes)["Size"] for variant in found] == [str(i) for i in range(many)]
