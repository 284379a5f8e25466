"""A payment that falls short by so little that the owner lets staff forgive it: ৳499.50 of ৳500.

What was forgiven is an expense of the shop, and never paid back: when the price falls, or goods come back, it is the
first that is undone.
"""

from __future__ import annotations

from dokango.errors import InvalidInput
from dokango.ledger import accounts
from dokango.ledger.entries import NewPosting
from dokango.money import taka
from dokango.orders.lifecycle.commands import Forgive
from dokango.orders.lifecycle.decision import Decision, Situation


def may_forgive(s: Situation) -> str:
    """Only what is due, up to what the owner allows."""
    due, most = s.order.due_poisha, s.profile.forgive_most_poisha
    if not due:
        return "Nothing is due on this order."
    return "" if due <= most else _too_much(due, most)


def forgive(s: Situation, command: Forgive) -> Decision:
    """What is due is asked for no more."""
    return forgiven(s, s.order.due_poisha)


def forgiven(s: Situation, short_poisha: int) -> Decision:
    """What forgiving so much of the due does. Raises InvalidInput when it is more than the owner allows."""
    most = s.profile.forgive_most_poisha
    if short_poisha > most:
        raise InvalidInput({"forgive": _too_much(short_poisha, most)})
    if not short_poisha:
        return Decision()
    return Decision(
        postings=[NewPosting(accounts.ROUNDING_LOSS, accounts.RECEIVABLE_CUSTOMERS, short_poisha)],
        due=-short_poisha,
        forgiven=short_poisha,
        note=f"{taka(short_poisha)} forgiven",
        data={"forgiven_poisha": short_poisha, "limit_poisha": most},
    )


def _too_much(short_poisha: int, most_poisha: int) -> str:
    allowed = f"at most {taka(most_poisha)}" if most_poisha else "nothing"
    return f"{taka(short_poisha)} is missing; the shop's settings let {allowed} be forgiven."
