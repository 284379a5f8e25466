"""Amounts as banks and wallets write them in tables: with signs, brackets and marks of either side of the books."""

from __future__ import annotations

import re

from dokango.errors import InvalidInput
from dokango.importing.marks import NONE, Ambiguous, as_typed_here
from dokango.money import MOST_POISHA, parse_taka
from dokango.numbers import figures

_SIGNS = str.maketrans("−–—", "---")
_NOTHING = ("", "-", "nil", "n/a", "na")
_SIDE = re.compile(r" ?\(?\b(?P<side>cr|dr|credit|debit)\b\.?\)?\Z")
_MOST_BEFORE = 60  # of a text with a side


def signed_poisha(said: str, mark: str = NONE) -> int:
    """Poisha of "5,075.00", "৳-80", "(80)", "80-", "80 Dr", "২০০"; 0 of "-", "nil" and "".

    `mark` is the decimal mark of its column. Raises InvalidInput for what is no amount, Ambiguous for one that may be
    two.
    """
    bare = figures(said).translate(_SIGNS)
    if bare in _NOTHING and len(said) <= len(_NOTHING[-2]) + 3:
        return 0
    below = False
    side = _SIDE.search(bare)
    if side is not None and side.start() <= _MOST_BEFORE:
        bare, below = bare[: side.start()].strip(), side["side"] in ("dr", "debit")
    if bare.startswith("(") and bare.endswith(")"):
        bare, below = bare[1:-1].strip(), not below
    if bare.count("-") == 1 and not bare.endswith("/-"):
        bare, below = bare.replace("-", "").strip(), not below
    amount = parse_taka(as_typed_here(bare.removeprefix("+").strip(), mark))
    if amount > MOST_POISHA:
        raise InvalidInput({"amount": f"“{said[:40]}” cannot be."})
    return -amount if below else amount


def is_amount(said: str, mark: str = NONE) -> bool:
    """Whether `said` reads as an amount."""
    try:
        signed_poisha(said, mark)
    except (InvalidInput, Ambiguous):
        return False
    return True
