"""Tables to take away: exact amounts, and words that never become formulas."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from dokango.reports.books_sheets import journal_sheet, profit_sheet, trial_balance_sheet
from dokango.reports.kit.periods import Period
from dokango.reports.kit.places import Asked
from dokango.reports.kit.spreadsheet import Sheet, as_csv, as_xlsx
from tests.small_shop import Shop

TODAY = date(2026, 11, 22)
FORMULAS = ["=1+1", "+880", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"]


def read_csv(content: bytes) -> list[list[str]]:
    """The rows as a program reads them."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("word", FORMULAS)
def test_words_that_look_like_formulas_stay_words(word: str) -> None:
    sheet = Sheet("Names", ("Name", "Amount"), [(word, -250)], frozenset({"Amount"}))
    assert read_csv(as_csv(sheet))[1] == [f"'{word}", "-2.50"]
    cells = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(sheet))).get_sheet_by_index(0).to_python()
    assert cells[1] == [word, -2.5]
    assert b"<f>" not in as_xlsx(sheet)


def test_bangla_comes_out_as_it_went_in() -> None:
    sheet = Sheet("Names", ("Name",), [("শারমিন সুলতানা, ঢাকা",)])
    assert read_csv(as_csv(sheet))[1] == ["শারমিন সুলতানা, ঢাকা"]


def test_the_books_sheets_say_what_the_books_say(shop: Shop) -> None:
    shop.bring_to("delivered", ("SARI", 2))
    span = Period(TODAY, TODAY)
    balances = {
        row[0]: row[4] for row in read_csv(as_csv(shop.db.read(lambda tx: trial_balance_sheet(tx, Asked(span)))))
    }
    assert balances["cash:bkash"] == "2500.00"
    profit = read_csv(as_csv(shop.db.read(lambda tx: profit_sheet(tx, Asked(span, "month")))))
    assert profit[1] == ["2026-11", "2500.00", "1800.00", "0.00", "700.00", "0.00"]
    journal = read_csv(as_csv(shop.db.read(lambda tx: journal_sheet(tx, Asked(span)))))
    assert sum(float(row[7]) for row in journal[1:] if row[1] == "1001") == 2_500 + 2_500 + 1_800


def test_the_journal_of_one_order_holds_no_other_orders_postings(shop: Shop) -> None:
    shop.bring_to("delivered", ("SARI", 2))
    shop.bring_to("delivered", ("MUG", 1))
    asked = Asked(Period(TODAY, TODAY), order="1001")
    rows = read_csv(as_csv(shop.db.read(lambda tx: journal_sheet(tx, asked))))[1:]
    assert rows and {row[1] for row in rows} == {"1001"}
    of_inventory = Asked(Period(TODAY, TODAY), account="asset:inventory")
    rows = read_csv(as_csv(shop.db.read(lambda tx: journal_sheet(tx, of_inventory))))[1:]
    assert rows and {row[1] for row in rows} >= {"1001", "1002"} and all("asset:inventory" in row for row in rows)
