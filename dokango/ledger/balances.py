"""Reading the books: the trial balance at a time, and the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, case, func, select, union_all

from dokango.audit import Event
from dokango.db import Statement, Tx
from dokango.ledger.models import Posting

_P = Posting.__table__  # type: ignore[attr-defined]
_E = Event.__table__  # type: ignore[attr-defined]
_FOREVER = 2**62


@dataclass(frozen=True, slots=True)
class Balance:
    """One account's turnover; the balance is debit − credit."""

    account: str
    debit_poisha: int
    credit_poisha: int

    @property
    def balance_poisha(self) -> int:
        """Debit less credit."""
        return self.debit_poisha - self.credit_poisha


def _sides() -> Any:
    """Each posting twice: once for the account it debits, once for the one it credits."""
    within = (_P.c.happened_at >= bindparam("since"), _P.c.happened_at < bindparam("until"))
    debited = select(_P.c.debit.label("account"), _P.c.amount_poisha, case((_P.c.id >= 0, 1)).label("side")).where(
        *within
    )
    credited = select(_P.c.credit.label("account"), _P.c.amount_poisha, case((_P.c.id >= 0, 0)).label("side")).where(
        *within
    )
    return union_all(debited, credited).subquery()


def _turnover() -> Any:
    side = _sides()
    debit = func.sum(side.c.amount_poisha * side.c.side).label("debit_poisha")
    credit = func.sum(side.c.amount_poisha * (1 - side.c.side)).label("credit_poisha")
    return select(side.c.account, debit, credit).group_by(side.c.account).order_by(side.c.account)


_TURNOVER = Statement(_turnover())


def turnover(tx: Tx, since_us: int = 0, until_us: int | None = None) -> list[Balance]:
    """Every account that moved in [since, until), by name; without bounds, the balances as they stand."""
    rows = tx.rows(_TURNOVER, since=since_us, until=_FOREVER if until_us is None else until_us)
    return [Balance(row.account, int(row.debit_poisha), int(row.credit_poisha)) for row in rows]


def trial_balance(tx: Tx, at_us: int | None = None) -> list[Balance]:
    """All accounts as they stood at `at_us` (what happened at that very instant included), or as they stand."""
    return turnover(tx, 0, None if at_us is None else at_us + 1)
