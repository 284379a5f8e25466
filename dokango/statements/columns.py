"""What a column of a wallet's statement can be, and what it is likely to be by its heading.

bKash's headings are known, in English and Bangla; those of other wallets and banks are guessed, and said once by staff.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dokango.errors import InvalidInput
from dokango.importing.arranging import LEFT_OUT, Choice, arranged
from dokango.importing.columns import holds_something
from dokango.importing.table_file import Sheet, fold
from dokango.text import plain

TRX, AT, TIME, KIND, STATUS = "trx", "at", "time", "kind", "status"
SENDER, RECEIVER, REFERENCE = "sender", "receiver", "reference"
AMOUNT, IN, OUT, FEE, BALANCE = "amount", "in", "out", "fee", "balance"
AMOUNTS = (AMOUNT, IN, OUT, FEE, BALANCE)
PLACES: Mapping[str, str] = {
    LEFT_OUT: "Leave out",
    TRX: "TrxID", AT: "Date, or date and time", TIME: "Time of day", KIND: "Kind of movement", STATUS: "Status",
    SENDER: "Sender's number", RECEIVER: "Receiver's number", REFERENCE: "Reference",
    AMOUNT: "Amount, in or out", IN: "Money in (credit)", OUT: "Money out (debit)", FEE: "Fee",
    BALANCE: "Balance after it",
}  # fmt: skip
# The first that the folded heading fits.
_LIKELY = (
    (TRX, r"(trx|tnx|txn|transaction|trans) ?(id|no|number|ref(erence)?)|trxid|txnid|transaction reference"),
    (TIME, r"(transaction |trx |txn )?time"),
    (AT, r"(transaction |trx |txn |value |posting |booking )?date( (and|&) time| ?time)?|date ?time|timestamp"),
    (KIND, r"(trx|txn|transaction)? ?(type|kind)|particulars|description|details|narration"),
    (STATUS, r"(trx |txn |transaction )?status"),
    (SENDER, r"(sender|from|payer|customer|debit party)( ?(no|number|account|a c|wallet|msisdn|mobile))?"),
    (RECEIVER, r"(receiver|to|payee|beneficiary|credit party)( ?(no|number|account|a c|wallet|msisdn|mobile))?"),
    (REFERENCE, r"ref(erence)?( ?(no|number))?|remarks?|note"),
    (FEE, r"(total )?(fees?|charges?|commission)( amount)?"),
    (IN, r"(money |cash |paid )?(in|credit|deposit)s?( amount)?|cr|received( amount)?"),
    (OUT, r"(money |cash |paid )?(out|debit|withdrawal)s?( amount)?|dr"),
    (BALANCE, r"(closing |running |available |current |account )?balance( after)?"),
    (AMOUNT, r"(transacted |transaction |trx |txn )?amount|taka|tk|bdt"),
)
_BANGLA = {
    plain(words): place
    for place, all_words in (
        (TRX, ("ট্রানজেকশন আইডি", "ট্রানজ্যাকশন আইডি", "লেনদেন আইডি", "লেনদেনের আইডি", "ট্রান্সঅ্যাকশন আইডি", "ট্রিক্স আইডি")),
        (AT, ("তারিখ", "লেনদেনের তারিখ", "ট্রানজেকশনের তারিখ", "ট্রানজেকশন তারিখ", "ট্রানজ্যাকশনের তারিখ", "তারিখ ও সময়")),
        (TIME, ("সময়",)),
        (KIND, ("ধরন", "লেনদেনের ধরন", "ট্রানজেকশনের ধরন", "ট্রানজেকশন টাইপ", "লেনদেনের ধরণ", "ট্রানজ্যাকশনের ধরন")),
        (STATUS, ("অবস্থা", "স্ট্যাটাস")),
        (SENDER, ("প্রেরক", "প্রেরকের নম্বর")),
        (RECEIVER, ("প্রাপক", "প্রাপকের নম্বর", "গ্রহীতা")),
        (REFERENCE, ("রেফারেন্স",)),
        (AMOUNT, ("পরিমাণ", "টাকার পরিমাণ", "লেনদেনের পরিমাণ", "লেনদেনকৃত পরিমাণ", "লেনদেনকৃত টাকার পরিমাণ")),
        (FEE, ("ফি", "চার্জ", "মাশুল")),
        (BALANCE, ("ব্যালেন্স", "ব্যালান্স", "স্থিতি")),
        (IN, ("জমা",)),
        (OUT, ("উত্তোলন", "খরচ")),
    )
    for words in all_words
}  # fmt: skip
_LONGEST, _LEAST_HEADINGS = 80, 3


def likely_place(heading: str) -> str:
    """What a column with this heading is, most likely; LEFT_OUT for one that nobody knows."""
    said = fold(plain(heading[:_LONGEST]))
    bare = re.sub(r"[^a-z&]+", " ", said).strip()
    known = next((place for place, words in _LIKELY if bare and re.fullmatch(words, bare)), LEFT_OUT)
    return known or _BANGLA.get(re.sub(r"[()।:.*৳]", "", said).strip(), LEFT_OUT)


def is_heading(cells: Sequence[str]) -> bool:
    """Whether a row of a file holds the headings of a statement: an amount among at least three that are known."""
    found = {likely_place(cell) for cell in cells if cell.strip()} - {LEFT_OUT}
    return len(found) >= _LEAST_HEADINGS and not found.isdisjoint((AMOUNT, IN, OUT))


def asked(sheet: Sheet) -> list[str]:
    """The folded headings of every column that holds something."""
    return [heading for heading in sheet.headings if holds_something(sheet, heading)]


def likely(sheet: Sheet) -> dict[str, str]:
    """What each column is likely to be, each place once."""
    found: dict[str, str] = {}
    for heading in asked(sheet):
        place = likely_place(sheet.spelled[heading])
        if place not in found.values():
            found[heading] = place
    return found


def refuse_unfit(sheet: Sheet, choice: Choice) -> None:
    """Raise InvalidInput while `choice` does not make a statement of `sheet`, saying which column is to be said."""
    problem = problem_of(placed(sheet, choice))
    if problem:
        raise InvalidInput({"columns": problem})


def placed(sheet: Sheet, choice: Choice) -> Sheet:
    """The sheet with its columns where `choice` puts them. Raises InvalidInput, under the heading."""
    return arranged(sheet, asked(sheet), PLACES, choice, {})


def problem_of(sheet: Sheet) -> str:
    """Why an arranged sheet is no statement yet; "" when it is one."""
    held = set(sheet.headings)
    if not held & {AMOUNT, IN, OUT}:
        return "Say which column is the amount: one for both ways, or one of money in and one of money out."
    if AMOUNT in held and held & {IN, OUT}:
        return "Say either one column of amounts for both ways, or one of money in and one of money out."
    if not held & {TRX, AT}:
        return "Say which column is the TrxID, or which is the date."
    return ""
