"""The books: postings, each one row with a debit and a credit account."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import SQLModel

from dokango.db.columns import check, row_id, strict, text, whole


class Posting(SQLModel, table=True):
    """One amount from the credit to the debit account, balanced by construction. Only ever inserted.

    `key` is unique, so each happening posts once; `reverses` names the posting that a correction undoes.
    """

    __table_args__ = strict(
        check("amount_poisha > 0", "posting_amount_positive"),
        check("debit <> credit", "posting_two_accounts"),
        Index("posting_order", "order_id", "id"),
        Index("posting_event", "event_id"),
        Index("posting_time", "happened_at", "event_id"),
        Index("posting_accounts", "debit", "credit", "happened_at", "amount_poisha"),
    )

    id: int | None = row_id()
    key: str = text(unique=True)
    event_id: int = whole(foreign_key="event.id")
    order_id: int | None = whole(None, foreign_key="order.id")
    debit: str = text()
    credit: str = text()
    amount_poisha: int = whole()
    reverses: int | None = whole(None, foreign_key="posting.id")
    happened_at: int = whole()
    written_at: int = whole()
