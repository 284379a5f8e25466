"""What staff said the columns of a file are, remembered for every file with the same headings."""

from __future__ import annotations

import hashlib
import json

from dokango.db import Tx
from dokango.importing.arranging import Choice
from dokango.importing.table_file import Sheet
from dokango.shop.profile import read_setting, write_setting

# The settings in which it is kept, one a kind of file.
PRODUCTS, PAYOUTS, STATEMENTS = "import_columns", "payout_columns", "statement_columns"
MOST_SETS = 50  # the ones used last


def recall(tx: Tx, sheet: Sheet, kind: str = PRODUCTS) -> dict[str, str] | None:
    """What was said of a file with these headings; None when nobody was asked yet."""
    return _all(tx, kind).get(_set_of(sheet))


def remember(tx: Tx, sheet: Sheet, choice: Choice, *, by: str, now_us: int, kind: str = PRODUCTS) -> None:
    """Keep it, in the place of what was said before."""
    said = _all(tx, kind)
    said.pop(_set_of(sheet), None)
    said[_set_of(sheet)] = dict(choice)
    kept = dict(list(said.items())[-MOST_SETS:])
    write_setting(tx, kind, json.dumps(kept, ensure_ascii=False), by=by, now_us=now_us)


def _all(tx: Tx, kind: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(read_setting(tx, kind) or "{}")
    return found


def _set_of(sheet: Sheet) -> str:
    """The same for the same headings in any order."""
    return hashlib.sha256("\n".join(sorted(sheet.headings)).encode()).hexdigest()[:32]
