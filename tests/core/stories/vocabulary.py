"""Which of a courier's words mean what, found out by saying them: a new courier joins without a line here."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from dokango.clock import DHAKA, ManualClock
from dokango.couriers.kind import CourierKind
from dokango.couriers.kind.base import ParcelName
from dokango.couriers.kind.status import CarrierStatus, ReturnLeg
from dokango.couriers.registry import COURIERS
from dokango.errors import NotFound
from tests.core.stories.weather import Couriers, ProcessDesk

DELIVERED, PART, BACK, LOST = "delivered", "part", "back", "lost"
ENDS = (DELIVERED, DELIVERED, DELIVERED, BACK, BACK, PART, LOST)
STRANGE = ("moved to another planet", "আসছে", "<b>delivered</b>", "DELIVERED?")
_DELIVERING = {CarrierStatus.DELIVERED}
_PARTLY = {CarrierStatus.PARTIAL_DELIVERED, CarrierStatus.EXCHANGED}
_BACK = {CarrierStatus.CANCELLED, CarrierStatus.PAID_RETURN, CarrierStatus.PICKUP_CANCELLED}
_OVER = _DELIVERING | _PARTLY | _BACK | {CarrierStatus.EXCEPTIONAL}


@dataclass(frozen=True, slots=True)
class Foreign:
    """A parcel that the shop tells a practice server of."""

    consignment_id: str
    invoice: str
    tracking_code: str = ""
    tracking_link: str = ""
    cod_poisha: int = 0
    raw_status: str = "pending"
    status: str = "pending"
    requested_at: int = 1


@dataclass
class Vocabulary:
    """The words of one courier by what they mean: on the way, and for each end; `legs` in the order of the way back."""

    on_the_way: list[str] = field(default_factory=list)
    ends: dict[str, list[str]] = field(default_factory=lambda: {DELIVERED: [], PART: [], BACK: [], LOST: []})
    legs: list[str] = field(default_factory=list)

    @property
    def every(self) -> list[str]:
        """All of them."""
        return [*self.on_the_way, *(word for words in self.ends.values() for word in words), *self.legs]

    def way(self, chance: random.Random, end: str) -> list[str]:
        """The words of a parcel that goes somehow and ends so."""
        if chance.random() < 0.1:
            return [chance.choice([*self.every, *STRANGE]) for _ in range(chance.randint(2, 6))]
        words = chance.sample(self.on_the_way, chance.randint(0, min(4, len(self.on_the_way))))
        if chance.random() < 0.1:
            words.append(chance.choice(STRANGE))
        if self.ends[end]:
            words.append(chance.choice(self.ends[end]))
        return words + (self.legs if end in (BACK, PART) and chance.random() < 0.8 else [])


@cache
def vocabulary_of(kind_key: str) -> Vocabulary:
    """What a courier's words mean: each is said of a parcel of its own, to a practice server that nobody else knows."""
    couriers = Couriers(ManualClock(datetime(2026, 11, 22, 12, 0, tzinfo=DHAKA)))
    try:
        return _learned(COURIERS[kind_key], couriers)
    finally:
        couriers.close()


def _learned(kind: CourierKind, couriers: Couriers) -> Vocabulary:
    found, practice = Vocabulary(), couriers.opened(kind)
    courier = ProcessDesk(couriers.clock, couriers).courier(kind.key)
    told = couriers.told[kind.key]
    for place, word in enumerate(practice.moves):
        consignment_id = str(1_000 + place)
        practice.adopt([Foreign(consignment_id, f"LEARN-{consignment_id}")])
        told.waiting.clear()
        practice.move(consignment_id, word)
        leg = _leg(kind, [raw for _, raw in told.waiting])
        try:
            reading = courier.status(ParcelName(f"LEARN-{consignment_id}", consignment_id))
        except NotFound:
            continue
        leg = leg or reading.return_leg
        _sort_in(found, word, reading.status, leg)
    return found


def _leg(kind: CourierKind, told: list[bytes]) -> ReturnLeg:
    assert kind.webhook is not None
    news = [kind.webhook.read(json.loads(raw)) for raw in told]
    return next((one.counts.return_leg for one in news if one.counts is not None), ReturnLeg.NONE)


def _sort_in(found: Vocabulary, word: str, status: CarrierStatus, leg: ReturnLeg) -> None:
    if leg is not ReturnLeg.NONE:
        found.legs.append(word)
    elif status in _DELIVERING:
        found.ends[DELIVERED].append(word)
    elif status in _PARTLY:
        found.ends[PART].append(word)
    elif status in _BACK:
        found.ends[BACK].append(word)
    elif status is CarrierStatus.EXCEPTIONAL:
        found.ends[LOST].append(word)
    else:
        found.on_the_way.append(word)


def by_api() -> list[CourierKind]:
    """The couriers that stories are drawn from: all of COURIERS that have a practice server and tell of moves."""
    return [k for k in COURIERS.values() if k.by_api and k.practice is not None and k.webhook is not None]
