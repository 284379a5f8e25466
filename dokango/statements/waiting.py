"""A statement that waits while somebody looks at its preview, with the wallet that it is of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from dokango.db import Tx
from dokango.importing import waiting
from dokango.importing.arranging import Choice
from dokango.importing.remembered import STATEMENTS, recall, remember
from dokango.importing.table_file import Sheet
from dokango.importing.workbook import read_table
from dokango.payments.methods import claimable_of
from dokango.people.actor import Actor
from dokango.shop.profile import load_profile
from dokango.statements import columns
from dokango.statements.lines import Wallet


@dataclass(frozen=True, slots=True)
class WaitingStatement:
    """One file, and the key of the payment method whose statement it is."""

    name: str
    method: str
    raw: bytes

    def sheet(self) -> Sheet:
        """Its rows. Raises InvalidInput."""
        return read_statement(self.raw)


def read_statement(raw: bytes, field: str = "file") -> Sheet:
    """The rows of a statement, whatever titles stand above its headings. Raises InvalidInput."""
    return read_table(raw, field, columns.is_heading)


def keep(data_dir: Path, name: str, method: str, raw: bytes) -> str:
    """Keep it; the token that finds it again. Raises InvalidInput for a method that has no TrxIDs."""
    about = json.dumps([name, claimable_of(method, "wallet").key], ensure_ascii=False)
    return waiting.keep_waiting(data_dir, about, raw, waiting.STATEMENTS)


def waiting_statement(data_dir: Path, token: str) -> WaitingStatement:
    """The file of a token; raises NotFound when it has gone, or never was."""
    found = waiting.waiting_file(data_dir, token, waiting.STATEMENTS)
    name, method = json.loads(found.name)
    return WaitingStatement(name, method, found.raw)


def first_choice(tx: Tx, sheet: Sheet) -> dict[str, str]:
    """What was said of such columns before; else what they are likely to be."""
    return recall(tx, sheet, STATEMENTS) or columns.likely(sheet)


def remember_choice(tx: Tx, sheet: Sheet, choice: Choice, actor: Actor, now_us: int) -> None:
    """Keep what the columns are, for every file with the same headings."""
    remember(tx, sheet, choice, by=actor.name, now_us=now_us, kind=STATEMENTS)


def wallet_of(tx: Tx, method: str) -> Wallet:
    """The wallet of `method` with the shop's own numbers there."""
    found = load_profile(tx).wallets.get(method)
    return Wallet(method, found.numbers if found else ())
