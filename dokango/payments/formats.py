"""What wallets write to the shop's phone when money comes in: one format a wallet, named in its method's row.

Groups: amount, sender, trx, at. Whitespace is one blank each before matching, so line breaks do not matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TK = r"(?:Tk\.?|BDT|৳)\s*([\d,]*\.?\d+)"


@dataclass(frozen=True, slots=True)
class Format:
    """One shape of message: what it looks like, and how its date is written."""

    pattern: re.Pattern[str]
    dated: str


BKASH = Format(
    re.compile(
        rf"(?:You have received(?: payment)?|Cash In) (?P<amount>{_TK}) from (?P<sender>\+?\d{{11,13}})"
        r"(?: successful)?\s?\.?.*?TrxID (?P<trx>\w+)(?: at (?P<at>\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}))?",
        re.IGNORECASE,
    ),
    "%d/%m/%Y %H:%M",
)
NAGAD = Format(
    re.compile(
        rf"(?:Money|Payment) Received\.? Amount: ?(?P<amount>{_TK})"
        r" (?:Sender|Customer): ?(?P<sender>\+?\d{11,13})"
        r".*?TxnID: ?(?P<trx>\w+)(?: Balance: ?\S+ \S+)?(?: (?P<at>\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}))?",
        re.IGNORECASE,
    ),
    "%d/%m/%Y %H:%M",
)
ROCKET = Format(
    re.compile(
        rf"(?P<amount>{_TK}) received from A/C: ?(?P<sender>[*xX\d]*\d).*?TxnId: ?(?P<trx>\w+)"
        r"(?: Date: ?(?P<at>\d{1,2}-[A-Za-z]{3}-\d{2} \d{1,2}:\d{2}:\d{2} [ap]m))?",
        re.IGNORECASE,
    ),
    "%d-%b-%y %I:%M:%S %p",
)
