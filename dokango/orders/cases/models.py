"""Cases, and what happened on each."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from dokango.db.columns import check, row_id, strict, text, whole

_OPEN = sql("closed_at IS NULL")


class Case(SQLModel, table=True):
    """What waits for somebody: until it is closed it has a deadline (`due_at`) and a next act.

    `subject` is what it is about ("shipment/12", "order/7", "job/3"); of one subject and family one case is open at
    most. `taken_by` "" is nobody yet. `said_late_at`: when the staff were told that its deadline has passed.
    """

    __table_args__ = strict(
        check(
            "state IN ('needs_us', 'asked_courier', 'asked_customer', 'coming_back', 'to_inspect', 'closed')",
            "case_state_known",
        ),
        check("(state = 'closed') = (closed_at IS NOT NULL)", "case_closed_says_when"),
        check("state = 'closed' OR (next_act <> '' AND due_at > 0)", "case_open_says_what_and_when"),
        Index("case_one_open", "subject", "family", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("case_open_order", "order_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("case_order", "order_id", "id"),
        Index("case_state", "state", "due_at", "id"),
        Index("case_closed", "closed_at", "id"),
    )

    id: int | None = row_id()
    subject: str = text()
    order_id: int | None = whole(None, foreign_key="order.id")
    shipment_id: int | None = whole(None, foreign_key="shipment.id")
    kind: str = text()
    family: str = text()
    state: str = text()
    words: str = text()
    taken_by: str = text("")
    next_act: str = text()
    attempts: int = whole(1)  # how often it was reported
    version: int = whole(1)
    opened_at: int = whole()
    moved_at: int = whole()
    due_at: int = whole()
    said_late_at: int | None = whole(None)
    closed_at: int | None = whole(None)
    closed_by: str = text("")
    outcome: str = text("")
    # what the courier is still to be told, and where the case goes when it was
    to_courier: str = text("")
    then_state: str = text("")
    then_next: str = text("")
    then_due: int = whole(0)
    # how often the customer was asked, the asking they answered, and what they said (JSON)
    asks: int = whole(0)
    asked_attempt: int = whole(0)  # the attempt that they were asked about, or that they could not be asked about
    answered: int = whole(0)
    answer: str = text("{}")


class CaseEvent(SQLModel, table=True):
    """One thing that happened on a case. Only ever inserted; `key` is unique: each happening is written once."""

    __tablename__ = "case_event"
    __table_args__ = strict(Index("case_event_case", "case_id", "id"))

    id: int | None = row_id()
    key: str = text(unique=True)
    case_id: int = whole(foreign_key="case.id")
    what: str = text()  # opened, attempt, said, taken, moved, acted, asked, answered, late, closed, reopened, put_back
    actor: str = text()
    actor_kind: str = text()
    words: str = text("")  # for people
    data: str = text("{}")
    at: int = whole()
