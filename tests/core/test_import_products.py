"""WooCommerce's product CSV comes in whole: every row is a product here, or reported with its line and the reason."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from dokango.catalogue.models import Product, Variant
from dokango.clock import ManualClock
from dokango.db import Database, table_of
from dokango.errors import InvalidInput, NotAllowed
from dokango.importing.findings import Findings
from dokango.importing.html_text import plain
from dokango.importing.run import Report, import_products
from dokango.importing.table_file import read_sheet
from dokango.importing.woocommerce import understand
from dokango.people.actor import Actor
from dokango.stock.models import Level

TODAY = date(2026, 11, 22)
HEAD = "ID,Type,SKU,Name,Published,Stock,Sale price,Regular price,Parent,Attribute 1 name,Attribute 1 value(s)"


def found(*lines: str, head: str = HEAD) -> Findings:
    return understand(read_sheet("\n".join([head, *lines]).encode()), TODAY)


def only(findings: Findings) -> Any:
    assert not findings.refused, findings.refused
    (product,) = findings.products
    return product


def refusal(*lines: str, head: str = HEAD) -> tuple[int, str]:
    (remark,) = found(*lines, head=head).refused
    return remark.line, remark.words


@pytest.fixture
def imported(db: Database, manager: Actor, clock: ManualClock) -> Any:
    def run(*lines: str, head: str = HEAD) -> Report:
        return import_products(db, manager, clock, "\n".join([head, *lines]).encode())

    return run


def variants(db: Database) -> dict[str, Any]:
    v, p = table_of(Variant), table_of(Product)
    rows = db.read(lambda tx: tx.rows(select(*v.c, p.c.title.label("product")).join(p, p.c.id == v.c.product_id)))
    return {row.sku: row for row in rows}


def test_a_variable_product_comes_with_its_variations_and_their_attributes(db: Database, imported: Any) -> None:
    report = imported(
        '44,variable,tee,V-Neck Tee,1,,,,,Color,"Blue, Red"',
        "76,variation,tee-red,V-Neck Tee - Red,1,,,20,tee,Color,Red",
        "77,variation,tee-blue,V-Neck Tee - Blue,1,,12,15,id:44,Color,Blue",
    )
    assert (report.products, report.variants, report.refused) == (1, 2, [])
    rows = variants(db)
    assert set(rows) == {"tee-red", "tee-blue"}
    assert {row.product for row in rows.values()} == {"V-Neck Tee"}
    assert json.loads(rows["tee-red"].attributes) == {"Color": "Red"}
    assert (rows["tee-blue"].price_poisha, rows["tee-blue"].regular_price_poisha) == (1_200, 1_500)


def test_a_variation_may_stand_before_its_parent(db: Database, imported: Any) -> None:
    report = imported("2,variation,a-1,A - 1,1,,,20,a,Size,1", "1,variable,a,A,1,,,,,Size,1")
    assert (report.products, report.variants) == (1, 1)


def test_importing_twice_gives_nothing_new(db: Database, imported: Any) -> None:
    lines = (
        "1,simple,cap,Cap,1,5,,90,,,",
        "2,variable,tee,Tee,1,,,,,,",
        "3,variation,tee-s,Tee - S,1,2,,80,tee,Size,S",
    )
    imported(*lines)
    before = variants(db)
    again = imported(*lines)
    assert (again.products, again.variants, again.units) == (0, 0, 0)
    assert [(r.line, "here already" in r.words) for r in again.refused] == [(2, True), (4, True)]
    assert variants(db) == before


def test_a_new_variation_joins_the_product_that_is_here(db: Database, imported: Any) -> None:
    parent = "2,variable,tee,Tee,1,,,,,,"
    imported(parent, "3,variation,tee-s,Tee - S,1,,,80,tee,Size,S")
    report = imported(parent, "4,variation,tee-m,Tee - M,1,,,85,tee,Size,M")
    assert (report.products, report.variants) == (0, 1)
    rows = variants(db)
    assert rows["tee-s"].product_id == rows["tee-m"].product_id


def test_a_wrong_row_leaves_the_others(db: Database, imported: Any) -> None:
    report = imported(
        "1,simple,cap,Cap,1,,,ninety,,,",
        "2,variable,tee,Tee,1,,,,,,",
        "3,variation,tee-s,Tee - S,1,,,80,tee,Size,S",
        "4,variation,tee-m,Tee - M,1,,,,tee,Size,M",
    )
    assert set(variants(db)) == {"tee-s"}
    assert [(r.line, r.words) for r in report.refused] == [
        (2, "its regular price “ninety” is not a price"),
        (5, "it has no price"),
    ]


def test_opening_stock_comes_in_by_a_receipt_at_the_files_cost_or_at_nothing_with_a_word(
    db: Database, imported: Any
) -> None:
    report = imported(
        "1,simple,cap,Cap,1,5,,90,,,,40.50", "2,simple,hat,Hat,1,3,,90,,,,", "3,simple,fan,Fan,1,,,90,,,,",
        head=HEAD + ",Cost of goods",
    )  # fmt: skip
    rows = variants(db)
    table = table_of(Level)
    levels = {row.variant_id: (row.on_hand, row.value_poisha) for row in db.read(lambda tx: tx.rows(select(*table.c)))}
    assert levels == {rows["cap"].id: (5, 20_250), rows["hat"].id: (3, 0)}
    assert (report.units, report.unstocked) == (8, 1)
    assert [(note.line, "cost 0" in note.words) for note in report.notes] == [(3, True)]


def test_who_may_not_edit_products_may_not_import(db: Database, packer: Actor, clock: ManualClock) -> None:
    with pytest.raises(NotAllowed):
        import_products(db, packer, clock, HEAD.encode())


@pytest.mark.parametrize(
    ("kind", "tracks"),
    [
        ("simple", True),
        ("", True),
        ("Simple", True),
        ('"simple, virtual"', False),
        ('"simple, downloadable, virtual"', False),
    ],
)
def test_goods_are_kept_in_stock_and_virtual_ones_are_not(kind: str, tracks: bool) -> None:
    product = only(found(f"1,{kind},cap,Cap,1,,,90,,,"))
    assert product.variants[0].form.tracks_stock is tracks


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("1,grouped,set,Set,1,,,,,,", "a grouped product is not sold here; what it groups is taken on its own"),
        ("1,external,ext,Ext,1,,,9,,,", "an external product is sold on another site, not here"),
        ("1,subscription,sub,Sub,1,,,9,,,", "products of the type “subscription” are not known here"),
        ("1,simple,cap,,1,,,9,,,", "it has no name"),
        ("1,simple,cap,Cap,1,,,,,,", "it has no price"),
        ("1,simple,cap,Cap,1,,,-5,,,", "its regular price “-5” is not a price"),
        ("1,simple,cap,Cap,1,,,1000.005,,,",
         "its regular price “1000.005” cannot be kept: at most nine digits and two decimals"),
        ("1,simple,cap,Cap,1,2.5,,9,,,", "its stock “2.5” is not a whole number up to 1,000,000"),
        (",simple,,Cap,1,,,9,,,", "it has neither SKU nor ID; give it a SKU"),
        ("1,variation,x-1,X - 1,1,,,9,x,,", "its parent “x” is neither in the file nor here"),
        ("1,variation,x-1,X - 1,1,,,9,,,", "it names no parent"),
        ("1,variable,x,X,1,,,,,,", "none of its variations could be taken"),
        ("1,simple,cap,Cap, with a comma,1,,,9,,,",
         "it has more cells than the heading; an unquoted delimiter may stand in its text"),
    ],
)  # fmt: skip
def test_a_row_that_is_not_taken_says_its_line_and_why(row: str, words: str) -> None:
    assert refusal(row) == (2, words)


def test_a_sku_that_stands_twice_in_the_file_is_taken_once() -> None:
    assert refusal("1,simple,cap,Cap,1,,,9,,,", "2,simple,cap,Other cap,1,,,9,,,") == (
        3,
        "its SKU cap stands on line 2 already",
    )


def test_a_variation_whose_parent_was_refused_says_on_which_line() -> None:
    findings = found("1,variable,x,,1,,,,,,", "2,variation,x-1,X - 1,1,,,9,x,,")
    assert [remark.words for remark in findings.refused] == ["it has no name", "its parent “x” was not taken (line 2)"]


def test_a_row_without_sku_is_called_by_its_id_and_says_so() -> None:
    findings = found("71,simple,,Cap,1,,,9,,,")
    assert only(findings).variants[0].form.sku == "woo-71"
    assert findings.notes[0].words == "it has no SKU and is called woo-71 here"


@pytest.mark.parametrize(
    ("starts", "ends", "price"),
    [
        ("", "", 1_800),
        ("2026-11-01", "2026-11-30", 1_800),
        ("2026-11-22 00:00:00", "2026-11-22 23:59:59", 1_800),
        ("2026-12-01", "2026-12-31", 2_000),
        ("", "2026-11-21", 2_000),
    ],
)
def test_the_sale_price_counts_on_the_days_of_the_sale(starts: str, ends: str, price: int) -> None:
    head = HEAD + ",Date sale price starts,Date sale price ends"
    product = only(found(f"1,simple,cap,Cap,1,,18,20,,,,{starts},{ends}", head=head))
    assert product.variants[0].form.price_poisha == price


@pytest.mark.parametrize(
    ("typed", "poisha"),
    [("45", 4_500), ("11.05", 1_105), ('"1,250.00"', 125_000), ('"11,05"', 1_105), ('"৳ 1.250,50"', 125_050),
     ("18.5000", 1_850), ("0", 0), ('"1,250"', 125_000)],
)  # fmt: skip
def test_prices_are_read_as_people_write_them(typed: str, poisha: int) -> None:
    assert only(found(f"1,simple,cap,Cap,1,,,{typed},,,")).variants[0].form.price_poisha == poisha


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_delimiter_line_end_and_encoding_is_read(delimiter: str, line_end: str, encoding: str) -> None:
    rows = [["Name", "SKU", "Regular price", "Type"], ["শাড়ি", "sari", "2500", "simple"]]
    raw = line_end.join(delimiter.join(row) for row in rows).encode(encoding)
    findings = understand(read_sheet(raw), TODAY)
    assert (only(findings).title, only(findings).variants[0].form.sku) == ("শাড়ি", "sari")


def test_windows_1252_is_read_as_such() -> None:
    raw = "Name,SKU,Regular price\nCafé crème,cafe,90".encode("cp1252")
    sheet = read_sheet(raw)
    assert (sheet.encoding, only(understand(sheet, TODAY)).title) == ("cp1252", "Café crème")


def test_columns_may_come_in_any_order_and_lines_may_break_inside_quotes() -> None:
    findings = found('90,"First line\nsecond line",cap,Cap', ",,hat,Hat", head="Regular price,Description,SKU,Name")
    assert only_of(findings, "cap").description == "First line\nsecond line"
    assert [(remark.line, remark.words) for remark in findings.refused] == [(4, "it has no price")]


def only_of(findings: Findings, sku: str) -> Any:
    return next(product for product in findings.products if product.variants[0].form.sku == sku)


def test_html_becomes_plain_text_and_pictures_keep_their_order() -> None:
    head = "SKU,Name,Regular price,Short description,Description,Images,Categories,Weight (kg)"
    row = (
        'cap,Cap,90,"<p>Warm &amp; <b>soft</b></p>","<ul><li>One</li><li>Two</li></ul><script>x()</script>\\nEnd",'
        '"https://shop.example.com/a.jpg, https://shop.example.com/b c.jpg, local.jpg","Hats > Wool\\, felt, Sale",.25'
    )
    findings = found(row, head=head)
    product = only(findings)
    assert product.description == "Warm & soft\n\n• One\n• Two\n\nEnd"
    assert product.images == ("https://shop.example.com/a.jpg", "https://shop.example.com/b%20c.jpg")
    assert product.categories == ["Hats > Wool, felt", "Sale"]
    assert product.variants[0].form.weight_g == 250
    assert [note.words for note in findings.notes] == ["1 of its pictures have no web address and are left out"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<br>b", "a\nb"),
        ("<style>p{}</style>x", "x"),
        ("1 < 2", "1 < 2"),
        ("[gallery ids='1']x", "x"),
        ("<p>a</p>\n\n\n<p>b</p>", "a\n\nb"),
        ("<img src=x onerror=alert(1)>", ""),
    ],
)
def test_markup_goes_and_words_stay(html: str, text: str) -> None:
    assert plain(html) == text


def test_unpublished_and_hidden_products_come_in_switched_off() -> None:
    head = HEAD + ",Visibility in catalog"
    findings = found("1,simple,a,A,-1,,,9,,,,visible", "2,simple,b,B,1,,,9,,,,hidden", head=head)
    assert [product.active for product in findings.products] == [False, False]
    assert len(findings.notes) == 2


def test_a_formulas_apostrophe_is_taken_off() -> None:
    assert only(found("1,simple,'-dash,'=Cap,1,,,9,,,")).title == "=Cap"


@pytest.mark.parametrize(
    "raw", [b"", b"\n\n", b"a,b\n1,2\n", b"\x89PNG\r\n\x1a\n\0\0\0", b"Name,Regular price\nCap,9\n"]
)
def test_what_is_no_such_csv_is_refused_as_a_whole(raw: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        understand(read_sheet(raw), TODAY)
    assert "file" in refused.value.fields
