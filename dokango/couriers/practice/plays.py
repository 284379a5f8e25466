"""What a practice parcel can be made to live through, by one name for all couriers; each has its own words for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Play(StrEnum):
    """A course of events, as the option of the command and the note of a parcel name it."""

    DELIVERED = "delivered"
    ATTEMPTS = "attempts"
    ASKS = "asks"
    RETURNED = "returned"
    PARTIAL = "partial"
    LOST = "lost"
    PAID = "paid"


WORDS: Mapping[Play, str] = {
    Play.DELIVERED: "all goes well",
    Play.ATTEMPTS: "two attempts fail, the third delivers",
    Play.ASKS: "the rider could not deliver, and the courier waits for an answer",
    Play.RETURNED: "refused, and brought back to the shop",
    Play.PARTIAL: "the customer keeps a part and pays half",
    Play.LOST: "it is lost on the way",
    Play.PAID: "delivered, and what was collected so far is paid out",
}
_BY_NAME = {play.value: play for play in Play}
_IN_NOTE = re.compile(r"\bplay[ :]+([a-z]+)")


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that happens: the courier's `word` for it; without one it pays out what it collected so far.

    `takes_percent`: how much of what the rider was told to collect was taken, where that is another amount.
    """

    word: str = ""
    takes_percent: int | None = None


PAYS_OUT = Move()
Plays = Mapping[Play, Sequence[Move]]


def moves(words: str) -> tuple[Move, ...]:
    """The moves of a row of words, which stand apart."""
    return tuple(map(Move, words.split()))


def play_called(name: str) -> Play | None:
    """The play with this name; None where there is none."""
    return _BY_NAME.get(name)


def named_in(note: str) -> Play | None:
    """The play that a parcel's note asks for, as in "play returned"; None where it asks for none."""
    found = map(play_called, _IN_NOTE.findall(note.lower()))
    return next((play for play in found if play is not None), None)
