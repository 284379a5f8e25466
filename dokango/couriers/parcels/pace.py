"""How soon a parcel is asked about again: often while it is fresh or moves, rarely once it is old, in the end never."""

from __future__ import annotations

from dokango.clock import US_PER_S
from dokango.couriers.kind.status import MEANINGS, CarrierStatus, ReturnLeg, Where

MINUTE_S, HOUR_S, DAY_S = 60, 3_600, 86_400
# (up to so long after it last moved, asked again after)
_AFTER_A_MOVE = (
    (6 * HOUR_S, 15 * MINUTE_S),
    (DAY_S, 30 * MINUTE_S),
    (3 * DAY_S, HOUR_S),
    (7 * DAY_S, 3 * HOUR_S),
    (30 * DAY_S, 12 * HOUR_S),
    (90 * DAY_S, 2 * DAY_S),
)
# while a rider's word waits for approval, somebody may still call the customer
_SAID_BY_THE_RIDER_S = 10 * MINUTE_S
_RIDER_SAYS = frozenset(status for status in CarrierStatus if status.value.endswith("_approval_pending"))
_ON_THE_WAY_BACK_S = 2 * HOUR_S
_COUNTS_NO_MORE_S = DAY_S
# a booking of unknown outcome, after the first looks of its own
_UNSETTLED = ((2 * DAY_S, 15 * MINUTE_S), (14 * DAY_S, 6 * HOUR_S))
_FIRST_OF_UNSETTLED_S = 20 * MINUTE_S


def next_ask_us(status: CarrierStatus, leg: ReturnLeg, *, live: bool, moved_us: int, now_us: int) -> int | None:
    """When a booked parcel is asked about next; None when nothing more is to be heard of it.

    `moved_us`: when its status last changed. `live`: whether it is the order's parcel that counts.
    """
    if status is CarrierStatus.DELIVERED or leg is ReturnLeg.RECEIVED:
        return None
    wait_s = _after(_AFTER_A_MOVE, now_us - moved_us)
    if wait_s is None:
        return None
    if status in _RIDER_SAYS:
        wait_s = min(wait_s, _SAID_BY_THE_RIDER_S)
    elif MEANINGS[status].where is Where.BACK:
        wait_s = max(wait_s, _ON_THE_WAY_BACK_S)
    return now_us + (wait_s if live else max(wait_s, _COUNTS_NO_MORE_S)) * US_PER_S


def first_ask_us(now_us: int) -> int:
    """When a parcel that was booked just now is asked about."""
    return now_us + _AFTER_A_MOVE[0][1] * US_PER_S


def first_look_us(now_us: int) -> int:
    """When a booking of unknown outcome is looked for after the looks that follow it at once."""
    return now_us + _FIRST_OF_UNSETTLED_S * US_PER_S


def next_look_us(requested_us: int, now_us: int) -> int | None:
    """When it is looked for again; None once it is so old that only a person can tell."""
    wait_s = _after(_UNSETTLED, now_us - requested_us)
    return None if wait_s is None else now_us + wait_s * US_PER_S


def _after(steps: tuple[tuple[int, int], ...], since_us: int) -> int | None:
    return next((wait_s for until_s, wait_s in steps if since_us < until_s * US_PER_S), None)
