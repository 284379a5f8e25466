"""Small ledgers of one order: what each step wrote, in lines that read like a book's."""

from __future__ import annotations

from sqlalchemy import select

from dokango.audit import Event
from dokango.db import table_of
from dokango.ledger.models import Posting
from dokango.orders import Done
from tests.small_shop import Shop

_P, _E = table_of(Posting), table_of(Event)


def ledger(shop: Shop, order: Done, *actions: str) -> list[str]:
    """The postings of `actions` (all of them by default) on an order: "deliver: a 100 ← b", in taka, as written."""
    query = (
        select(_E.c.action, _P.c.debit, _P.c.credit, _P.c.amount_poisha)
        .join(_E, _E.c.id == _P.c.event_id)
        .where(_P.c.order_id == order.order_id)
        .order_by(_P.c.id)
    )
    rows = shop.db.read(lambda tx: tx.rows(query))
    return [
        f"{row.action}: {row.debit} {row.amount_poisha / 100:g} ← {row.credit}"
        for row in rows
        if not actions or row.action in actions
    ]


def entries(shop: Shop, action: str) -> list[str]:
    """The postings of a happening of the shop that is no order's, in the same words."""
    query = (
        select(_E.c.action, _P.c.debit, _P.c.credit, _P.c.amount_poisha)
        .join(_E, _E.c.id == _P.c.event_id)
        .where(_P.c.order_id.is_(None), _E.c.action == action)
        .order_by(_P.c.id)
    )
    rows = shop.db.read(lambda tx: tx.rows(query))
    return [f"{row.action}: {row.debit} {row.amount_poisha / 100:g} ← {row.credit}" for row in rows]


def owes(shop: Shop, order: Done) -> dict[str, float]:
    """What is open on an order, in taka: due from the customer, with the courier, due back; nothing that is even."""
    row = shop.order(order)
    open_ = {"due": row.due_poisha, "courier": row.courier_due_poisha, "back": row.refund_due_poisha}
    return {name: amount / 100 for name, amount in open_.items() if amount}
