"""What a courier says about a parcel, mapped onto our words; their raw word is always kept beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dokango.text import plain

RAW_STATUS_LENGTH = 100  # of a word we do not know; longer ones are cut, they are shown to staff only


class CarrierStatus(StrEnum):
    """Where the parcel is. Each courier's words are mapped onto these in its own folder."""

    SHIPPED = "shipped"  # a courier without an API took it
    IN_REVIEW = "in_review"
    PENDING = "pending"
    HOLD = "hold"
    DELIVERED_APPROVAL_PENDING = "delivered_approval_pending"
    PARTIAL_DELIVERED_APPROVAL_PENDING = "partial_delivered_approval_pending"
    CANCELLED_APPROVAL_PENDING = "cancelled_approval_pending"
    UNKNOWN_APPROVAL_PENDING = "unknown_approval_pending"
    DELIVERED = "delivered"
    PARTIAL_DELIVERED = "partial_delivered"
    CANCELLED = "cancelled"
    EXCEPTIONAL = "exceptional"
    UNKNOWN = "unknown"
    AWAITING_PICKUP = "awaiting_pickup"
    PICKUP_FAILED = "pickup_failed"
    PICKUP_CANCELLED = "pickup_cancelled"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERY_FAILED = "delivery_failed"
    PAID_RETURN = "paid_return"
    EXCHANGED = "exchanged"
    RETURNING = "returning"


class ReturnLeg(StrEnum):
    """How far a parcel that was not accepted is on its way back to the shop."""

    NONE = ""
    PROCESSING = "processing"
    RIDER_ASSIGNED = "rider_assigned"
    RECEIVED = "received"


class Effect(StrEnum):
    """What a status asks of us."""

    NONE = "none"
    PROBLEM = "problem"  # somebody should look, nothing is decided
    RESOLUTION = "resolution"  # somebody must decide about goods or money
    DELIVERED = "delivered"


class Where(StrEnum):
    """Where the parcel is, seen from the shop: what people do next follows it."""

    BOOKED = "booked"  # the courier knows of it, and has not picked it up
    OUT = "out"  # on its way to the customer, or there
    BACK = "back"  # on its way back to the shop
    UNCLEAR = "unclear"  # only the courier can say what comes next


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a status means: words for staff, whether the courier may still change it, and what it asks of us."""

    words: str
    final: bool = False
    effect: Effect = Effect.NONE
    ask: str = ""
    where: Where = Where.OUT


_S, _E, _W = CarrierStatus, Effect, Where
MEANINGS: Mapping[CarrierStatus, Meaning] = MappingProxyType(
    {
        _S.SHIPPED: Meaning("Handed over"),
        _S.IN_REVIEW: Meaning("Booked, waits for the courier's approval", where=_W.BOOKED),
        _S.PENDING: Meaning("With the courier"),
        _S.HOLD: Meaning("Held by the courier", False, _E.PROBLEM, "Ask the courier what it waits for.", _W.UNCLEAR),
        _S.DELIVERED_APPROVAL_PENDING: Meaning("Rider says delivered, not approved yet"),
        _S.PARTIAL_DELIVERED_APPROVAL_PENDING: Meaning("Rider says partly delivered, not approved yet"),
        _S.CANCELLED_APPROVAL_PENDING: Meaning(
            "Rider says the customer refused", False, _E.PROBLEM, "Call the customer now; it can still be saved.",
            _W.UNCLEAR,
        ),
        _S.UNKNOWN_APPROVAL_PENDING: Meaning(
            "Outcome unclear", False, _E.PROBLEM, "Ask the courier what happened to the parcel.", _W.UNCLEAR
        ),
        _S.DELIVERED: Meaning("Delivered", True, _E.DELIVERED),
        _S.PARTIAL_DELIVERED: Meaning(
            "Partly delivered", True, _E.RESOLUTION, "Say which items were kept and what was collected."
        ),
        _S.CANCELLED: Meaning(
            "Not delivered, on its way back", True, _E.RESOLUTION, "Wait for the parcel; restock when it is here.",
            _W.BACK,
        ),
        _S.EXCEPTIONAL: Meaning(
            "Lost, damaged or astray", False, _E.RESOLUTION, "Agree with the courier what is lost and who pays.",
            _W.UNCLEAR,
        ),
        _S.UNKNOWN: Meaning("A status we do not know", False, _E.PROBLEM, "Ask the courier what it means.", _W.UNCLEAR),
        _S.AWAITING_PICKUP: Meaning("Booked, waits to be picked up", where=_W.BOOKED),
        _S.PICKUP_FAILED: Meaning(
            "Not picked up", False, _E.PROBLEM, "See that the parcel is ready, and ask for another pick-up.", _W.BOOKED
        ),
        _S.PICKUP_CANCELLED: Meaning(
            "Never picked up, cancelled", False, _E.RESOLUTION, "The goods are here: send them again or cancel.",
            _W.UNCLEAR,
        ),
        _S.OUT_FOR_DELIVERY: Meaning("With the rider, out for delivery"),
        _S.DELIVERY_FAILED: Meaning(
            "Not delivered, and not decided", False, _E.PROBLEM, "Call the customer and answer the courier in time.",
            _W.UNCLEAR,
        ),
        _S.PAID_RETURN: Meaning(
            "Not accepted, the charge was collected, on its way back", True, _E.RESOLUTION,
            "Wait for the parcel; say what was collected.", _W.BACK,
        ),
        _S.EXCHANGED: Meaning(
            "Exchanged: the customer gave goods back for these", True, _E.RESOLUTION,
            "Say what was kept, what comes back and what was collected.", _W.UNCLEAR,
        ),
        _S.RETURNING: Meaning(
            "On its way back, and may still turn round", False, _E.RESOLUTION,
            "Wait for the parcel; restock when it is here.", _W.BACK,
        ),
    }
)  # fmt: skip


# Words of ours that stand for other couriers' words: whoever says them literally says something that we do not know.
_NOT_SAID = frozenset(
    (
        _S.SHIPPED, _S.AWAITING_PICKUP, _S.PICKUP_FAILED, _S.PICKUP_CANCELLED, _S.OUT_FOR_DELIVERY, _S.DELIVERY_FAILED,
        _S.PAID_RETURN, _S.EXCHANGED, _S.RETURNING,
    )
)  # fmt: skip
# A part of the parcel is handed over, or the rider says so.
PARTLY = (_S.PARTIAL_DELIVERED, _S.PARTIAL_DELIVERED_APPROVAL_PENDING, _S.EXCHANGED)


def where_is(status: str | None) -> Where:
    """Where a live parcel with this kept status is. "": booked, and nothing heard yet; None: nobody follows it."""
    if status is None:
        return Where.OUT
    return MEANINGS[CarrierStatus(status)].where if status else Where.BOOKED


def goods_come_back(status: str | None) -> bool:
    """Whether goods of a parcel with this kept status come back: all of them, or a part."""
    return where_is(status) is Where.BACK or status in (_S.PARTIAL_DELIVERED, _S.EXCHANGED)


@dataclass(frozen=True, slots=True)
class StatusReading:
    """One answer of a courier: our word, the return leg, the raw words as they came; what carrying costs, if said."""

    status: CarrierStatus
    return_leg: ReturnLeg
    raw: str
    charge_poisha: int | None = None

    @property
    def meaning(self) -> Meaning:
        """The row of MEANINGS for this status."""
        return MEANINGS[self.status]


def fold(raw: object) -> str:
    """Spellings vary ("Delivered", "in review", "in-review"): lower-case, spaces and hyphens to one "_"."""
    if not isinstance(raw, str):
        return ""
    folded = re.sub(r"[\s\-_]+", "_", raw.strip().lower()).strip("_")
    return re.sub(r"(^|_)canceled", r"\1cancelled", folded)


def read_status(raw: object, return_raw: object = None) -> StatusReading:
    """Map a courier's words; an unknown word reads as UNKNOWN and is kept, and is never taken for delivered.

    The return leg may replace the delivery status ("cancelled_return_received") or stand beside it: both are read.
    """
    words = fold(raw)
    status, leg = _split(words)
    _, beside = _split(fold(return_raw))
    if beside is ReturnLeg.NONE:
        beside = _leg(fold(return_raw).removeprefix("return_"))
    shown = plain(raw[: 2 * RAW_STATUS_LENGTH])[:RAW_STATUS_LENGTH] if isinstance(raw, str) else ""
    return StatusReading(status, beside if beside is not ReturnLeg.NONE else leg, shown)


def _split(words: str) -> tuple[CarrierStatus, ReturnLeg]:
    head, found, tail = words.partition("_return_")
    leg = _leg(tail) if found else ReturnLeg.NONE
    if found and leg is ReturnLeg.NONE:
        return CarrierStatus.UNKNOWN, ReturnLeg.NONE
    if leg is not ReturnLeg.NONE and head not in {CarrierStatus.CANCELLED, CarrierStatus.PARTIAL_DELIVERED}:
        return CarrierStatus.UNKNOWN, ReturnLeg.NONE
    try:
        status = CarrierStatus(head)
    except ValueError:
        return CarrierStatus.UNKNOWN, ReturnLeg.NONE
    return (CarrierStatus.UNKNOWN if status in _NOT_SAID else status), leg


def _leg(words: str) -> ReturnLeg:
    try:
        return ReturnLeg(words)
    except ValueError:
        return ReturnLeg.NONE
