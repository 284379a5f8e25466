"""What papers may say of an order's parcel and money: derived from its status, its money and its parcel, never kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dokango.couriers.kind.parcel_limits import collectable
from dokango.couriers.kind.status import MEANINGS, CarrierStatus, Effect
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.money import taka
from dokango.orders.book.rows import OrderRow
from dokango.orders.lifecycle.table import ENDED
from dokango.payments.methods import is_paid_on_delivery

# The courier's last word on the road: delivered, or somebody must decide about goods and money.
_LAST_WORDS = (Effect.DELIVERED, Effect.RESOLUTION)


class Says(StrEnum):
    """The one thing that a label says about money."""

    COLLECT = "collect"  # the rider takes the amount at the door
    PAID = "paid"
    NOTHING = "nothing"  # something is due, and the courier was told to take nothing
    UNPAID = "unpaid"  # the amount is due before the parcel may go
    UNVERIFIED = "unverified"  # the same, and the customer claims to have sent it
    OVER = "over"  # no parcel goes out with this paper


@dataclass(frozen=True, slots=True)
class Standing:
    """What a paper says; `over` and `why` are the words of one that is no more than a record."""

    says: Says
    amount_poisha: int = 0
    over: str = ""
    why: str = ""

    @property
    def collect_poisha(self) -> int:
        """What the rider takes at the door, 0 when nothing."""
        return self.amount_poisha if self.says is Says.COLLECT else 0

    @property
    def words(self) -> str:
        """The same for a screen, in a few words."""
        amount = taka(self.amount_poisha)
        return {
            Says.COLLECT: f"Collect {amount}",
            Says.PAID: "Paid",
            Says.NOTHING: "Collect nothing",
            Says.UNPAID: f"Not paid yet · {amount} due",
            Says.UNVERIFIED: f"Payment not verified yet · {amount} due",
            Says.OVER: self.over,
        }[self.says]


def standing_of(order: OrderRow, parcel: ParcelRow | None, why: str = "") -> Standing:
    """What papers say of `order` and its live `parcel`; `why` is the reason for which it ended, when one was given."""
    if order.status in ENDED:
        return Standing(Says.OVER, over=order.status.capitalize(), why=why)
    if parcel is not None:
        heard = MEANINGS[CarrierStatus(parcel.status)] if parcel.status else None
        if heard is not None and heard.effect in _LAST_WORDS:
            return Standing(Says.OVER, over=heard.words)
        if told := shipments.told_poisha(parcel):
            return Standing(Says.COLLECT, told)
    if not order.due_poisha:
        return Standing(Says.PAID)
    if parcel is not None:
        return Standing(Says.NOTHING)
    if is_paid_on_delivery(order.payment_method):
        return Standing(Says.COLLECT, collectable(order.due_poisha))
    return Standing(Says.UNVERIFIED if order.claim_waits else Says.UNPAID, order.due_poisha)
