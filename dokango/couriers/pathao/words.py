"""Pathao's words for where a parcel is, as its order info and its webhook have them, mapped onto ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dokango.couriers.kind.status import RAW_STATUS_LENGTH, CarrierStatus, ReturnLeg, StatusReading, fold
from dokango.couriers.line import reading

_S, _L = CarrierStatus, ReturnLeg
# By the folded word: the slug of the order info and of the older webhook, and what follows "order." in the newer one.
WORDS: Mapping[str, CarrierStatus] = MappingProxyType(
    {
        "pending": _S.AWAITING_PICKUP,
        "created": _S.AWAITING_PICKUP,
        "updated": _S.AWAITING_PICKUP,
        "pickup_requested": _S.AWAITING_PICKUP,
        "assigned_for_pickup": _S.AWAITING_PICKUP,
        "picked": _S.PENDING,
        "pickup_failed": _S.PICKUP_FAILED,
        "pickup_cancelled": _S.PICKUP_CANCELLED,
        "at_the_sorting_hub": _S.PENDING,
        "in_transit": _S.PENDING,
        "received_at_last_mile_hub": _S.PENDING,
        "assigned_for_delivery": _S.OUT_FOR_DELIVERY,
        "delivered": _S.DELIVERED,
        "partial_delivery": _S.PARTIAL_DELIVERED,
        "delivery_failed": _S.DELIVERY_FAILED,
        "on_hold": _S.HOLD,
        "return": _S.RETURNING,  # until 18:00 of the next day the merchant may ask for one more delivery
        "returned": _S.RETURNING,
        "paid_return": _S.PAID_RETURN,
        "exchange": _S.EXCHANGED,
        "exchanged": _S.EXCHANGED,
    }
)
# Events of the way back, which no call tells of. Only the last says that the goods are with the merchant.
LEGS: Mapping[str, ReturnLeg] = MappingProxyType(
    {
        "return_id_created": _L.PROCESSING,
        "return_in_transit": _L.RIDER_ASSIGNED,
        "returned_to_merchant": _L.RECEIVED,
    }
)
_RETURN_TYPES = {
    "return": _S.CANCELLED,
    "paid_return": _S.PAID_RETURN,
    "exchange": _S.EXCHANGED,
    "partial_delivery": _S.PARTIAL_DELIVERED,
}


@dataclass(frozen=True, slots=True)
class Event:
    """An event's name: of an order ("delivered"), a store ("created") or anything else."""

    of: str
    word: str


def event_of(body: reading.Json) -> Event:
    """The event of a notification; the older form names none and is read by its status."""
    named = reading.text(body.get("event"))
    if named:
        of, _, word = named.partition(".")
        return Event(fold(of), fold(word))
    status = body.get("order_status_slug") or body.get("order_status")
    return Event("order" if status else "", fold(status))


def read_word(raw: object) -> StatusReading:
    """A word of the order info; one that we do not know is kept as it came and never taken for another."""
    word = fold(raw)
    shown = reading.text(raw, RAW_STATUS_LENGTH)
    return StatusReading(WORDS.get(word, _S.UNKNOWN), _L.NONE, shown)


def read_leg(word: str, return_type: object) -> StatusReading | None:
    """What an event of the way back says; None for any other."""
    leg = LEGS.get(word)
    if leg is None:
        return None
    return StatusReading(_RETURN_TYPES.get(fold(return_type), _S.CANCELLED), leg, word)
