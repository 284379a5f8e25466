"""What waits for a person, wherever the word "problem" stands: held orders, refunds due, parcels with a problem, and
resolutions (a job that failed for good opens one).

The tab Problems of the order list is the orders of these (book/queues.py): its number and this list agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import BindParameter, bindparam, select

from dokango.couriers.models import Resolution, Shipment
from dokango.db import Tx, table_of, typed
from dokango.money import taka
from dokango.orders.book.models import Order
from dokango.orders.lifecycle.guards import HOLD_WORDS

_O = table_of(Order)
_S = table_of(Shipment)
_R = table_of(Resolution)
MOST = 500  # of each kind, the oldest


class _OpenResolution(NamedTuple):
    id: int
    kind: str
    words: str
    opened_at: int
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


class _ProblemParcel(NamedTuple):
    id: int
    problem: str
    status_at: int | None
    requested_at: int
    number: str
    assigned_to: str


_most: BindParameter[int] = bindparam("most")
_RESOLUTIONS = typed(
    _OpenResolution,
    select(_R.c.id, _R.c.kind, _R.c.words, _R.c.opened_at, _R.c.taken_by, _O.c.number)
    .select_from(_R.outerjoin(_O, _O.c.id == _R.c.order_id))
    .where(_R.c.closed_at.is_(None))
    .order_by(_R.c.id)
    .limit(_most),
)
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
_PARCELS = typed(
    _ProblemParcel,
    select(
        _S.c.id, _S.c.problem, _S.c.status_at, _S.c.requested_at, _O.c.number, _O.c.assigned_to
    )
    .join(_O, _O.c.id == _S.c.order_id)
    .where(_S.c.live == 1, _S.c.problem != "")
    .order_by(_S.c.id)
    .limit(_most),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that waits for a person: for which order (its number), since when, in words, and who has taken it."""

    id: str
    order: str | None
    kind: str
    since_us: int
    words: str
    taken_by: str = ""


def open_resolutions(tx: Tx) -> list[Problem]:
    """The resolutions that nobody has closed, the oldest first."""
    return [
        Problem(f"resolution-{row.id}", row.number, row.kind, row.opened_at, row.words, row.taken_by)
        for row in tx.rows(_RESOLUTIONS, most=MOST)
    ]


def problems(tx: Tx) -> list[Problem]:
    """Everything that waits, the oldest first."""
    found = [
        *open_resolutions(tx),
        *(_held(row) for row in tx.rows(_HELD, most=MOST)),
        *(_refund(row) for row in tx.rows(_REFUNDS, most=MOST)),
        *(_parcel(row) for row in tx.rows(_PARCELS, most=MOST)),
    ]
    return sorted(found, key=lambda problem: problem.since_us)


def _held(row: _HeldOrder) -> Problem:
    words = f"On hold because {HOLD_WORDS[row.held_reason]}." + (f" {row.held_note}" if row.held_note else "")
    return Problem(f"held-{row.number}", row.number, "held", row.changed_at, words, row.assigned_to)


def _refund(row: _RefundDue) -> Problem:
    words = f"{taka(row.refund_due_poisha)} is due back to the customer."
    return Problem(f"refund-{row.number}", row.number, "refund_due", row.changed_at, words, row.assigned_to)


def _parcel(row: _ProblemParcel) -> Problem:
    since = row.status_at or row.requested_at
    return Problem(f"parcel-{row.id}", row.number, "parcel", since, row.problem, row.assigned_to)
