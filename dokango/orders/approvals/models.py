"""An act about money that waits, or waited, for a second person."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from dokango.db.columns import check, row_id, strict, text, whole

_WAITS = sql("state = 'waiting'")


class Approval(SQLModel, table=True):
    """What was asked for, as it was asked; nothing of it is booked before it is approved. One of an order waits."""

    __table_args__ = strict(
        check("kind IN ('payment', 'refund', 'reversal')", "approval_kind_known"),
        check("state IN ('waiting', 'approved', 'refused', 'withdrawn')", "approval_state_known"),
        check("amount_poisha > 0", "approval_amount_positive"),
        check("(state = 'waiting') = (decided_at IS NULL)", "approval_decided_once"),
        Index("approval_waits", "order_id", unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("approval_order", "order_id", "id"),
    )

    id: int | None = row_id()
    order_id: int = whole(foreign_key="order.id")
    kind: str = text()
    method: str = text()
    trx_id: str = text("")  # of a payment: kept for this order meanwhile
    amount_poisha: int = whole()
    limit_poisha: int = whole()  # above which a second person was wanted when it was asked for
    command: str = text()  # as JSON
    state: str = text("waiting")
    asked_by: str = text()
    asked_kind: str = text()
    asked_person: int = whole()
    asked_at: int = whole()
    asked_version: int = whole()  # of the order, as asking left it
    decided_by: str = text("")
    decided_person: int | None = whole(None)
    decided_at: int | None = whole(None)
    words: str = text("")  # why it was refused
