"""What a rider took at the door, against what was due: each amount where it belongs, to the last poisha.

Riders take whole taka. A difference of less than one to what was due is rounding, a posting of its own, and no debt:
due ৳192.50, told ৳193: the courier owes ৳193 and ৳0.50 is income. More than that below what was due stays due from the
customer; more above it is due back to them.
"""

from __future__ import annotations

from dataclasses import dataclass

from dokango.couriers.kind.parcel_limits import collectable
from dokango.couriers.registry import account_part
from dokango.ledger import accounts
from dokango.ledger.entries import NewPosting
from dokango.money import POISHA_PER_TAKA, taka
from dokango.orders.book.rows import OrderRow


@dataclass(frozen=True, slots=True)
class Taken:
    """`collected_poisha` at the door: `settled` of what was due is settled by it, `over` of it was too much.

    `gained` is what rounding brought, below 0 what it let go; `left` is still due.
    """

    collected_poisha: int
    settled_poisha: int
    over_poisha: int
    gained_poisha: int
    left_poisha: int

    @property
    def words(self) -> str:
        """All of it for a timeline; "" when nothing was collected and nothing was due."""
        parts = (
            ("collected by the courier", self.collected_poisha),
            ("still due", self.left_poisha),
            ("too much", self.over_poisha),
            ("rounded up", max(0, self.gained_poisha)),
            ("rounded down", max(0, -self.gained_poisha)),
        )
        return ", ".join(f"{taka(amount)} {words}" for words, amount in parts if amount)

    def postings(self, courier: str) -> list[NewPosting]:
        """As the books have it; `courier` is the account of who carried it."""
        by_rounding = min(0, self.gained_poisha)
        return [
            NewPosting(courier, accounts.RECEIVABLE_CUSTOMERS, self.settled_poisha + by_rounding),
            NewPosting(courier, accounts.PAYABLE_REFUNDS, self.over_poisha),
            NewPosting(courier, accounts.ROUNDING_GAIN, max(0, self.gained_poisha)),
            NewPosting(accounts.ROUNDING_LOSS, accounts.RECEIVABLE_CUSTOMERS, -by_rounding),
        ]


NOTHING_TAKEN = Taken(0, 0, 0, 0, 0)


def taken(due_poisha: int, collected_poisha: int) -> Taken:
    """What `collected_poisha` does to `due_poisha`."""
    difference = collected_poisha - due_poisha
    if is_rounding(difference):
        return Taken(collected_poisha, due_poisha, 0, difference, 0)
    return Taken(
        collected_poisha, min(collected_poisha, due_poisha), max(0, difference), 0, max(0, -difference)
    )  # fmt: skip


def corrected(booked: Taken, found: Taken, courier: str) -> list[NewPosting]:
    """What makes of the postings of `booked` those of `found`: the differences, backwards where there are fewer."""
    return [
        NewPosting(new.debit, new.credit, new.amount_poisha - old.amount_poisha)
        if new.amount_poisha >= old.amount_poisha
        else NewPosting(new.credit, new.debit, old.amount_poisha - new.amount_poisha)
        for old, new in zip(booked.postings(courier), found.postings(courier), strict=True)
    ]


def is_rounding(difference_poisha: int) -> bool:
    """Whether so small a difference is the rounding to whole taka and nothing else."""
    return abs(difference_poisha) < POISHA_PER_TAKA


def told_poisha(order: OrderRow) -> int:
    """What the order's rider was told to collect; 0 without a parcel."""
    return collectable(order.told_poisha or 0)


def account_with(order: OrderRow) -> str:
    """The account of who carries an order: what a courier has collected and not paid out."""
    return accounts.courier_receivable(account_part(order.courier, order.carrier))
