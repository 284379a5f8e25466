"""What must hold at every moment of a story, whatever befell it."""

from __future__ import annotations

from sqlalchemy import bindparam, func, or_, select

from dokango.clock import US_PER_S
from dokango.couriers.models import Shipment
from dokango.couriers.registry import COURIERS
from dokango.db import Statement, Tx, table_of
from dokango.jobs.models import Job
from dokango.orders.book.rows import ORDER
from dokango.orders.cases.kinds import KINDS, NEXT_ACTS
from dokango.orders.cases.rows import CASE

_S, _J = table_of(Shipment), table_of(Job)
SAID_WITHIN_S = 61  # the clock that says which cases are late looks once a minute
ANSWERED_WITHIN_S = 5 * 60
_CASES = Statement(select(*CASE.c).where(CASE.c.closed_at.is_(None)))
_UNSETTLED = Statement(
    select(_S.c.id, _S.c.order_id, _S.c.booking, _S.c.requested_at, CASE.c.id.label("case_id"))
    .select_from(
        _S.outerjoin(
            CASE,
            (CASE.c.order_id == _S.c.order_id) & (CASE.c.kind == "booking_uncertain") & CASE.c.closed_at.is_(None),
        )
    )
    .where(_S.c.booking.in_(["requested", "uncertain"]))
)
_LIVE = Statement(
    select(_S.c.order_id, func.count().label("parcels"))
    .where(_S.c.live == 1)
    .group_by(_S.c.order_id)
    .having(func.count() > 1)
)
# A live parcel that nobody asks about although its courier can be asked, and has more to say. One that is followed by
# hand has the clock of late parcels.
_UNASKED = Statement(
    select(_S.c.id, _S.c.status, _S.c.booking)
    .select_from(_S.join(ORDER, ORDER.c.id == _S.c.order_id).outerjoin(
        CASE, (CASE.c.order_id == _S.c.order_id) & CASE.c.closed_at.is_(None)))
    .where(
        ORDER.c.status == "shipped", _S.c.live == 1, _S.c.booking == "booked", _S.c.ask_at.is_(None),
        CASE.c.id.is_(None), _S.c.courier.in_([kind.key for kind in COURIERS.values() if kind.by_api]),
    )
)  # fmt: skip
_JOBS = Statement(select(_J.c.key, _J.c.state, _J.c.error, _J.c.due_at, _J.c.lease_until).where(
    or_(_J.c.state == "waiting", _J.c.state == "running"), _J.c.order_id >= bindparam("first")))  # fmt: skip


def faults_of(tx: Tx, now_us: int) -> list[str]:
    """What is wrong with cases, bookings and parcels at this moment; the worker has just done all that was due."""
    return [
        *(f"order {row.order_id} has {row.parcels} live parcels" for row in tx.rows(_LIVE)),
        *(fault for case in tx.rows(_CASES) if (fault := _of_case(case, now_us))),
        *(fault for row in tx.rows(_UNSETTLED) if (fault := _of_booking(row, now_us))),
        *(f"parcel {row.id} ({row.status}) is asked about never again, and is nobody's" for row in tx.rows(_UNASKED)),
    ]


def jobs_left(tx: Tx, first_order: int) -> list[str]:
    """Work of these orders that is not done."""
    return [f"{row.key} is {row.state}: {row.error}" for row in tx.rows(_JOBS, first=first_order)]


def _of_case(case: object, now_us: int) -> str:
    row = case
    said = f"case {row.id}, {row.kind} of order {row.order_id} in {row.state}"  # type: ignore[attr-defined]
    if not row.taken_by and not KINDS[row.kind].desk:  # type: ignore[attr-defined]
        return f"{said} has no owner"
    if not row.due_at or row.next_act not in NEXT_ACTS:  # type: ignore[attr-defined]
        return f"{said} has no deadline or no next act"
    if row.due_at < now_us - SAID_WITHIN_S * US_PER_S and row.said_late_at is None:  # type: ignore[attr-defined]
        return f"{said} is past its deadline, and nobody was told"
    return ""


def _of_booking(row: object, now_us: int) -> str:
    waits_s = (now_us - row.requested_at) // US_PER_S  # type: ignore[attr-defined]
    if row.booking == "requested" and waits_s > ANSWERED_WITHIN_S:  # type: ignore[attr-defined]
        return f"parcel {row.id} was asked for {waits_s} s ago, and nobody knows more"  # type: ignore[attr-defined]
    if row.booking == "uncertain" and row.case_id is None:  # type: ignore[attr-defined]
        return f"booking of parcel {row.id} is uncertain, and is no case"  # type: ignore[attr-defined]
    return ""
