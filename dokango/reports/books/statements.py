"""What was earned in a period, and what is owned and owed at its end: profit and loss, and the balance sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dokango.clock import day_start_us
from dokango.db import Tx
from dokango.ledger import accounts
from dokango.ledger.balances import Balance, turnover
from dokango.reports.books.bases import BOOKED, REALISED, realised_income
from dokango.reports.kit.periods import Period


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account of a statement, in the sense of its heading: income and debts count up when they are credited."""

    account: str
    amount_poisha: int


@dataclass(frozen=True, slots=True)
class ProfitAndLoss:
    """Income (returns are negative income) and expenses of a period."""

    income: tuple[AccountLine, ...]
    expenses: tuple[AccountLine, ...]

    @property
    def income_poisha(self) -> int:
        """All income, less returns."""
        return _sum(self.income)

    @property
    def expenses_poisha(self) -> int:
        """All expenses, the cost of goods included."""
        return _sum(self.expenses)

    @property
    def profit_poisha(self) -> int:
        """What is left."""
        return self.income_poisha - self.expenses_poisha


@dataclass(frozen=True, slots=True)
class BalanceSheet:
    """What the shop owns, what it owes, and the difference: all profit so far, which nobody has taken out."""

    assets: tuple[AccountLine, ...]
    liabilities: tuple[AccountLine, ...]
    profit_poisha: int

    @property
    def assets_poisha(self) -> int:
        """All assets."""
        return _sum(self.assets)

    @property
    def liabilities_poisha(self) -> int:
        """All debts."""
        return _sum(self.liabilities)


def profit_and_loss(tx: Tx, span: Period, basis: str = BOOKED) -> ProfitAndLoss:
    """Every income and expense account that moved in `span`, income as booked or as realised (bases.py)."""
    moved = turnover(tx, span.since_us, span.until_us)
    earned = _realised(tx, span) if basis == REALISED else moved
    return ProfitAndLoss(_lines(earned, "income", -1), _lines(moved, "expense", 1))


def balance_sheet(tx: Tx, day: date) -> BalanceSheet:
    """The state at the end of `day` (Dhaka). Assets are always debts plus profit: every posting has two sides."""
    stood = balances_at(tx, day)
    earned = _sum(_lines(stood, "income", -1)) - _sum(_lines(stood, "expense", 1))
    return BalanceSheet(_lines(stood, "asset", 1), _lines(stood, "liability", -1), earned)


def balances_at(tx: Tx, day: date) -> list[Balance]:
    """The trial balance at the end of `day` (Dhaka)."""
    return turnover(tx, 0, day_start_us(day + timedelta(days=1)))


def _realised(tx: Tx, span: Period) -> list[Balance]:
    sides: dict[str, list[int]] = {}
    for row in realised_income(tx, span):
        sides.setdefault(row.debit, [0, 0])[0] += int(row.amount_poisha)
        sides.setdefault(row.credit, [0, 0])[1] += int(row.amount_poisha)
    return [Balance(account, debit, credit) for account, (debit, credit) in sorted(sides.items())]


def _lines(balances: list[Balance], kind: str, sign: int) -> tuple[AccountLine, ...]:
    return tuple(
        AccountLine(balance.account, sign * balance.balance_poisha)
        for balance in balances
        if accounts.kind_of(balance.account) == kind
    )


def _sum(lines: tuple[AccountLine, ...]) -> int:
    return sum(line.amount_poisha for line in lines)
