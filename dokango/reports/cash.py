"""Where does the shop's money lie, and who owes it what?"""

from __future__ import annotations

from dataclasses import dataclass

from dokango.db import Tx
from dokango.ledger.balances import trial_balance
from dokango.reports.account_names import account_name


@dataclass(frozen=True, slots=True)
class Pocket:
    """One cash account with its name for people."""

    account: str
    label: str
    amount_poisha: int


def cash_by_wallet(tx: Tx) -> tuple[Pocket, ...]:
    """Every cash account that ever moved, the fullest first."""
    pockets = [
        Pocket(balance.account, account_name(balance.account), balance.balance_poisha)
        for balance in trial_balance(tx)
        if balance.account.startswith("cash:")
    ]
    return tuple(sorted(pockets, key=lambda pocket: -pocket.amount_poisha))
