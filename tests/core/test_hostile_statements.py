"""Files that mean harm: they are read, or refused in a sentence; never more money, never a crash, never a hang."""

from __future__ import annotations

import io
import random
from contextlib import suppress

import pytest
import xlsxwriter

from dokango.errors import InvalidInput
from dokango.importing.amounts import signed_poisha
from dokango.importing.marks import Ambiguous
from dokango.money import MOST_POISHA
from dokango.payments.statement_lines import StatementLine
from dokango.statements import columns, dates
from dokango.statements.waiting import read_statement
from tests.core.payouts import as_xlsx
from tests.core.statements import BKASH, as_csv, lines, received


def far_corner() -> bytes:
    """Two cells, as far apart as a sheet allows: its reader would ask for gigabytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "Trx Id")
    sheet.write(1_048_575, 16_383, "Amount")
    book.close()
    return out.getvalue()


def zip_bomb() -> bytes:
    """Its list of contents says that a sheet unpacks to four gigabytes."""
    raw = bytearray(as_xlsx(received("DLU1H6X8AA"), headings=BKASH))
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 24 : at + 28] = b"\xf0\xff\xff\xff"
    return bytes(raw)


def formulas_and_merged() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 10, "Statement")
    for at, heading in enumerate(BKASH):
        sheet.write(1, at, heading)
    for at, cell in enumerate(received("DLU1H6X8AA")):
        sheet.write(2, at, cell)
    sheet.write_formula(2, 8, "=250+250", None, 500)
    sheet.merge_range(3, 0, 3, 10, "=1+1")
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("make", [far_corner, zip_bomb], ids=lambda made: made.__name__)
def test_a_workbook_that_means_harm_is_refused_in_a_sentence(make: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        lines(make())  # type: ignore[operator]
    assert str(refused.value).endswith("Split it in two.")


def test_formulas_and_merged_cells_are_read_as_what_they_show() -> None:
    income, merged = lines(formulas_and_merged())
    assert (income.reading, income.amount_poisha) == ("income", 50_000)
    assert merged.reading == "not_understood"


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\xff\xfe", b"\0\0\0", b"PK\x03\x04", b"PK\x03\x04" + b"\xff" * 500, b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        b"\n" * 1_000, b'"' * 10_001, b"%PDF-1.7", b"\xef\xbb\xbf", b"sep=;", b"a" * 2_100_000,
        (",".join(["Amount"] * 5_000) + "\n").encode(), b"\xfe\xff\x00A\x00", "مبلغ,تاريخ\n٥,٦\n".encode("utf-16-be"),
    ],
    ids=range(15),
)  # fmt: skip
def test_what_is_no_statement_is_refused_or_understood_as_nothing(raw: bytes) -> None:
    assert not any(line.amount_poisha for line in read_or_refused(raw))


def read_or_refused(raw: bytes) -> list[StatementLine]:
    """The lines of a file; none when it is refused."""
    with suppress(InvalidInput):
        return lines(raw)
    return []


def noisy(rng: random.Random) -> bytes:
    """A file of rows that are half right, in some encoding, cut or scratched somewhere."""
    cells = [
        "500.00", "-5", "(7)", "1e9", "৳ ৫০০", "٥٠٠", "NaN", "=1+1", "1,2,3", "99999999999999999999", "22/11/2026",
        "2026-13-45", "Received Money", "Cash Out", "DLU1H6X8AA", "DLU1Н6X8", "01711000000", "\x00", "\u202e", "\r",
        '"', "a" * 300, "", " ", "‑5", "5 Dr", "0.001",
    ]  # fmt: skip
    rows = [tuple(rng.choice(cells) for _ in range(rng.randint(0, 14))) for _ in range(rng.randint(0, 12))]
    raw = bytearray(as_csv(*rows, delimiter=rng.choice(",;\t|"), encoding=rng.choice(["utf-8", "utf-16", "utf-8-sig"])))
    for _ in range(rng.randint(0, 3)):
        raw[rng.randrange(len(raw))] = rng.randrange(256)
    return bytes(raw[: rng.randint(1, len(raw))] if rng.random() < 0.2 else raw)


def test_no_noise_crashes_a_statement_or_makes_money_that_it_does_not_say() -> None:
    rng = random.Random(29)
    for _ in range(400):
        for line in read_or_refused(noisy(rng)):
            assert line.reading == "income" or line.amount_poisha <= 0 or line.kind == "other"
            assert abs(line.amount_poisha) <= MOST_POISHA and (line.reading != "income" or line.amount_poisha > 0)
            assert line.why or line.reading == "income"


def test_no_noise_crashes_the_reading_of_an_amount_or_a_date() -> None:
    rng = random.Random(31)
    letters = "0123456789.,-()/ ৳০৫Tktk drcr:APMapm+ZJanfeb\u202e–"
    for _ in range(4_000):
        said = "".join(rng.choice(letters) for _ in range(rng.randint(0, 90)))
        with suppress(InvalidInput, Ambiguous):
            assert abs(signed_poisha(said)) <= MOST_POISHA
        at = dates.when(said, dates.DAY_FIRST)
        assert at is None or at > 0


def test_every_row_of_a_file_ends_as_a_line() -> None:
    raw = as_csv(*(received(f"DLU{at:07d}") for at in range(3_000)))
    sheet = read_statement(raw)
    assert len(sheet.rows) == len(lines(raw)) == 3_000
    assert columns.likely(sheet)["transacted amount"] == columns.AMOUNT
