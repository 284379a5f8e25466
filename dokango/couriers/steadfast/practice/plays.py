"""What Steadfast says of a parcel in each play."""

from __future__ import annotations

from dokango.couriers.practice.plays import PAYS_OUT, Move, Play, Plays, moves

_DELIVERED = moves("pending delivered_approval_pending delivered")
PLAYS: Plays = {
    Play.DELIVERED: _DELIVERED,
    Play.ATTEMPTS: (*moves("pending hold pending hold"), *_DELIVERED),
    Play.ASKS: moves("pending unknown_approval_pending"),
    Play.RETURNED: moves(
        "pending cancelled_approval_pending cancelled cancelled_return_processing cancelled_return_rider_assigned"
        " cancelled_return_received"
    ),
    Play.PARTIAL: (*moves("pending partial_delivered_approval_pending"), Move("partial_delivered", 50)),
    Play.LOST: moves("pending exceptional"),
    Play.PAID: (*_DELIVERED, PAYS_OUT),
}
