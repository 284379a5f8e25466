"""What a courier says, as it opens, moves and closes cases. Delivered is the lifecycle's: it closes them itself."""

from __future__ import annotations

import re
from dataclasses import replace

from dokango.couriers import inbox
from dokango.couriers.kind.status import CarrierStatus, Effect, ReturnLeg, StatusReading
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import COURIERS
from dokango.db import Tx
from dokango.orders.cases import late, rows
from dokango.orders.cases.kinds import (
    ASKED_COURIER,
    COMING_BACK,
    FAILED_DELIVERY,
    HOURS_TO_DELIVER,
    HOURS_TO_INSPECT,
    HOURS_TO_RETURN,
    LOSS,
    TO_CLAIM,
    TO_INSPECT,
)
from dokango.orders.cases.moves import HOUR_US, Happened, about_parcel, close, move, note, open_case
from dokango.orders.cases.rows import CaseRow
from dokango.orders.cases.words import kind_of

NOT_PICKED_UP = "not_picked_up"
SAID_WITHIN_US = 12 * HOUR_US  # a rider's words belong to the status that is heard this long after them
# Their own sentence about a status says no more than the status.
_NO_RIDERS = re.compile(r"status has been updated", re.IGNORECASE)
_AT_LEAST = {
    CarrierStatus.HOLD: "held_at_hub",
    CarrierStatus.CANCELLED_APPROVAL_PENDING: "refused",
    CarrierStatus.EXCEPTIONAL: "lost",
    CarrierStatus.PICKUP_FAILED: NOT_PICKED_UP,
    CarrierStatus.PICKUP_CANCELLED: NOT_PICKED_UP,
}
_GO_BACK = (CarrierStatus.CANCELLED, CarrierStatus.RETURNING, CarrierStatus.PAID_RETURN)
_IN_PART = (CarrierStatus.PARTIAL_DELIVERED, CarrierStatus.EXCHANGED)
_LOSSES = ("lost", "damaged")
_NOT_THE_RIDERS = (*_LOSSES, NOT_PICKED_UP)  # what his words tell no other kind of
ON_ITS_WAY = "on its way again"
# What ends by itself when the parcel moves on: nobody has failed to hand it over.
_ENDS_BY_MOVING = ("held_at_hub", "unknown", *_NOT_THE_RIDERS)


def follow(tx: Tx, parcel: ParcelRow, reading: StatusReading, heard: Happened) -> None:
    """Let the parcel's cases follow news of its status; `heard.words` are ours for it, the rider's are looked up."""
    said = riders_words(tx, parcel, heard.now_us)
    heard = replace(heard, words=said or heard.words, data={"raw_status": reading.raw})
    late.moved_on(tx, parcel, reading, heard)
    if reading.return_leg is ReturnLeg.RECEIVED:
        _goes_back(tx, parcel, heard, TO_INSPECT, "inspect", HOURS_TO_INSPECT)
    elif reading.status in _GO_BACK and reading.return_leg is ReturnLeg.NONE and _can_be_stopped(parcel):
        open_case(tx, about_parcel(parcel), kind_of(heard.words, "refused"), heard)
    elif reading.status in _GO_BACK:
        _goes_back(tx, parcel, heard, COMING_BACK, "wait_return", HOURS_TO_RETURN)
    elif reading.status in _IN_PART:
        _partly(tx, parcel, heard)
    elif reading.meaning.effect in (Effect.PROBLEM, Effect.RESOLUTION):
        open_case(tx, about_parcel(parcel), _kind(reading.status, said), heard)
    else:
        _moved_on(tx, parcel, heard)


def follow_back(tx: Tx, parcel: ParcelRow, reading: StatusReading, heard: Happened) -> None:
    """A parcel that another courier's took over: all that is asked of it is that it comes back."""
    case = _of(tx, parcel, FAILED_DELIVERY)
    if case is not None and (reading.status in _GO_BACK or reading.return_leg is ReturnLeg.RECEIVED):
        follow(tx, parcel, reading, heard)


def hear(tx: Tx, parcel: ParcelRow, message: str, heard: Happened) -> None:
    """A rider's words that came by themselves: they stand on the open failed delivery, and may tell its kind."""
    case = rows.open_about(tx, about_parcel(parcel).subject, FAILED_DELIVERY)
    if case is None or _NO_RIDERS.search(message):
        return
    kind = kind_of(message, case.kind)
    kind = case.kind if kind in _LOSSES else kind
    note(tx, case, "said", replace(heard, words=message), words=message, kind=kind)


def riders_words(tx: Tx, parcel: ParcelRow, now_us: int) -> str:
    """What the rider wrote last about this parcel, lately; "" when nothing was heard. For staff only."""
    told = [
        news.message
        for at, news in inbox.news_of(tx, parcel.order_id)
        if news.message and not _NO_RIDERS.search(news.message) and now_us - at <= SAID_WITHIN_US
        and news.invoice in ("", parcel.invoice)
    ]  # fmt: skip
    return told[-1] if told else ""


def _kind(status: CarrierStatus, said: str) -> str:
    least = _AT_LEAST.get(status, "unknown")
    kind = kind_of(said, least)
    return kind if (kind in _NOT_THE_RIDERS) == (least in _NOT_THE_RIDERS) and least != NOT_PICKED_UP else least


def _can_be_stopped(parcel: ParcelRow) -> bool:
    """Whether its courier still takes an answer once it has said that the parcel goes back."""
    kind = COURIERS.get(parcel.courier)
    return kind is not None and kind.cases.stops_returns


def _goes_back(tx: Tx, parcel: ParcelRow, heard: Happened, state: str, next_act: str, hours: int) -> None:
    matter, due_us = about_parcel(parcel), heard.now_us + hours * HOUR_US
    case = _of(tx, parcel, FAILED_DELIVERY) or _of(tx, parcel, "partial")
    if case is None:
        open_case(tx, matter, kind_of(heard.words), heard, state=state, next_act=next_act, due_us=due_us)
    elif case.state == state:
        note(tx, case, "said", heard)
    else:
        move(tx, case, "moved", heard, state=state, next_act=next_act, due_us=due_us)


def _partly(tx: Tx, parcel: ParcelRow, heard: Happened) -> None:
    case = _of(tx, parcel, "partial")
    if case is None:
        open_case(tx, about_parcel(parcel), "partial", heard)
    else:
        note(tx, case, "said", heard)


def _moved_on(tx: Tx, parcel: ParcelRow, heard: Happened) -> None:
    for family in (FAILED_DELIVERY, LOSS, NOT_PICKED_UP):
        case = _of(tx, parcel, family)
        if case is None or case.kind in ("noted", TO_CLAIM):
            continue
        news = replace(heard, key=f"{heard.key}/{family}")  # of several cases each goes its own way
        if case.kind in _ENDS_BY_MOVING:
            close(tx, case, ON_ITS_WAY, news)
        else:
            due_us = heard.now_us + HOURS_TO_DELIVER * HOUR_US
            move(tx, case, "moved", news, state=ASKED_COURIER, next_act="wait_delivery", due_us=due_us)


def _of(tx: Tx, parcel: ParcelRow, family: str) -> CaseRow | None:
    return rows.open_about(tx, about_parcel(parcel).subject, family)
