"""RedX's words for where a parcel is, as its parcel info and its webhook have them, mapped onto ours."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dokango.couriers.kind.status import RAW_STATUS_LENGTH, CarrierStatus, ReturnLeg, StatusReading, fold
from dokango.couriers.line import reading

_S = CarrierStatus
# By the folded word. "agent_returning" is on its way back, which is no end: a rider may be sent once more, and only
# "returned" says that the goods are with the merchant.
WORDS: Mapping[str, CarrierStatus] = MappingProxyType(
    {
        "pickup_pending": _S.AWAITING_PICKUP,
        "pickup_processing": _S.AWAITING_PICKUP,
        "ready_for_delivery": _S.PENDING,
        "picked_up": _S.PENDING,
        "in_transit": _S.PENDING,
        "delivery_in_progress": _S.OUT_FOR_DELIVERY,
        "delivered": _S.DELIVERED,
        "agent_hold": _S.HOLD,
        "agent_area_change": _S.HOLD,
        "agent_returning": _S.RETURNING,
        "returned": _S.CANCELLED,
        "cancelled": _S.PICKUP_CANCELLED,
    }
)
_LEGS = {"returned": ReturnLeg.RECEIVED}


def read_word(raw: object) -> StatusReading:
    """A word of RedX's; one that we do not know is kept as it came and never taken for another."""
    word = fold(raw)
    shown = reading.text(raw, RAW_STATUS_LENGTH)
    return StatusReading(WORDS.get(word, _S.UNKNOWN), _LEGS.get(word, ReturnLeg.NONE), shown)
