"""Undoing the placing of an order, however it ends before the goods leave: its stock and its postings."""

from __future__ import annotations

from dokango.ledger import accounts
from dokango.ledger.entries import NewPosting
from dokango.orders.book.rows import LineRow, OrderRow
from dokango.orders.lifecycle.decision import DecideClaim, Decision, NewLine, Situation
from dokango.stock.levels import Move


def unplace(s: Situation, kept_poisha: int = 0) -> Decision:
    """The price reversed; what the customer paid of the total is due back, less what stays with us.

    What was forgiven of it is forgiven no more: nobody paid it, and it is not paid back.
    """
    forgiven = s.order.forgiven_poisha
    applied = settled_poisha(s.order)
    return Decision(
        reverse_placing=True,
        postings=[
            NewPosting(accounts.RECEIVABLE_CUSTOMERS, accounts.PAYABLE_REFUNDS, applied - kept_poisha),
            NewPosting(accounts.RECEIVABLE_CUSTOMERS, accounts.REVENUE_KEPT, kept_poisha),
            NewPosting(accounts.RECEIVABLE_CUSTOMERS, accounts.ROUNDING_LOSS, forgiven),
        ],
        writes=[DecideClaim("replaced")] if s.order.claim_waits else [],
        due=-s.order.due_poisha,
        refund_due=applied - kept_poisha,
        claim_waits=False,
        forgiven=-forgiven,
        data={"forgiven_poisha": -forgiven} if forgiven else {},
    )


def settled_poisha(order: OrderRow) -> int:
    """What was paid of the total, wherever it came from."""
    return order.total_poisha - order.due_poisha - order.forgiven_poisha


def released(s: Situation) -> list[Move]:
    """What the order kept from the shelf is free again."""
    return [move(line, "released", line.quantity) for line in s.lines if line.tracks_stock]


def move(line: LineRow | NewLine, kind: str, quantity: int, value_poisha: int = 0) -> Move:
    """So many of a line, moved in one way."""
    return Move(line.variant_id, kind, quantity, value_poisha, sku=line.sku, title=line.title)
