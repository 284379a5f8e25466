"""Every cell of a supplier's file arrives true, or is named in a remark."""

from __future__ import annotations

from datetime import date

import pytest

from dokango.importing.findings import Findings, FoundProduct
from dokango.importing.marks import COMMA, NONE, OPEN, POINT, column_mark, own_mark
from dokango.importing.table_file import read_sheet
from dokango.importing.woocommerce import understand

TODAY = date(2026, 11, 22)


def read(head: str, *rows: str) -> Findings:
    return understand(read_sheet("\n".join([head, *rows]).encode()), TODAY)


def column(heading: str, *cells: str) -> Findings:
    """A file of simple products that differ in one column alone."""
    price = "" if heading == "Regular price" else ",Regular price"
    rows = [f'p{i},P{i},"{cell}"' + (",5" if price else "") for i, cell in enumerate(cells)]
    return read(f"SKU,Name,{heading}{price}", *rows)


def prices(found: Findings) -> list[int]:
    assert not found.refused, found.refused
    return [product.variants[0].form.price_poisha for product in found.products]


def weights(found: Findings) -> list[int]:
    assert not found.refused, found.refused
    return [product.variants[0].form.weight_g for product in found.products]


def only(found: Findings) -> FoundProduct:
    assert not found.refused, found.refused
    (product,) = found.products
    return product


def notes(found: Findings) -> list[str]:
    return [note.words for note in found.notes]


@pytest.mark.parametrize(
    ("number", "mark"),
    [
        ("1250", NONE), ("1,250.50", POINT), ("1.250,50", COMMA), ("11.5", POINT), ("11,05", COMMA), ("1.2500", POINT),
        ("12,34,567", POINT), ("1.250.000", COMMA), ("0.250", POINT), (",250", COMMA), ("1250.500", POINT),
        ("1.250", OPEN), ("1,250", OPEN), ("999.000", OPEN), ("1'250.50", POINT), ("1 250,50", COMMA), ("", NONE),
    ],
)  # fmt: skip
def test_a_number_tells_its_decimal_mark_when_it_can(number: str, mark: str) -> None:
    assert own_mark(number) == mark


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (("1.250", "11,05"), COMMA), (("1,250", "11.05"), POINT), (("1.250", "2.500"), NONE), (("1,5", "1.5"), NONE),
        (("Tk. 500", "Tk.11,05"), COMMA), ((), NONE), (("", "lots", "5 - 6.5"), NONE), (("১১,০৫ টাকা",), COMMA),
    ],
)  # fmt: skip
def test_a_column_tells_its_decimal_mark_when_all_its_numbers_agree(cells: tuple[str, ...], mark: str) -> None:
    assert column_mark(cells) == mark


@pytest.mark.parametrize(
    ("cells", "poisha"),
    [
        (("1.250", "11,05"), [125_000, 1_105]),
        (("1.250,00", "1.250"), [125_000, 125_000]),
        (("1.250", "11.05"), [125, 1_105]),
        (("1,250", "11.05"), [125_000, 1_105]),
        (("1,250", "11,05"), [125, 1_105]),
        (("1,250", "900"), [125_000, 90_000]),
        (("1.250.000", "1.250"), [125_000_000, 125_000]),
        (("1 250,50", "1\u00a0250"), [125_050, 125_000]),
        (("1'250.50", "12,34,567.5"), [125_050, 123_456_750]),
        (("Tk. 1,250.50", "Tk.900"), [125_050, 90_000]),
        (("৳1,250/-", "৯০০ টাকা"), [125_000, 90_000]),
        (("&#2547;1,250.00", "&#2547;&nbsp;900"), [125_000, 90_000]),
        (("18.5000", "1.0"), [1_850, 100]),
    ],
)  # fmt: skip
def test_prices_are_read_by_the_marks_of_their_column(cells: tuple[str, ...], poisha: list[int]) -> None:
    assert prices(column("Regular price", *cells)) == poisha


@pytest.mark.parametrize("cells", [("1.250",), ("1.250", "2.500", "900"), ("1.250", "11,05", "11.05")])
def test_a_price_that_may_be_read_in_two_ways_is_refused_with_both(cells: tuple[str, ...]) -> None:
    found = column("Regular price", *cells)
    assert found.refused[0].words == (
        "its regular price “1.250” can be read as 1.250 or as 1250, and its column does not tell; "
        "write it in one of these ways"
    )


def test_marks_are_those_of_the_column_and_not_of_another() -> None:
    found = read("SKU,Name,Regular price,Weight (g)", 'a,A,"11,05","1,800"', 'b,B,"12,50",900')
    assert [(remark.line, "“1,800”" in remark.words) for remark in found.refused] == [(2, True)]


@pytest.mark.parametrize(
    ("unit", "cells", "grams"),
    [
        ("g", ("1,800", "12.5"), [1_800, 13]),
        ("kg", ("1,800", "0,5"), [1_800, 500]),
        ("kg", ("1.250", ".5"), [1_250, 500]),
        ("kg", ("0.250",), [250]),
        ("kg", ("1.0005",), [1_001]),
        ("lbs", ("1.5",), [680]),
    ],
)
def test_weights_are_read_by_the_marks_of_their_column(unit: str, cells: tuple[str, ...], grams: list[int]) -> None:
    assert weights(column(f"Weight ({unit})", *cells)) == grams


@pytest.mark.parametrize(("unit", "cell"), [("g", "1,800"), ("kg", "1.250"), ("kg", "2,000")])
def test_a_weight_that_may_be_read_in_two_ways_is_refused(unit: str, cell: str) -> None:
    (remark,) = column(f"Weight ({unit})", cell).refused
    assert f"its weight “{cell}” can be read as" in remark.words


@pytest.mark.parametrize(
    ("cells", "units"),
    [(("1,250",), [1_250]), (("1.250", "1.000.000"), [1_250, 1_000_000]), (("12.0", "১২"), [12, 12]), (("5,00",), [5])],
)
def test_stock_is_read_by_the_marks_of_its_column(cells: tuple[str, ...], units: list[int]) -> None:
    found = column("Stock", *cells)
    assert not found.refused
    assert [product.variants[0].stock for product in found.products] == units


def test_stock_that_may_be_read_in_two_ways_is_refused() -> None:
    (remark,) = column("Stock", "1.250").refused
    assert "its stock “1.250” can be read as 1.250 or as 1250" in remark.words


def test_entities_are_the_characters_that_they_stand_for() -> None:
    product = only(
        read(
            "SKU,Name,Regular price,Categories,Attribute 1 name,Attribute 1 value(s)",
            'a,Tom &amp; Jerry&#8217;s,5,"Men &amp; Women","Size &amp; cut","S &amp; slim, A&#44; B"',
        )
    )
    assert (product.title, product.categories) == ("Tom & Jerry’s", ["Men & Women"])
    assert product.variants[0].form.attributes == {"Size & cut": "S & slim, A, B"}


@pytest.mark.parametrize(
    ("head", "cell", "words"),
    [
        ("Tags", "new", "columns that have no place here were left out: Tags"),
        ("", "lost", "columns that have no place here were left out: (column 4)"),
        ("Name", "Other name", "columns that have no place here were left out: Name (column 4)"),
        ("Published", "ja", "its “ja” under published is not known here; it comes in switched off"),
        ("Description", "x" * 12_000, "its description was cut after 10,000 letters of 12,000"),
        ("Categories", "c" * 300, "its category was cut after 200 letters of 300"),
        ("Low stock amount", "-2", "its low stock amount is -2 and was left out"),
        ("Images", ",".join(f"https://x.example/{i}.jpg" for i in range(25)),
         "it has more than 20 pictures; 5 are left out"),
        ("Images", "https://x.example/" + "a" * 1_000, "1 of its pictures have no web address and are left out"),
    ],
    ids=lambda value: value[:30],
)  # fmt: skip
def test_what_does_not_arrive_whole_is_named(head: str, cell: str, words: str) -> None:
    found = read(f"SKU,Name,Regular price,{head}", f'a,A,5,"{cell}"')
    assert words in notes(found)


def test_a_name_too_long_is_cut_with_a_word() -> None:
    found = read("SKU,Name,Regular price", f"a,{'x' * 300},5")
    assert (len(only(found).title), notes(found)) == (200, ["its name was cut after 200 letters of 300"])


def test_columns_that_say_nothing_are_not_spoken_of() -> None:
    assert notes(read("SKU,Name,Regular price,Tags,Tax status", "a,A,5,,taxable")) == []


def test_stock_of_what_is_not_kept_in_stock_is_named() -> None:
    found = read("SKU,Name,Regular price,Type,Stock", "a,A,5,virtual,7")
    assert "it is not kept in stock; its stock 7 was left out" in notes(found)


def test_what_a_variable_row_says_beside_its_variations_is_named() -> None:
    found = read(
        "SKU,Name,Type,Regular price,Parent,Description",
        "tee,Tee,variable,90,,", "tee-s,Tee S,variation,80,tee,Small one",
    )  # fmt: skip
    assert notes(found) == [
        "its price was left out; each variation has its own",
        "its own description was left out; that of its product stands",
    ]
