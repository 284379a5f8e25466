"""Where the shop's money lies: one row a pocket. Each wallet brings its own with its method's row."""

from __future__ import annotations

from dataclasses import dataclass

from dokango.ledger import accounts


@dataclass(frozen=True, slots=True)
class Pocket:
    """One cash account of the books. `label` is what people choose; `in_books` its account's name, where another."""

    key: str
    label: str
    in_books: str = ""

    @property
    def account(self) -> str:
        """The account in the ledger."""
        return accounts.cash(self.key)

    @property
    def account_name(self) -> str:
        """What people call the account."""
        return self.in_books or self.label


BANK = Pocket("bank", "Bank")
HAND = Pocket("hand", "Hand", "Cash in hand")
# Money lies here whichever methods there are: couriers pay out to the bank, suppliers are paid by hand.
ALWAYS_THERE = (BANK, HAND)
