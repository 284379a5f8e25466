"""A customer's credit on an order: it pays what is due, and what is due back can become it instead of a refund."""

from __future__ import annotations

from dokango.errors import InvalidInput, Refused
from dokango.ledger import accounts
from dokango.ledger.entries import NewPosting
from dokango.money import taka
from dokango.orders.lifecycle.commands import KeepAsCredit, PayWithCredit
from dokango.orders.lifecycle.credit_writes import MoveCredit
from dokango.orders.lifecycle.decision import DecideClaim, Decision, Situation
from dokango.orders.lifecycle.decisions.collecting import ask_less
from dokango.payments.credits import FROM_REFUND, SPENT


def may_pay_with_credit(s: Situation) -> str:
    """Something is due, and the customer has credit."""
    if s.order.due_poisha <= 0:
        return "Nothing is due on this order."
    return "" if s.credit_poisha else "The customer has no credit."


def pay_with_credit(s: Situation, command: PayWithCredit) -> Decision:
    """So much of what is due is settled out of the credit; a waiting claim goes on waiting while anything is due."""
    order = s.order
    amount = min(order.due_poisha, s.credit_poisha) if command.amount_poisha is None else command.amount_poisha
    if amount > order.due_poisha:
        raise InvalidInput({"amount_poisha": f"Only {taka(order.due_poisha)} is due. Use that much of the credit."})
    still_due = order.due_poisha - amount
    closes = bool(order.claim_waits) and not still_due
    asked = ask_less(s, still_due, f"{taka(amount)} of the customer's credit pays for a parcel on its way.")
    return Decision(
        postings=[NewPosting(accounts.PAYABLE_CREDITS, accounts.RECEIVABLE_CUSTOMERS, amount)],
        writes=[
            MoveCredit(SPENT, order.phone, -amount, s.actor.name),
            *([DecideClaim("replaced")] if closes else []),
            *asked,
        ],
        columns={"credit_used_poisha": order.credit_used_poisha + amount},
        paid=amount,
        due=-amount,
        claim_waits=False if closes else None,
        note=f"{taka(amount)} of the customer's credit" + (f", {taka(still_due)} still due" if still_due else ""),
        data={"amount_poisha": amount, "still_due_poisha": still_due},
    )


def keep_as_credit(s: Situation, command: KeepAsCredit) -> Decision:
    """What is due back is no longer owed as a refund, and waits for the next order of this phone."""
    order = s.order
    amount = order.refund_due_poisha if command.amount_poisha is None else command.amount_poisha
    if amount > order.refund_due_poisha:
        raise Refused("keep_as_credit", f"Only {taka(order.refund_due_poisha)} is due back; nothing was booked.")
    return Decision(
        postings=[NewPosting(accounts.PAYABLE_REFUNDS, accounts.PAYABLE_CREDITS, amount)],
        writes=[MoveCredit(FROM_REFUND, order.phone, amount, s.actor.name)],
        columns={"credited_poisha": order.credited_poisha + amount},
        refund_due=-amount,
        refunded=amount,
        note=f"{taka(amount)} for the next order",
        data={"amount_poisha": amount},
    )
