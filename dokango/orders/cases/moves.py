"""The life of a case: it is opened, moves from desk to desk, and is closed. Nothing else writes cases.

Each step writes down what happened, once for its key; a case never waits without a deadline and a next act.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from sqlalchemy import bindparam, insert

from dokango import topics
from dokango.clock import US_PER_S
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import COURIERS
from dokango.db import Statement, Tx
from dokango.db.setter import Setter
from dokango.orders.book import rows as orders
from dokango.orders.cases import rows
from dokango.orders.cases.kinds import (
    ANSWERED_BY_DELIVERY,
    CLOSED,
    KINDS,
    NEEDS_US,
    OUTLIVE_DELIVERY,
    TO_INSPECT,
    CaseKind,
)
from dokango.orders.cases.rows import CASE, EVENT, CaseRow
from dokango.people.actor import SYSTEM, Actor

# of a case that has just been opened: nobody has it, nobody was told or asked
_FRESH: Mapping[str, int | str] = {
    "taken_by": "", "attempts": 1, "version": 1, "closed_by": "", "outcome": "", "to_courier": "", "then_state": "",
    "then_next": "", "then_due": 0, "asks": 0, "asked_attempt": 0, "answered": 0, "answer": "{}",
}  # fmt: skip
_NEW = Statement(
    insert(CASE).returning(CASE.c.id),
    columns=[
        "subject", "order_id", "shipment_id", "kind", "family", "state", "words", "next_act", "opened_at", "moved_at",
        "due_at", *_FRESH,
    ],
)  # fmt: skip
_EVENT = Statement(insert(EVENT), columns=["key", "case_id", "what", "actor", "actor_kind", "words", "data", "at"])
_SET = Setter(CASE, CASE.c.id == bindparam("row_id"))
HOUR_US = 3_600 * US_PER_S
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Matter:
    """What a case is about: `subject` names it; a parcel's, an order's, or the shop's own when it has neither."""

    subject: str
    order_id: int | None = None
    parcel: ParcelRow | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """What is written down on a case: once for its `key`, in words for people, by somebody, at `now_us`."""

    key: str
    words: str
    now_us: int
    actor: Actor = SYSTEM
    data: Mapping[str, object] | None = None


class WhereStood(TypedDict):
    """Where an open case stood, to be put back there."""

    id: int
    state: str
    next_act: str
    due_at: int


class More(TypedDict, total=False):
    """Columns of a case that change with a step of it; what each holds stands with the model."""

    kind: str
    words: str
    taken_by: str
    said_late_at: int | None
    to_courier: str
    then_state: str
    then_next: str
    then_due: int
    asks: int
    asked_attempt: int
    answered: int
    answer: str


def about_parcel(parcel: ParcelRow) -> Matter:
    """A case of this parcel."""
    return Matter(f"shipment/{parcel.id}", parcel.order_id, parcel)


def about_order(order_id: int) -> Matter:
    """A case of an order, whatever its parcel."""
    return Matter(f"order/{order_id}", order_id)


def open_case(
    tx: Tx,
    matter: Matter,
    kind: str,
    happened: Happened,
    *,
    state: str = NEEDS_US,
    next_act: str = "",
    due_us: int | None = None,
) -> int:
    """Let it wait for somebody; the case's id. What is known by its key changes nothing, and opens nothing again.

    While a case of this family is open for the matter, another report is an attempt on it: it takes the new kind,
    words, state and deadline. `next_act` and `due_us` are the kind's and its courier's unless they are given.
    """
    _lock(tx, matter.order_id)
    known = rows.event_by_key(tx, happened.key)
    if known is not None:
        return known.case_id
    row = KINDS[kind]
    stand = {
        "kind": kind, "state": state, "words": happened.words, "next_act": next_act or row.next_act,
        "due_at": due_us or due_of(row, matter.parcel, happened.now_us),
    }  # fmt: skip
    found = rows.open_about(tx, matter.subject, row.family)
    if found is None:
        case_id = _add(tx, matter, row, stand, happened.now_us)
        _note(tx, case_id, "opened", happened)
    else:
        case_id = found.id
        _change(tx, found, happened, {**stand, "attempts": found.attempts + 1, "said_late_at": None})
        _note(tx, case_id, "attempt", happened)
    _announce(tx, matter.order_id)
    return case_id


def due_of(kind: CaseKind, parcel: ParcelRow | None, heard_us: int) -> int:
    """By when a case of this kind that was heard of at `heard_us` must be answered: the rule of its courier's row."""
    courier = COURIERS.get(parcel.courier) if parcel is not None else None
    wanted = courier.cases.deadline(kind.key, heard_us) if courier is not None else None
    return heard_us + kind.hours * HOUR_US if wanted is None else wanted


def due_by_hours(now_us: int, hours: int = 24) -> int:
    """A deadline so many hours from now."""
    return now_us + hours * HOUR_US


def move(
    tx: Tx,
    case: CaseRow,
    what: str,
    happened: Happened,
    *,
    state: str,
    next_act: str,
    due_us: int,
    **more: Unpack[More],
) -> bool:
    """Hand an open case on: who is to act now, what, and by when; `more` are other columns.

    False for one that is closed, or a known key.
    """
    case = _locked(tx, case)
    if not case.is_open or rows.event_by_key(tx, happened.key) is not None:
        return False
    stand: dict[str, object] = {"state": state, "next_act": next_act, "due_at": due_us, "said_late_at": None}
    _change(tx, case, happened, {**stand, **more})
    _note(tx, case.id, what, happened)
    _announce(tx, case.order_id)
    return True


def note(tx: Tx, case: CaseRow, what: str, happened: Happened, **stand: Unpack[More]) -> bool:
    """Write down what was said or done on a case, and what it changes of its `stand`. False for a known key."""
    case = _locked(tx, case)
    if rows.event_by_key(tx, happened.key) is not None:
        return False
    _change(tx, case, happened, stand)
    _note(tx, case.id, what, happened)
    _announce(tx, case.order_id)
    return True


def close(tx: Tx, case: CaseRow, outcome: str, happened: Happened) -> bool:
    """It waits no more, and says with which outcome. False when it was closed before.

    One that was put back after its end is closed once more, under a key of its own.
    """
    case = _locked(tx, case)
    if not case.is_open:
        return False
    if rows.event_by_key(tx, happened.key) is not None:
        happened = replace(happened, key=f"{happened.key}/{case.version}")
    closed = {"state": CLOSED, "closed_at": happened.now_us, "closed_by": happened.actor.name, "outcome": outcome}
    _change(tx, case, happened, {**closed, "next_act": ""})
    _note(tx, case.id, "closed", happened)
    _announce(tx, case.order_id)
    return True


def put_back(tx: Tx, stood: WhereStood, happened: Happened) -> None:
    """Let a case stand where it stood before a step that was undone: open again, where that step had closed it."""
    case = _locked(tx, rows.by_id(tx, stood["id"]))
    where = {"state": stood["state"], "next_act": stood["next_act"], "due_at": stood["due_at"]}
    if case.is_open and {name: getattr(case, name) for name in where} == where:
        return
    what = "put_back" if case.is_open else "reopened"
    _change(tx, case, happened, {**where, "closed_at": None, "closed_by": "", "outcome": "", "said_late_at": None})
    _note(tx, case.id, what, happened)
    _announce(tx, case.order_id)


def close_kinds(tx: Tx, order_id: int, kinds: tuple[str, ...], outcome: str, *, by: Actor, now_us: int) -> None:
    """Close the order's open cases of these kinds: this much of it is settled."""
    for case in rows.open_of(tx, order_id):
        if case.kind in kinds:
            close(tx, case, outcome, Happened(f"case/{case.id}/closed", outcome, now_us, by))


def close_ended(tx: Tx, order_id: int, status: str, *, inspects: bool, by: Actor, now_us: int) -> None:
    """The order has ended as `status`: what waited for that waits no more.

    A delivery leaves what it cannot settle, and answers what was kept; what came back and is still to be inspected
    (`inspects`) keeps its case, and a parcel that another took over is still to come back.
    """
    stays = OUTLIVE_DELIVERY if status == "delivered" else ()
    still_out = {parcel.id for parcel in shipments.all_of(tx, order_id) if parcel.booking == "superseded"}
    for case in rows.open_of(tx, order_id):
        waits = (
            (case.kind in stays and case.next_act != ANSWERED_BY_DELIVERY)
            or KINDS[case.kind].outlives_order
            or case.shipment_id in still_out
            or (inspects and case.state == TO_INSPECT)
        )
        then = KINDS[case.kind].once_delivered if status == "delivered" and waits else ""
        if then:
            said = Happened(f"case/{case.id}/delivered/{case.version}", status, now_us, by)
            move(tx, case, "moved", said, state=NEEDS_US, next_act=then, due_us=due_by_hours(now_us))
        if not waits:
            close(tx, case, status, Happened(f"case/{case.id}/closed", status, now_us, by))


def _add(tx: Tx, matter: Matter, kind: CaseKind, stand: Mapping[str, object], now_us: int) -> int:
    shipment_id = matter.parcel.id if matter.parcel is not None else None
    return int(
        tx.value(
            _NEW, **stand, **_FRESH, subject=matter.subject, order_id=matter.order_id, shipment_id=shipment_id,
            family=kind.family, opened_at=now_us, moved_at=now_us,
        )
    )  # fmt: skip


def _change(tx: Tx, case: CaseRow, happened: Happened, stand: Mapping[str, object]) -> None:
    _SET.run(tx, {**stand, "version": case.version + 1, "moved_at": happened.now_us}, row_id=case.id)


def _note(tx: Tx, case_id: int, what: str, happened: Happened) -> None:
    tx.run(
        _EVENT, key=happened.key, case_id=case_id, what=what, actor=happened.actor.name,
        actor_kind=happened.actor.kind, words=happened.words, at=happened.now_us,
        data=_as_json(dict(happened.data)) if happened.data else "{}",
    )  # fmt: skip


def _lock(tx: Tx, order_id: int | None) -> None:
    """One order's cases change one after the other."""
    if order_id is not None:
        orders.lock(tx, orders.number_of(tx, order_id))


def _locked(tx: Tx, case: CaseRow) -> CaseRow:
    _lock(tx, case.order_id)
    return rows.lock(tx, case.id)


def _announce(tx: Tx, order_id: int | None) -> None:
    tx.changed(topics.ORDERS)
    if order_id is not None:
        tx.changed(topics.of_order(orders.number_of(tx, order_id)))
