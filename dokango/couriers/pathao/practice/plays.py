"""Which events befall a parcel of Pathao's in each play."""

from __future__ import annotations

from dokango.couriers.practice.plays import PAYS_OUT, Move, Play, Plays, moves

_GOES = moves("pickup-requested assigned-for-pickup picked at-the-sorting-hub in-transit received-at-last-mile-hub")
_AT_THE_DOOR = (*_GOES, *moves("assigned-for-delivery"))
_COMES_BACK = moves("return-id-created return-in-transit returned-to-merchant")
_DELIVERED = (*_AT_THE_DOOR, *moves("delivered"))
PLAYS: Plays = {
    Play.DELIVERED: _DELIVERED,
    Play.ATTEMPTS: (
        *_AT_THE_DOOR,
        *moves("delivery-failed assigned-for-delivery delivery-failed assigned-for-delivery delivered"),
    ),
    Play.ASKS: (*_AT_THE_DOOR, *moves("on-hold")),
    Play.RETURNED: (*_AT_THE_DOOR, *moves("delivery-failed returned"), *_COMES_BACK),
    Play.PARTIAL: (*_AT_THE_DOOR, Move("partial-delivery", 50), *_COMES_BACK),
    Play.LOST: _GOES,  # it has no word for a loss: nothing more is heard
    Play.PAID: (*_DELIVERED, PAYS_OUT),
}
