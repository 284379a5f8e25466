"""Statements of wallets as tests write them: bKash's columns, those of others, and as files of every kind."""

from __future__ import annotations

import csv
import io

from dokango.importing.arranging import Choice
from dokango.payments.statement_lines import StatementLine
from dokango.statements.columns import likely
from dokango.statements.keeping import Outcome, keep_statement
from dokango.statements.lines import Wallet, lines_of
from dokango.statements.waiting import read_statement
from tests.small_shop import Shop

OWN, PAYER = "01700000011", "01711000000"
BKASH = (
    "SL", "Trx Id", "Transaction Date", "Trx Type", "Sender", "Receiver", "Receiver Name", "Reference",
    "Transacted Amount", "Fee", "Balance",
)  # fmt: skip
BANGLA = (
    "ক্রমিক", "ট্রানজেকশন আইডি", "লেনদেনের তারিখ", "লেনদেনের ধরন", "প্রেরক", "প্রাপক", "প্রাপকের নাম", "রেফারেন্স",
    "লেনদেনের পরিমাণ", "ফি", "ব্যালেন্স",
)  # fmt: skip
Row = tuple[object, ...]


def received(
    trx: str, amount: object = "500.00", at: str = "22/11/2026 12:05", balance: object = "", nth: int = 1
) -> Row:
    """A row of bKash's: money that came in."""
    return (nth, trx, at, "Received Money", PAYER, OWN, "Shop", "", amount, "0.00", balance)


def cashed_out(trx: str, amount: object = "300.00", at: str = "22/11/2026 12:07", balance: object = "") -> Row:
    """A row of bKash's: money that somebody took to an agent."""
    return (2, trx, at, "Cash Out", OWN, "01911000000", "Agent", "", amount, "5.55", balance)


def as_csv(
    *rows: Row, headings: Row = BKASH, delimiter: str = ",", encoding: str = "utf-8", above: tuple[Row, ...] = ()
) -> bytes:
    """A CSV in any encoding, with titles above it."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([*above, headings, *rows])
    return out.getvalue().encode(encoding)


def lines(raw: bytes, choice: Choice | None = None, method: str = "bkash") -> list[StatementLine]:
    """The lines of a file, its columns as they are likely to be."""
    sheet = read_statement(raw)
    return lines_of(sheet, likely(sheet) if choice is None else choice, Wallet(method, (OWN,)))


def brought(shop: Shop, raw: bytes, choice: Choice | None = None, method: str = "bkash") -> Outcome:
    """Every line of a file kept."""
    return keep_statement(shop.db, shop.owner, shop.clock, lines(raw, choice, method))
