"""A payout file that waits while somebody looks at its preview, with whose it is and its number."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from dokango.db import Tx
from dokango.importing import waiting
from dokango.importing.arranging import Choice
from dokango.importing.remembered import PAYOUTS, recall
from dokango.importing.table_file import Sheet
from dokango.importing.workbook import read_table
from dokango.payouts import columns
from dokango.payouts.from_table import statement_of
from dokango.payouts.statement import Statement


@dataclass(frozen=True, slots=True)
class WaitingPayout:
    """One file, whose payout it is (the courier's name in the books), and its number ("" when it has none)."""

    name: str
    courier: str
    reference: str
    raw: bytes

    def sheet(self) -> Sheet:
        """Its rows. Raises InvalidInput."""
        return read_table(self.raw)

    def statement(self, sheet: Sheet, choice: Choice) -> Statement:
        """Its payout, when the columns are what `choice` says. Raises InvalidInput, under the headings."""
        return statement_of(sheet, choice, courier=self.courier, reference=self.reference, name=self.name)


def keep(data_dir: Path, name: str, courier: str, reference: str, raw: bytes) -> str:
    """Keep it; the token that finds it again."""
    about = json.dumps([name, courier, reference], ensure_ascii=False)
    return waiting.keep_waiting(data_dir, about, raw, waiting.PAYOUTS)


def waiting_payout(data_dir: Path, token: str) -> WaitingPayout:
    """The file of a token; raises NotFound when it has gone, or never was."""
    found = waiting.waiting_file(data_dir, token, waiting.PAYOUTS)
    name, courier, reference = json.loads(found.name)
    return WaitingPayout(name, courier, reference, found.raw)


def first_choice(tx: Tx, sheet: Sheet) -> dict[str, str]:
    """What was said of such columns before; else what they are likely to be."""
    return recall(tx, sheet, PAYOUTS) or columns.likely(sheet)
