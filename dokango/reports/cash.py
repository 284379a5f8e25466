"""Where does the shop's money lie?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dokango.ledger.balances import Balance
from dokango.reports.account_names import account_name


@dataclass(frozen=True, slots=True)
class Pocket:
    """One cash account with its name for people."""

    account: str
    label: str
    amount_poisha: int


def cash_by_wallet(balances: Iterable[Balance]) -> tuple[Pocket, ...]:
    """Of a trial balance, every cash account that ever moved, the fullest first."""
    pockets = [
        Pocket(balance.account, account_name(balance.account), balance.balance_poisha)
        for balance in balances
        if balance.account.startswith("cash:")
    ]
    return tuple(sorted(pockets, key=lambda pocket: -pocket.amount_poisha))
