"""A rider who collects less than was agreed: the customer bargained at the door, and the price falls by a discount.

Due ৳1,200 and lowered to ৳1,000: ৳200 are a discount with its reason, ৳1,000 stay due, and the courier is told as it is
told of a payment that came on the way.
"""

from __future__ import annotations

from dokango.couriers.kind.parcel_limits import collectable
from dokango.errors import InvalidInput
from dokango.ledger import accounts
from dokango.ledger.entries import NewPosting
from dokango.money import POISHA_PER_TAKA, taka
from dokango.orders.book.rows import OrderRow
from dokango.orders.lifecycle.commands import LowerCod
from dokango.orders.lifecycle.decision import Decision, Situation
from dokango.orders.lifecycle.door_writes import AskLess
from dokango.orders.lifecycle.settled.riders_cash import told_poisha


def may_lower(s: Situation) -> str:
    """Only where a rider collects something that is due."""
    if s.order.shipment_id is None:
        return "No courier has a parcel of this order."
    return "" if collects_poisha(s.order) and s.order.due_poisha else "The rider of this parcel collects nothing."


def lower_cod(s: Situation, command: LowerCod) -> Decision:
    """What the rider takes less is off the price. Raises InvalidInput for what is not less, and no whole taka."""
    order, now, wanted = s.order, collects_poisha(s.order), command.collects_poisha
    if wanted % POISHA_PER_TAKA:
        near = collectable(wanted)
        raise InvalidInput({"collects_poisha": f"Riders collect whole taka. Say {near} for {taka(near)}."})
    if wanted >= now:
        raise InvalidInput({"collects_poisha": f"The rider collects {taka(now)}. Say less than that."})
    off = min(now, order.due_poisha) - wanted
    words = f"{taka(off)} off: the rider collects {taka(wanted)}, not {taka(now)}"
    return Decision(
        postings=[NewPosting(accounts.REVENUE_DISCOUNTS, accounts.RECEIVABLE_CUSTOMERS, off)],
        writes=[AskLess(told_poisha(order), wanted, f"{taka(off)} off the price: {command.reason}.", s.actor)],
        columns={
            "discount_poisha": order.discount_poisha + off,
            "total_poisha": order.total_poisha - off,
            "discount_reason": command.reason,
            "discount_by": s.actor.name,
        },
        due=-off,
        note=f"{words} · {command.reason}",
        data={
            "amount_poisha": off,
            "told_poisha": told_poisha(order),
            "should_poisha": wanted,
            "reason": command.reason,
        },
    )


def collects_poisha(order: OrderRow) -> int:
    """What the rider collects, or is being asked to collect instead."""
    return told_poisha(order) if order.asked_poisha is None else order.asked_poisha
