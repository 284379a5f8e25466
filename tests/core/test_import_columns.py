"""Files with headings in other languages: staff say once what each column is, and see before what comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dokango.catalogue.browsing import browse
from dokango.clock import ManualClock
from dokango.db import Database
from dokango.errors import InvalidInput, NotFound
from dokango.importing.columns import LEFT_OUT, PLACES, READ, placed, unknown
from dokango.importing.preview import preview, unknown_columns
from dokango.importing.remembered import MOST_SETS, recall, remember
from dokango.importing.run import import_products
from dokango.importing.table_file import read_sheet
from dokango.importing.waiting import MOST_KEPT, PRODUCTS, drop_waiting, keep_waiting, waiting_file
from dokango.people.actor import Actor

BANGLA = 'পণ্যের নাম,কোড,দাম,মজুদ,মন্তব্য\nজামদানি শাড়ি,sari-1,"২,৫০০",৩,নতুন\nমধু,honey,৪৫০ টাকা,৭,\n'.encode()
CHOICE = {"পণ্যের নাম": "name", "কোড": "sku", "দাম": "regular price", "মজুদ": "stock", "মন্তব্য": LEFT_OUT}
GERMAN = b"Name;Artikelnummer;Preis\nTasse;tasse;11,05\n"


def test_what_a_column_can_be_is_read() -> None:
    assert set(PLACES) - {LEFT_OUT} <= READ


def test_every_column_that_holds_something_and_is_not_known_is_asked_for_with_what_it_holds() -> None:
    head = "SKU,Name,Regular price,Tags,Meta: x,Position,Farbe,Leer\na,A,5,t,m,1,rot,\nb,B,5,t,m,2,blau,\nc,C,5,,,,rot,"
    found = unknown_columns(read_sheet(head.encode()))
    assert [(column.heading, column.spelled, column.samples) for column in found] == [
        ("farbe", "Farbe", ("rot", "blau"))
    ]


def test_a_preview_says_what_is_missing_then_what_would_come(clock: ManualClock) -> None:
    sheet = read_sheet(BANGLA)
    assert preview(sheet, {}, clock).problem == "Say first which columns these are: Name, Price, SKU."
    seen = preview(sheet, CHOICE, clock)
    assert (seen.problem, seen.summary) == ("", "2 products with 2 variants can be taken, 0 rows cannot.")
    assert [(p.title, p.variants[0].form.price_poisha, p.variants[0].stock) for p in seen.products] == [
        ("জামদানি শাড়ি", 250_000, 3), ("মধু", 45_000, 7),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("choice", "wrong"),
    [
        ({"artikelnummer": "name"}, "“Artikelnummer” and “Name” cannot both be Name."),
        ({"artikelnummer": "sku", "preis": "sku"}, "“Preis” and “Artikelnummer” cannot both be SKU."),
        ({"preis": "ledger"}, "“ledger” is nothing that a column can be."),
    ],
)
def test_a_choice_that_cannot_be_is_refused_under_its_column(
    choice: dict[str, str], wrong: str, clock: ManualClock
) -> None:
    sheet = read_sheet(GERMAN)
    with pytest.raises(InvalidInput) as refused:
        placed(sheet, choice)
    assert list(refused.value.fields.values()) == [wrong]
    assert [words for _, words in preview(sheet, choice, clock).wrong] == [wrong]


def test_a_preview_writes_nothing_and_an_import_remembers(db: Database, manager: Actor, clock: ManualClock) -> None:
    sheet = read_sheet(BANGLA)
    preview(sheet, CHOICE, clock)
    assert (db.read(browse).rows, db.read(lambda tx: recall(tx, sheet))) == ((), None)
    report = import_products(db, manager, clock, BANGLA, CHOICE)
    assert (report.products, report.units, report.refused) == (2, 10, [])
    assert "columns that have no place here were left out: মন্তব্য" in [note.words for note in report.notes]

    head = BANGLA.decode().splitlines()[0]
    turned = "\n".join([",".join(reversed(head.split(","))), ",৫,900,new-1,নতুন পণ্য"]).encode()
    again = import_products(db, manager, clock, turned)
    assert (again.products, again.units) == (1, 5)
    assert any("columns were read as last time: " in note.words and "দাম as Price" in note.words for note in again.notes)


def test_a_choice_that_cannot_be_is_not_remembered(db: Database, manager: Actor, clock: ManualClock) -> None:
    with pytest.raises(InvalidInput):
        import_products(db, manager, clock, GERMAN, {"preis": "sku"})
    assert db.read(lambda tx: recall(tx, read_sheet(GERMAN))) is None


def test_decimal_marks_are_those_of_the_named_column(db: Database, manager: Actor, clock: ManualClock) -> None:
    import_products(db, manager, clock, GERMAN, {"artikelnummer": "sku", "preis": "regular price"})
    (found,) = db.read(browse).rows
    assert found.variants[0].price_poisha == 1_105


def test_the_sets_used_last_are_remembered(db: Database, clock: ManualClock) -> None:
    sheets = [read_sheet(f"a{i},b\n1,2".encode()) for i in range(MOST_SETS + 3)]
    for sheet in sheets:
        db.write(lambda tx, s=sheet: remember(tx, s, {"b": "name"}, by="x", now_us=clock.now_us()))
    known = [db.read(lambda tx, s=sheet: recall(tx, s)) is not None for sheet in sheets]
    assert known == [False] * 3 + [True] * MOST_SETS


def test_a_waiting_file_is_found_by_its_token_until_it_is_dropped(tmp_path: Path) -> None:
    token = keep_waiting(tmp_path, "my\nproducts.csv", BANGLA)
    found = waiting_file(tmp_path, token)
    assert (found.name, found.raw) == ("my products.csv", BANGLA)
    drop_waiting(tmp_path, token)
    with pytest.raises(NotFound):
        waiting_file(tmp_path, token)


@pytest.mark.parametrize("token", ["", "..", "../installation.key", "0" * 31, "0" * 32, "G" * 32])
def test_no_other_file_is_found_by_a_token(tmp_path: Path, token: str) -> None:
    (tmp_path / "installation.key").write_bytes(b"secret")
    with pytest.raises(NotFound):
        waiting_file(tmp_path, token)
    drop_waiting(tmp_path, token)
    assert (tmp_path / "installation.key").exists()


def test_waiting_files_have_an_end(tmp_path: Path) -> None:
    for _ in range(MOST_KEPT + 4):
        keep_waiting(tmp_path, "x.csv", b"a")
    assert len(list((tmp_path / PRODUCTS).iterdir())) == MOST_KEPT


def test_known_headings_ask_nothing() -> None:
    assert (
        unknown(read_sheet(b"ID,Type,SKU,Name,Regular price,Attribute 1 name,Length (in),Download 1 URL\n" + b"1," * 8))
        == []
    )
