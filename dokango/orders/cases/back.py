"""A parcel that is back at the shop, as its case goes on: to be inspected, then sent again or closed."""

from __future__ import annotations

from dataclasses import replace

from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.db import Tx
from dokango.orders.cases import rows
from dokango.orders.cases.kinds import (
    COMING_BACK,
    FAILED_DELIVERIES,
    HOURS_TO_INSPECT,
    HOURS_TO_RETURN,
    NEEDS_US,
    TO_INSPECT,
)
from dokango.orders.cases.moves import HOUR_US, Happened, about_parcel, close, move, open_case
from dokango.orders.cases.rows import CaseRow
from dokango.orders.cases.words import kind_of

HOURS_TO_DECIDE = 48
SENT_AGAIN = "sent again"


def to_inspect(tx: Tx, order_id: int, happened: Happened) -> None:
    """The order's live parcel is here, and nobody has looked at it yet."""
    parcel = shipments.live_of(tx, order_id)
    case, due_us = _of(tx, order_id), happened.now_us + HOURS_TO_INSPECT * HOUR_US
    if case is not None:
        move(tx, case, "moved", happened, state=TO_INSPECT, next_act="inspect", due_us=due_us)
    elif parcel is not None:
        _open(tx, parcel, happened, due_us)


def inspected(tx: Tx, order_id: int, happened: Happened) -> None:
    """All of it was looked at: somebody decides whether it goes out again."""
    due_us = happened.now_us + HOURS_TO_DECIDE * HOUR_US
    for case in _all_of(tx, order_id)[:1]:
        move(tx, case, "moved", happened, state=NEEDS_US, next_act="decide_again", due_us=due_us)
    _close_others(tx, order_id, "inspected", happened)


def sent_again(tx: Tx, order_id: int, happened: Happened) -> None:
    """It goes out once more."""
    for case in _all_of(tx, order_id)[:1]:
        close(tx, case, SENT_AGAIN, happened)
    _close_others(tx, order_id, SENT_AGAIN, happened)


def _open(tx: Tx, parcel: ParcelRow, happened: Happened, due_us: int) -> None:
    kind = kind_of(happened.words)
    open_case(tx, about_parcel(parcel), kind, happened, state=TO_INSPECT, next_act="inspect", due_us=due_us)


def _of(tx: Tx, order_id: int) -> CaseRow | None:
    return next(iter(_all_of(tx, order_id)), None)


def _all_of(tx: Tx, order_id: int) -> list[CaseRow]:
    """The cases of a parcel that comes back: first of a failed delivery, then of one that was kept in part."""
    found = rows.open_of(tx, order_id)
    return [c for c in found if c.kind in FAILED_DELIVERIES] + [c for c in found if c.kind == "partial"]


def _close_others(tx: Tx, order_id: int, outcome: str, happened: Happened) -> None:
    """What still waits to be inspected beside the case that went on: it was the same parcel."""
    for case in _all_of(tx, order_id):
        if case.state == TO_INSPECT:
            close(tx, case, outcome, replace(happened, key=f"{happened.key}/{case.id}"))


def part_kept(tx: Tx, order_id: int, happened: Happened) -> None:
    """The customer kept a part: the rest is waited for, on the case that asked what was kept or on one of its own."""
    parcel, case = shipments.live_of(tx, order_id), _partial(tx, order_id)
    due_us = happened.now_us + HOURS_TO_RETURN * HOUR_US
    if case is not None:
        move(tx, case, "moved", happened, state=COMING_BACK, next_act="wait_return", due_us=due_us)
    elif parcel is not None:
        about = about_parcel(parcel)
        open_case(tx, about, "partial", happened, state=COMING_BACK, next_act="wait_return", due_us=due_us)


def all_kept(tx: Tx, order_id: int, happened: Happened) -> None:
    """Nothing comes back."""
    _close_partial(tx, order_id, "all of it was kept", happened)


def rest_back(tx: Tx, order_id: int, happened: Happened) -> None:
    """All that was not kept is here."""
    _close_partial(tx, order_id, "the rest is back", happened)


def _close_partial(tx: Tx, order_id: int, outcome: str, happened: Happened) -> None:
    case = _partial(tx, order_id)
    if case is not None:
        close(tx, case, outcome, happened)


def _partial(tx: Tx, order_id: int) -> CaseRow | None:
    return next((case for case in rows.open_of(tx, order_id) if case.kind == "partial"), None)
