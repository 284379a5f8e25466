"""What waits for a person, wherever the word "problem" stands: held orders, refunds due, and cases (what went wrong on
the way, and jobs that failed for good).

The tab Problems of the order list is the orders of these (book/queues.py): its number and this list agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import BindParameter, bindparam, select

from dokango.db import Tx, table_of, typed
from dokango.errors import NotFound
from dokango.money import taka
from dokango.orders.book.models import Order
from dokango.orders.cases.kinds import NEEDS_US
from dokango.orders.cases.rows import CASE
from dokango.orders.lifecycle.decisions.guards import HOLD_WORDS

_O = table_of(Order)
MOST = 500  # of each kind, the oldest
CASE_ID = "case-"  # before the number, in the id of a problem


class _FoundCase(NamedTuple):
    id: int
    kind: str
    state: str
    words: str
    opened_at: int
    due_at: int
    taken_by: str
    number: str | None


class _HeldOrder(NamedTuple):
    number: str
    held_reason: str
    held_note: str
    changed_at: int
    assigned_to: str


class _RefundDue(NamedTuple):
    number: str
    refund_due_poisha: int
    changed_at: int
    assigned_to: str


_most: BindParameter[int] = bindparam("most")
_found = (
    select(
        CASE.c.id, CASE.c.kind, CASE.c.state, CASE.c.words, CASE.c.opened_at, CASE.c.due_at, CASE.c.taken_by,
        _O.c.number,
    )
    .select_from(CASE.outerjoin(_O, _O.c.id == CASE.c.order_id))
    .order_by(CASE.c.id)
    .limit(_most)
)  # fmt: skip
_CASES = typed(_FoundCase, _found.where(CASE.c.closed_at.is_(None)))
_ONE_CASE = typed(_FoundCase, _found.where(CASE.c.id == bindparam("row")))
_HELD = typed(
    _HeldOrder,
    select(_O.c.number, _O.c.held_reason, _O.c.held_note, _O.c.changed_at, _O.c.assigned_to)
    .where(_O.c.held_reason.is_not(None))
    .order_by(_O.c.placed_at, _O.c.id)
    .limit(_most),
)
_REFUNDS = typed(
    _RefundDue,
    select(_O.c.number, _O.c.refund_due_poisha, _O.c.changed_at, _O.c.assigned_to)
    .where(_O.c.money == "refund_due")
    .order_by(_O.c.placed_at, _O.c.id)
    .limit(_most),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that waits for a person: for which order (its number), since when, in words, and who has taken it.

    `due_us`: by when it must be dealt with; None where nothing says so. `case_id`: its case, 0 where it is none.
    """

    id: str
    order: str | None
    kind: str
    since_us: int
    words: str
    taken_by: str = ""
    state: str = NEEDS_US
    due_us: int | None = None
    case_id: int = 0


def open_cases(tx: Tx) -> list[Problem]:
    """The cases that nobody has closed, the oldest first."""
    return [_case(row) for row in tx.rows(_CASES, most=MOST)]


def case_problem(tx: Tx, case_id: int) -> Problem:
    """One case, closed or not; raises NotFound."""
    found = tx.one(_ONE_CASE, row=case_id, most=1)
    if found is None:
        raise NotFound("problem", case_id)
    return _case(found)


def problems(tx: Tx) -> list[Problem]:
    """Everything that waits, the oldest first."""
    found = [
        *open_cases(tx),
        *(_held(row) for row in tx.rows(_HELD, most=MOST)),
        *(_refund(row) for row in tx.rows(_REFUNDS, most=MOST)),
    ]
    return sorted(found, key=lambda problem: problem.since_us)


def _case(row: _FoundCase) -> Problem:
    return Problem(
        f"{CASE_ID}{row.id}", row.number, row.kind, row.opened_at, row.words, row.taken_by, row.state, row.due_at,
        row.id,
    )  # fmt: skip


def _held(row: _HeldOrder) -> Problem:
    words = f"On hold because {HOLD_WORDS[row.held_reason]}." + (f" {row.held_note}" if row.held_note else "")
    return Problem(f"held-{row.number}", row.number, "held", row.changed_at, words, row.assigned_to)


def _refund(row: _RefundDue) -> Problem:
    words = f"{taka(row.refund_due_poisha)} is due back to the customer."
    return Problem(f"refund-{row.number}", row.number, "refund_due", row.changed_at, words, row.assigned_to)
