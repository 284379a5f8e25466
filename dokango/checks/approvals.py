"""Invariants of the second person: nothing large is booked by one alone, and what waits is marked as waiting."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, select

from dokango.audit import Event
from dokango.clock import US_PER_S, day_of
from dokango.db import Tx, table_of, typed
from dokango.money import taka
from dokango.orders.approvals.rows import APPROVAL, APPROVED, PAYMENT, REFUND, REVERSAL, WAITING, ApprovalRow
from dokango.orders.book.models import Order
from dokango.payments.models import GivenBack, Payment, PaymentReversal, Refund, ReservedTrxId

_E, _O, _P, _R, _T = (table_of(model) for model in (Event, Order, Payment, Refund, ReservedTrxId))
_B, _G = table_of(PaymentReversal), table_of(GivenBack)
_SETTING = "second_person_above_poisha"
_OVERLAP_US = 10 * US_PER_S  # a booking that began before the limit was changed is measured by the one it saw


class _Set(NamedTuple):
    happened_at: int
    data: str


class _Booked(NamedTuple):
    order_id: int
    key: str
    data: str
    method: str
    amount_poisha: int
    written_at: int


class _Sent(NamedTuple):
    id: int
    phone: str
    by: str
    amount_poisha: int
    given_at: int


class _Marked(NamedTuple):
    number: str
    marked: str
    kind: str | None
    person: int
    asked_person: int | None
    trx_id: str | None
    kept_for: int | None
    id: int


_SETTINGS = typed(_Set, select(_E.c.happened_at, _E.c.data).where(_E.c.action == "settings_changed").order_by(_E.c.id))
_PAYMENTS = typed(
    _Booked,
    select(_P.c.order_id, _E.c.key, _E.c.data, _P.c.method, _P.c.amount_poisha, _E.c.written_at).join(
        _E, _E.c.id == _P.c.event_id
    ),
)
_REFUNDS = typed(
    _Booked,
    select(_R.c.order_id, _E.c.key, _E.c.data, _R.c.method, _R.c.amount_poisha, _E.c.written_at)
    .join(_E, _E.c.id == _R.c.event_id)
    .order_by(_R.c.id),
)
_REVERSALS = typed(
    _Booked,
    select(_B.c.order_id, _E.c.key, _E.c.data, _B.c.method, _B.c.amount_poisha, _E.c.written_at).join(
        _E, _E.c.id == _B.c.event_id
    ),
)
_SENT = typed(_Sent, select(*(_G.c[name] for name in _Sent._fields)).order_by(_G.c.id))
_APPROVED = typed(ApprovalRow, select(*APPROVAL.c).where(APPROVAL.c.state == APPROVED))
_WAITS = and_(APPROVAL.c.order_id == _O.c.id, APPROVAL.c.state == WAITING)
_KEPT_FOR = and_(_T.c.method == APPROVAL.c.method, _T.c.trx_id == APPROVAL.c.trx_id)
_MARKED = typed(
    _Marked,
    select(
        _O.c.number, _O.c.approval_kind.label("marked"), APPROVAL.c.kind, _O.c.approval_person.label("person"),
        APPROVAL.c.asked_person, APPROVAL.c.trx_id, _T.c.order_id.label("kept_for"), _O.c.id,
    )
    .select_from(_O.outerjoin(APPROVAL, _WAITS).outerjoin(_T, _KEPT_FOR))
    .where((_O.c.approval_kind != "") | APPROVAL.c.id.is_not(None)),
)  # fmt: skip


def large_amounts_are_booked_by_two(tx: Tx) -> list[str]:
    """No payment or refund above the limit of its time was booked, or taken back, without another's approval."""
    limits = _limits(tx.rows(_SETTINGS))
    if not limits:
        return []
    approved = {row.id: row for row in tx.rows(_APPROVED)}
    given_back: dict[int, int] = defaultdict(int)
    wrong = [
        one
        for query, kind in ((_PAYMENTS, PAYMENT), (_REVERSALS, REVERSAL))
        for row in tx.rows(query)
        if (one := _alone(row, kind, row.amount_poisha, limits, approved))
    ]
    for row in tx.rows(_REFUNDS):
        given_back[row.order_id] += row.amount_poisha
        if one := _alone(row, REFUND, given_back[row.order_id], limits, approved):
            wrong.append(one)
    return wrong


def what_one_person_sends_back_is_within_the_limit_of_the_day(tx: Tx) -> list[str]:
    """What one person sent back of no order in a day, and what one phone got of it, is within the limit of its time."""
    limits = _limits(tx.rows(_SETTINGS))
    sums: dict[tuple[date, str, str], int] = defaultdict(int)
    wrong = []
    for row in tx.rows(_SENT) if limits else ():
        for whose in (("by", row.by), *((("to", row.phone),) if row.phone else ())):
            sums[day_of(row.given_at), *whose] += row.amount_poisha
            if all(limit and sums[day_of(row.given_at), *whose] > limit for limit in _in_force(limits, row.given_at)):
                wrong.append(f"given back {row.id}: {taka(row.amount_poisha)} was sent {' '.join(whose)} alone")
    return wrong


def what_waits_for_approval_is_marked(tx: Tx) -> list[str]:
    """An order is marked as waiting for a second person exactly while something does; its TrxID is its own."""
    return [
        f"#{row.number}: marked “{row.marked}”, “{row.kind or ''}” waits"
        for row in tx.rows(_MARKED)
        if (row.marked, row.person) != (row.kind, row.asked_person) or (row.trx_id and row.kept_for != row.id)
    ]


def _limits(changes: Iterable[_Set]) -> list[tuple[int, int]]:
    """(since when, in poisha), each limit that the trail tells of; 0 is none. The first holds from the beginning."""
    found: list[tuple[int, int]] = []
    for change in changes:
        was_now = json.loads(change.data).get("changed", {}).get(_SETTING)
        if was_now is not None:
            found = found or [(0, was_now[0])]
            found.append((change.happened_at, was_now[1]))
    return found


def _alone(
    row: _Booked, kind: str, weight_poisha: int, limits: Sequence[tuple[int, int]], approved: dict[int, ApprovalRow]
) -> str:
    """What is wrong with a booking; "" when nothing is."""
    if any(not limit or weight_poisha <= limit for limit in _in_force(limits, row.written_at)):
        return ""
    under = approved.get(json.loads(row.data).get("approval", 0))
    fits = under is not None and (under.order_id, under.kind, under.method, under.amount_poisha) == (
        row.order_id, kind, row.method, row.amount_poisha,
    )  # fmt: skip
    if under is not None and fits and under.asked_person != under.decided_person:
        return ""
    return f"{row.key}: {taka(row.amount_poisha)} was booked by one person"


def _in_force(limits: Sequence[tuple[int, int]], at_us: int) -> list[int]:
    ends = [since for since, _ in limits[1:]] + [2**62]
    return [
        limit for (since, limit), end in zip(limits, ends, strict=True) if since <= at_us and end > at_us - _OVERLAP_US
    ]
