"""Invariants of cases: none is forgotten, and none changes without a word."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import and_, case, func, or_, select

from dokango.couriers.models import ParcelRequest, Shipment
from dokango.db import Tx, table_of, typed
from dokango.orders.book.models import Order
from dokango.orders.cases.kinds import ASKED_OF_COURIER, KINDS, NEXT_ACTS, STATES
from dokango.orders.cases.rows import CASE, EVENT
from dokango.orders.claims.models import CourierClaim

_O, _S, _CLAIM = table_of(Order), table_of(Shipment), table_of(CourierClaim)
_R = table_of(ParcelRequest)


class _Adrift(NamedTuple):
    id: int
    kind: str
    state: str
    due_at: int
    next_act: str


_ADRIFT = typed(_Adrift,
    select(CASE.c.id, CASE.c.kind, CASE.c.state, CASE.c.due_at, CASE.c.next_act).where(
        CASE.c.closed_at.is_(None),
        or_(
            CASE.c.due_at < CASE.c.opened_at, CASE.c.kind.not_in(list(KINDS)), CASE.c.state.not_in(list(STATES)),
            CASE.c.next_act.not_in(list(NEXT_ACTS)),
        ),
    )
)  # fmt: skip
_count = func.count(EVENT.c.id)
_reports = func.sum(case((EVENT.c.what.in_(["opened", "attempt"]), 1), else_=0))
# what was closed and, its step undone, opened again has not ended
_ends = func.coalesce(func.sum(case((EVENT.c.what == "closed", 1), (EVENT.c.what == "reopened", -1), else_=0)), 0)


class _Counted(NamedTuple):
    id: int
    version: int
    attempts: int
    outcome: str
    closed_at: int | None
    happened: int
    reports: int
    ends: int


_UNEXPLAINED = typed(
    _Counted,
    select(
        CASE.c.id,
        CASE.c.version,
        CASE.c.attempts,
        CASE.c.outcome,
        CASE.c.closed_at,
        _count.label("happened"),
        _reports.label("reports"),
        _ends.label("ends"),
    )
    .select_from(CASE.outerjoin(EVENT, EVENT.c.case_id == CASE.c.id))
    .group_by(CASE.c.id, CASE.c.version, CASE.c.attempts, CASE.c.outcome, CASE.c.closed_at),
)
_OPEN_OF_ORDER = and_(CASE.c.order_id == _S.c.order_id, CASE.c.closed_at.is_(None))


class _Forgotten(NamedTuple):
    number: str
    problem: str


_FORGOTTEN = typed(
    _Forgotten,
    select(_O.c.number, _S.c.problem)
    .select_from(_S.join(_O, _O.c.id == _S.c.order_id).outerjoin(CASE, _OPEN_OF_ORDER))
    .where(_S.c.live == 1, _S.c.problem != "", CASE.c.id.is_(None)),
)


_CLAIMS_CASE = and_(CASE.c.shipment_id == _CLAIM.c.shipment_id, CASE.c.kind == "claim", CASE.c.closed_at.is_(None))


class _Unwatched(NamedTuple):
    id: int


_UNWATCHED = typed(
    _Unwatched,
    select(_CLAIM.c.id)
    .select_from(_CLAIM.outerjoin(CASE, _CLAIMS_CASE))
    .where(_CLAIM.c.closed_at.is_(None), CASE.c.id.is_(None)),
)


_WISH_CASE = and_(CASE.c.order_id == _O.c.id, CASE.c.kind == "change_asked", CASE.c.closed_at.is_(None))


class _Unheard(NamedTuple):
    number: str
    wish_kind: str
    cases: int


_UNHEARD = typed(
    _Unheard,
    select(_O.c.number, _O.c.wish_kind, func.count(CASE.c.id).label("cases"))
    .select_from(_O.outerjoin(CASE, _WISH_CASE))
    .where(or_(_O.c.wish_kind != "", CASE.c.id.is_not(None)))
    .group_by(_O.c.id, _O.c.number, _O.c.wish_kind),
)


_TOLD_OF = and_(CASE.c.shipment_id == _R.c.shipment_id, CASE.c.kind.in_(ASKED_OF_COURIER), CASE.c.closed_at.is_(None))


class _Unanswered(NamedTuple):
    number: str
    what: str


_UNANSWERED = typed(
    _Unanswered,
    select(_O.c.number, _R.c.what)
    .select_from(_R.join(_S, _S.c.id == _R.c.shipment_id).join(_O, _O.c.id == _S.c.order_id).outerjoin(CASE, _TOLD_OF))
    .where(_R.c.state.in_(["accepted", "uncertain"]), _S.c.live == 1, _O.c.status == "shipped", CASE.c.id.is_(None)),
)


def requests_to_couriers_have_a_case(tx: Tx) -> list[str]:
    """What a courier was asked to do with a parcel on its way, and is not known to have done, waits as a case."""
    return [f"#{row.number}: asked to {row.what}, and no case" for row in tx.rows(_UNANSWERED)]


def open_wishes_have_a_case(tx: Tx) -> list[str]:
    """What a customer asks for waits as one case, exactly until it is answered."""
    return [
        f"#{row.number}: asks “{row.wish_kind}”, {row.cases} cases"
        for row in tx.rows(_UNHEARD)
        if row.cases != bool(row.wish_kind)
    ]


def open_cases_have_a_deadline_and_a_next_act(tx: Tx) -> list[str]:
    """Every case that waits says of which kind it is, in which state, by when it must be answered, and what is next."""
    return [
        f"case {row.id}: {row.kind} in {row.state}, due {row.due_at}, next “{row.next_act}”" for row in tx.rows(_ADRIFT)
    ]


def cases_are_explained_by_what_happened_on_them(tx: Tx) -> list[str]:
    """Each case changed as often as something is written down on it; a closed one says once with which outcome."""
    wrong = []
    for case_id, version, attempts, outcome, closed_at, happened, reports, ends in tx.rows(_UNEXPLAINED):
        ended = closed_at is not None
        if (version, attempts, bool(outcome), ended) != (happened, int(reports), ended, bool(ends)) or ends > 1:
            wrong.append(f"case {case_id}: version {version}, {happened} happenings, {reports} reports, {ends} ends")
    return wrong


def open_claims_have_a_case(tx: Tx) -> list[str]:
    """A claim waits for its courier as a case: with a deadline, which is the end of the courier's window."""
    return [f"claim {row.id} has no case" for row in tx.rows(_UNWATCHED)]


def parcels_in_trouble_have_a_case(tx: Tx) -> list[str]:
    """A live parcel that has a problem has an open case: with an owner, a deadline and a next act."""
    return [f"#{row.number}: “{row.problem}”, and no case" for row in tx.rows(_FORGOTTEN)]
