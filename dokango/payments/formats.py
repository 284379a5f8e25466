"""What wallets write to the shop's phone when money comes in: one format a wallet, named in its method's row.

Groups: amount, sender, trx, at; of money that went out: kind, amount, trx, at. Whitespace is one blank each before
matching, so line breaks do not matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Every repetition is bounded: a pattern that may try again and again over a long text stops the site.
_TK = r"(?:Tk\.?|BDT|৳) {0,2}([\d,]{0,14}\.?\d{1,14})"
_SOME = r".{0,400}"  # as far as it goes: what the payer wrote stands before the wallet's own TrxID


@dataclass(frozen=True, slots=True)
class Format:
    """One shape of message: what it looks like, and how its date is written."""

    pattern: re.Pattern[str]
    dated: str
    went_out: re.Pattern[str] | None = None  # money that left: what kind, how much, and the TrxID


# What stands beside the income in every wallet's message.
FEE = re.compile(rf"\bFee ?: ?{_TK}|\bFee {_TK}", re.IGNORECASE)
BALANCE = re.compile(rf"(?:\bBalance|\bNetBal) ?:? ?{_TK}", re.IGNORECASE)
REFERENCE = re.compile(r"\bRef(?: No)?\b ?:? ?(.{0,100}?) ?(?:\. Fee|Fee ?:|TxnID)", re.IGNORECASE)

BKASH = Format(
    re.compile(
        rf"(?:You have received(?: payment)?|Cash In) (?P<amount>{_TK}) from (?P<sender>\+?\d{{11,13}})"
        rf"(?: successful)?\s?\.?{_SOME}TrxID (?P<trx>\w{{1,40}})"
        r"(?: at (?P<at>\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}))?",
        re.IGNORECASE,
    ),
    "%d/%m/%Y %H:%M",
    re.compile(
        rf"^(?P<kind>Cash Out|Send Money|Payment)(?: of)? (?P<amount>{_TK}) to .{{1,100}}?\bFee"
        rf"{_SOME}TrxID (?P<trx>\w{{1,40}})(?: at (?P<at>\d{{1,2}}/\d{{1,2}}/\d{{4}} \d{{1,2}}:\d{{2}}))?",
        re.IGNORECASE,
    ),
)
NAGAD = Format(
    re.compile(
        rf"(?:Money|Payment) Received\.? Amount: ?(?P<amount>{_TK})"
        r" (?:Sender|Customer): ?(?P<sender>\+?\d{11,13})"
        rf"{_SOME}TxnID: ?(?P<trx>\w{{1,40}})(?: Balance: ?\S{{1,20}} \S{{1,20}})?"
        r"(?: (?P<at>\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}))?",
        re.IGNORECASE,
    ),
    "%d/%m/%Y %H:%M",
    re.compile(
        rf"^(?P<kind>Cash[ -]?Out|Money Sent|Send Money|Payment)(?: Successful| Made)?\.? Amount: ?(?P<amount>{_TK})"
        rf"{_SOME}TxnID: ?(?P<trx>\w{{1,40}})(?:.{{0,80}}? (?P<at>\d{{1,2}}/\d{{1,2}}/\d{{4}} \d{{1,2}}:\d{{2}}))?",
        re.IGNORECASE,
    ),
)
ROCKET = Format(
    re.compile(
        rf"(?P<amount>{_TK}) received from A/C: ?(?P<sender>[*xX\d]{{0,20}}\d){_SOME}TxnId: ?(?P<trx>\w{{1,40}})"
        r"(?: Date: ?(?P<at>\d{1,2}-[A-Za-z]{3}-\d{2} \d{1,2}:\d{2}:\d{2} [ap]m))?",
        re.IGNORECASE,
    ),
    "%d-%b-%y %I:%M:%S %p",
    re.compile(
        rf"^(?P<kind>Cash[ -]?Out|Send Money|Fund Transfer|Merchant Payment|Payment)\b.{{0,60}}?(?P<amount>{_TK})"
        rf"{_SOME}TxnId: ?(?P<trx>\w{{1,40}})"
        r"(?: Date: ?(?P<at>\d{1,2}-[A-Za-z]{3}-\d{2} \d{1,2}:\d{2}:\d{2} [ap]m))?",
        re.IGNORECASE,
    ),
)
