"""The price of goods that are not sold after all: off what is still owed for the order, before any of it is due back.

What the customer owes of the order shrinks first, then what was forgiven, then what its courier has collected and not
paid out, and only the rest is due back to the customer: nobody is given money back that nobody took.
"""

from __future__ import annotations

from dataclasses import dataclass

from dokango.ledger import accounts
from dokango.ledger.entries import NewPosting
from dokango.money import taka
from dokango.orders.book.rows import OrderRow
from dokango.orders.lifecycle.settled.riders_cash import account_with, is_rounding


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Of a price: what the customer owes less, what the courier owes less, and what is due back.

    Less than a taka that would be left of the courier's debt, or due back beside it, is the rounding undone:
    `rounded_poisha` is below 0 where less had been taken.
    """

    owed_poisha: int
    courier_poisha: int
    back_poisha: int
    rounded_poisha: int = 0
    forgiven_poisha: int = 0  # of it had been forgiven, and is so no more

    @property
    def data(self) -> dict[str, int]:
        """What the audit trail keeps of it beside the postings."""
        return {"forgiven_poisha": -self.forgiven_poisha} if self.forgiven_poisha else {}

    @property
    def words(self) -> str:
        """All of it for a timeline."""
        parts = (
            ("less owed by the customer", self.owed_poisha),
            ("less owed by the courier", self.courier_poisha),
            ("due back", self.back_poisha),
        )
        return ", ".join(f"{taka(amount)} {words}" for words, amount in parts if amount)

    def postings(self, order: OrderRow) -> list[NewPosting]:
        """As the books have it."""
        courier = account_with(order)
        return [
            NewPosting(accounts.REVENUE_RETURNS, accounts.RECEIVABLE_CUSTOMERS, self.owed_poisha),
            NewPosting(accounts.REVENUE_RETURNS, courier, self.courier_poisha),
            NewPosting(accounts.REVENUE_RETURNS, accounts.PAYABLE_REFUNDS, self.back_poisha),
            NewPosting(accounts.REVENUE_RETURNS, accounts.ROUNDING_LOSS, max(0, -self.rounded_poisha)),
            NewPosting(accounts.REVENUE_RETURNS, accounts.ROUNDING_LOSS, self.forgiven_poisha),
            NewPosting(accounts.ROUNDING_GAIN, courier, max(0, self.rounded_poisha)),
        ]


def taken_back(order: OrderRow, price_poisha: int, *, customer_paid: bool = False) -> TakenBack:
    """What `price_poisha` of goods that are back does. `customer_paid`: the courier holds money that was paid for them,
    so all that is not owed is due back."""
    owed = min(price_poisha, order.due_poisha)
    forgiven = min(price_poisha - owed, order.forgiven_poisha)
    rest = price_poisha - owed - forgiven
    holds = 0 if customer_paid else max(0, order.courier_due_poisha)
    from_courier = min(rest, holds)
    back = rest - from_courier
    if from_courier and back and is_rounding(back):
        return TakenBack(owed, from_courier, 0, -back, forgiven)
    left = holds - from_courier
    return TakenBack(owed, from_courier, back, left if from_courier and is_rounding(left) else 0, forgiven)
