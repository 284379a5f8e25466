"""Three methods that the shop does not have, one of each kind that is paid before: a row each, as the README says."""

from __future__ import annotations

import re

import pytest

from dokango.payments.formats import Format
from dokango.payments.methods import METHODS, Kind, Method
from dokango.payments.pockets import BANK, Pocket
from dokango.payments.trx_shape import TrxShape
from dokango.shop.profile import Wallet

_UPAY_WRITES = Format(
    re.compile(r"Tk\. (?P<amount>[\d,.]+) received from (?P<sender>\d{11})\. TrxID: (?P<trx>\w+) on (?P<at>[\d/: ]+)"),
    "%d/%m/%Y %H:%M",
)
UPAY = Method("upay", "Upay", "উপায়", Kind.WALLET, Pocket("upay", "Upay"), TrxShape(12), _UPAY_WRITES, "History")
TRANSFER = Method("transfer", "Bank transfer", "ব্যাংক ট্রান্সফার", Kind.BANK, BANK)
TERMINAL = Method("terminal", "Card", "কার্ড", Kind.CARD, Pocket("terminal", "Card terminal", "Owed by the terminal"))
NEW = (UPAY, TRANSFER, TERMINAL)
ACCOUNTS = {
    "upay": Wallet(number="01700000009", instructions="Write your order's number."),
    "transfer": Wallet(number="Shapla Bank, 1501 2345 6789, Small shop", fee_bp=100),
    "terminal": Wallet(number="https://pay.example.com/small-shop"),
}


def add_methods(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the three rows into the table, until the test is over."""
    for method in NEW:
        monkeypatch.setitem(METHODS, method.key, method)
