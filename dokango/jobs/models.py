"""Work to be done outside the transaction that asked for it."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import SQLModel

from dokango.db.columns import check, row_id, strict, text, whole


class Job(SQLModel, table=True):
    """One piece of work with a lease and bounded tries; `key` keeps the same work from being queued twice."""

    __table_args__ = strict(
        check("state IN ('waiting', 'running', 'done', 'failed')", "job_state_known"),
        check("tries >= 0 AND tries <= most_tries", "job_tries_bounded"),
        Index("job_due", "state", "due_at"),
    )

    id: int | None = row_id()
    key: str = text(unique=True)
    kind: str = text()
    payload: str = text("{}")
    order_id: int | None = whole(None, foreign_key="order.id")
    state: str = text("waiting")
    due_at: int = whole()
    lease_until: int | None = whole(None)
    leased_by: str = text("")
    tries: int = whole(0)
    most_tries: int = whole(8)
    error: str = text("")
    created_at: int = whole()
    ended_at: int | None = whole(None)
