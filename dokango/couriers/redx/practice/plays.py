"""Which statuses a parcel of RedX's goes through in each play."""

from __future__ import annotations

from dokango.couriers.practice.plays import PAYS_OUT, Move, Play, Plays, moves

_GOES = moves("pickup-processing ready-for-delivery delivery-in-progress")
_DELIVERED = (*_GOES, *moves("delivered"))
PLAYS: Plays = {
    Play.DELIVERED: _DELIVERED,
    Play.ATTEMPTS: (*_GOES, *moves("agent-hold delivery-in-progress agent-hold delivery-in-progress delivered")),
    Play.ASKS: (*_GOES, *moves("agent-hold")),
    Play.RETURNED: (*_GOES, *moves("agent-hold agent-returning returned")),
    Play.PARTIAL: (*_GOES, Move("delivered", 50)),  # it has no word for a part: the payout alone tells
    Play.LOST: _GOES,  # nor for a loss: nothing more is heard
    Play.PAID: (*_DELIVERED, PAYS_OUT),
}
