"""Reading the books: what each account moved in a time, and the trial balance.

There are few pairs of accounts and very many postings, so each sum walks one stretch of the index over (debit, credit,
happened_at, amount) and touches no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from dokango.db import Statement, Tx, table_of, typed
from dokango.ledger.models import Posting

_P = table_of(Posting)
FOREVER = 2**62


class _Pair(NamedTuple):
    debit: str
    credit: str


_FIRST_OF_NEXT_DEBIT = typed(
    _Pair,
    select(_P.c.debit, _P.c.credit).where(_P.c.debit > bindparam("debit")).order_by(_P.c.debit, _P.c.credit).limit(1),
)
_NEXT_CREDIT = typed(
    _Pair,
    select(_P.c.debit, _P.c.credit)
    .where(_P.c.debit == bindparam("debit"), _P.c.credit > bindparam("credit"))
    .order_by(_P.c.credit)
    .limit(1),
)
_SUM = Statement(
    select(func.sum(_P.c.amount_poisha)).where(
        _P.c.debit == bindparam("debit"),
        _P.c.credit == bindparam("credit"),
        _P.c.happened_at >= bindparam("since"),
        _P.c.happened_at < bindparam("until"),
    )
)


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


def turnover(tx: Tx, since_us: int = 0, until_us: int | None = None) -> list[Balance]:
    """Every account that moved in [since, until), by name; without bounds, the balances as they stand."""
    until = FOREVER if until_us is None else until_us
    sides: dict[str, list[int]] = {}
    for debit, credit in account_pairs(tx):
        amount = int(tx.value(_SUM, debit=debit, credit=credit, since=since_us, until=until) or 0)
        if amount:
            sides.setdefault(debit, [0, 0])[0] += amount
            sides.setdefault(credit, [0, 0])[1] += amount
    return [Balance(account, debit, credit) for account, (debit, credit) in sorted(sides.items())]


def trial_balance(tx: Tx, at_us: int | None = None) -> list[Balance]:
    """All accounts as they stood at `at_us` (what happened at that very instant included), or as they stand."""
    return turnover(tx, 0, None if at_us is None else at_us + 1)


def balances_under(tx: Tx, prefix: str) -> dict[str, int]:
    """What stands on each account whose name begins with `prefix`, in poisha: debit less credit."""
    found: dict[str, int] = {}
    for debit, credit in account_pairs(tx):
        if debit.startswith(prefix) or credit.startswith(prefix):
            amount = int(tx.value(_SUM, debit=debit, credit=credit, since=0, until=FOREVER) or 0)
            found[debit] = found.get(debit, 0) + amount
            found[credit] = found.get(credit, 0) - amount
    return {account: amount for account, amount in sorted(found.items()) if account.startswith(prefix)}


def account_pairs(tx: Tx) -> list[tuple[str, str]]:
    """Every (debit, credit) that was ever posted; found by hopping along the index, however many postings there are."""
    pairs: list[tuple[str, str]] = []
    found = tx.one(_FIRST_OF_NEXT_DEBIT, debit="")
    while found is not None:
        pairs.append((found.debit, found.credit))
        here = {"debit": found.debit, "credit": found.credit}
        found = tx.one(_NEXT_CREDIT, **here) or tx.one(_FIRST_OF_NEXT_DEBIT, debit=found.debit)
    return pairs
