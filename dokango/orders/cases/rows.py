"""Reading cases and what happened on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from dokango.db import Statement, Tx, table_of, typed
from dokango.errors import NotFound
from dokango.orders.book import rows as orders
from dokango.orders.cases.models import Case, CaseEvent

CASE, EVENT = table_of(Case), table_of(CaseEvent)


class CaseRow(NamedTuple):
    """All columns of a case; what each holds stands with the model."""

    id: int
    subject: str
    order_id: int | None
    shipment_id: int | None
    kind: str
    family: str
    state: str
    words: str
    taken_by: str
    next_act: str
    attempts: int
    version: int
    opened_at: int
    moved_at: int
    due_at: int
    said_late_at: int | None
    closed_at: int | None
    closed_by: str
    outcome: str
    to_courier: str
    then_state: str
    then_next: str
    then_due: int
    asks: int
    asked_attempt: int
    answered: int
    answer: str

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.closed_at is None


class CaseEventRow(NamedTuple):
    """One thing that happened on a case; `data` is JSON."""

    id: int
    key: str
    case_id: int
    what: str
    actor: str
    actor_kind: str
    words: str
    data: str
    at: int


_BY_ID = typed(CaseRow, select(*CASE.c).where(CASE.c.id == bindparam("row")))
_LOCK = Statement(select(CASE.c.id).where(CASE.c.id == bindparam("row")).with_for_update())
_OPEN_OF_ORDER = typed(
    CaseRow,
    select(*CASE.c).where(CASE.c.order_id == bindparam("order_id"), CASE.c.closed_at.is_(None)).order_by(CASE.c.id),
)
_OPEN_OF_SUBJECT = typed(
    CaseRow,
    select(*CASE.c).where(
        CASE.c.subject == bindparam("subject"), CASE.c.family == bindparam("family"), CASE.c.closed_at.is_(None)
    ),
)
_OF_ORDER = typed(CaseRow, select(*CASE.c).where(CASE.c.order_id == bindparam("order_id")).order_by(CASE.c.id))
_EVENTS = typed(CaseEventRow, select(*EVENT.c).where(EVENT.c.case_id == bindparam("case_id")).order_by(EVENT.c.id))
_EVENT_BY_KEY = typed(CaseEventRow, select(*EVENT.c).where(EVENT.c.key == bindparam("key")))
_MANY_OPEN = Statement(select(func.count()).select_from(CASE).where(CASE.c.closed_at.is_(None)))


def by_id(tx: Tx, case_id: int) -> CaseRow:
    """One case; raises NotFound."""
    found = tx.one(_BY_ID, row=case_id)
    if found is None:
        raise NotFound("problem", case_id)
    return found


def lock(tx: Tx, case_id: int) -> CaseRow:
    """The same, its row locked until the end of the transaction; raises NotFound. SQLite's one writer needs no lock."""
    if tx.dialect == "postgresql":
        tx.value(_LOCK, row=case_id)
    return by_id(tx, case_id)


def lock_with_order(tx: Tx, case_id: int) -> CaseRow:
    """The same, its order locked before it, as whoever changes an order locks them; raises NotFound."""
    order_id = by_id(tx, case_id).order_id
    if order_id is not None:
        orders.lock(tx, orders.number_of(tx, order_id))
    return lock(tx, case_id)


def open_of(tx: Tx, order_id: int) -> list[CaseRow]:
    """The cases of an order that wait, the oldest first."""
    return tx.rows(_OPEN_OF_ORDER, order_id=order_id)


def all_of(tx: Tx, order_id: int) -> list[CaseRow]:
    """Every case the order ever had, the oldest first."""
    return tx.rows(_OF_ORDER, order_id=order_id)


def open_about(tx: Tx, subject: str, family: str) -> CaseRow | None:
    """The open case of a family about `subject`, or None."""
    return tx.one(_OPEN_OF_SUBJECT, subject=subject, family=family)


def event_by_key(tx: Tx, key: str) -> CaseEventRow | None:
    """The happening with this key, or None while it was not written."""
    return tx.one(_EVENT_BY_KEY, key=key)


def events_of(tx: Tx, case_id: int) -> list[CaseEventRow]:
    """What happened on a case, the oldest first."""
    return tx.rows(_EVENTS, case_id=case_id)


def events_of_each(tx: Tx, case_ids: Sequence[int]) -> dict[int, list[CaseEventRow]]:
    """What happened on many cases, by the case's id, the oldest first."""
    found: dict[int, list[CaseEventRow]] = {case_id: [] for case_id in case_ids}
    wanted = select(*EVENT.c).where(EVENT.c.case_id.in_(list(case_ids))).order_by(EVENT.c.id)
    for row in tx.rows(typed(CaseEventRow, wanted)) if case_ids else ():
        found[row.case_id].append(row)
    return found


def how_many_open(tx: Tx) -> int:
    """How many cases wait."""
    return int(tx.value(_MANY_OPEN))
