"""The moment and the period that all reports of a page are read for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from dokango.db import Tx
from dokango.ledger.balances import Balance, trial_balance
from dokango.reports.kit.periods import Period

T = TypeVar("T")


class Snapshot:
    """One transaction, the days asked for, grouped `by` "day" or "month"; what several reports want is read once.

    `basis`: when revenue counts, "booked" or "realised".
    """

    def __init__(self, tx: Tx, span: Period, by: str, now_us: int, basis: str = "booked") -> None:
        self.tx, self.span, self.by, self.now_us, self.basis = tx, span, by, now_us, basis
        self._known: dict[Callable[[Snapshot], object], object] = {}

    def the(self, read: Callable[[Snapshot], T]) -> T:
        """What `read` finds in this snapshot; the second who asks gets what the first one read."""
        if read not in self._known:
            self._known[read] = read(self)
        return cast(T, self._known[read])


def balances(seen: Snapshot) -> list[Balance]:
    """The trial balance as it stands."""
    return trial_balance(seen.tx)
