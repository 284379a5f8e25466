"""The two answers to what a rider took, each with what it would write into the books: read before one is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dokango.couriers.carriers import names_written
from dokango.db import Database
from dokango.errors import DokangoError
from dokango.money import taka
from dokango.orders import Context
from dokango.orders.acts.effects import took_poisha
from dokango.orders.acts.stand import Stand
from dokango.orders.lifecycle.commands import SayCollects
from dokango.orders.lifecycle.rehearse import Rehearsal, rehearse
from dokango.reports.books.account_names import account_name

SAY_TOOK = "say_took"
ANSWERS = (("old", "The rider took {sum}, as told first"), ("new", "The rider took {sum}, the new sum"))


def previews(db: Database, context: Context, stand: Stand) -> list[list[str]]:
    """For each answer its words, then one line for each posting and for what would stay open."""
    found = []
    for took, words in ANSWERS:
        collects = took_poisha(stand, took)
        if stand.order is None or collects is None:
            continue
        found.append([words.format(sum=taka(collects)), *_lines(db, context, stand.order.number, collects)])
    return found


def _lines(db: Database, context: Context, number: str, collects_poisha: int) -> Sequence[str]:
    try:
        seen = rehearse(db, context, number, SayCollects(collects_poisha=collects_poisha))
    except DokangoError as refused:
        return [str(refused)]
    return _booked(seen, db.read(names_written))


def _booked(seen: Rehearsal, names: Mapping[str, str]) -> Sequence[str]:
    order = seen.order
    stands = (
        ("The courier owes", order.courier_due_poisha),
        ("The customer still owes", order.due_poisha),
        ("Due back to the customer", order.refund_due_poisha),
    )
    postings = [
        f"{account_name(p.debit, names)} ← {account_name(p.credit, names)}: {taka(p.amount_poisha)}"
        for p in seen.postings
    ]
    unchanged = ["Nothing is booked anew."] if order.status == "delivered" else ["Nothing is booked before delivery."]
    return [*(postings or unchanged), *(f"{label} {taka(amount)}" for label, amount in stands if amount)]
