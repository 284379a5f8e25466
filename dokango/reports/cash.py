"""Where does the shop's money lie?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dokango.ledger.balances import Balance
from dokango.money import taka
from dokango.reports.books.account_names import account_name
from dokango.reports.kit.places import Line, Told, account_url
from dokango.reports.kit.snapshot import Snapshot, balances


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


def told(seen: Snapshot) -> Told:
    """The tile: all of it together."""
    cash = sum(pocket.amount_poisha for pocket in seen.the(_seen))
    return Told(taka(cash), "/books?tab=balances", hint="in wallets, bank and hand")


def lines(seen: Snapshot) -> list[Line]:
    """The list, each account open to its journal."""
    return [Line(p.label, taka(p.amount_poisha, exact=True), account_url(p.account)) for p in seen.the(_seen)]


def _seen(seen: Snapshot) -> tuple[Pocket, ...]:
    return cash_by_wallet(seen.the(balances))
