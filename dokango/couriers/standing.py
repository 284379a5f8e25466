"""How the line to each courier stands, for people: whether it answers, what waits, whether its webhook is silent."""

from __future__ import annotations

from dataclasses import dataclass

from dokango.clock import US_PER_S
from dokango.couriers import contact
from dokango.couriers.contact import Contact
from dokango.couriers.parcels import asking
from dokango.couriers.registry import COURIERS
from dokango.db import Tx

MOST_MISSED = 3  # moves found by asking are a race won, so many without a webhook are not
PATIENCE_S = 900


@dataclass(frozen=True, slots=True)
class Standing:
    """One courier's line; instants in microseconds.

    `waiting`: parcels to be asked about now. `missed`: moves that its webhook should have told of; 0 while it tells.
    """

    key: str
    name: str
    answered_at: int | None
    silent_since: int | None
    why: str
    waiting: int
    heard_at: int | None
    missed: int
    tells: bool


def standings(tx: Tx, now_us: int) -> list[Standing]:
    """Every courier that parcels were asked of, in the order of COURIERS."""
    found = []
    for kind in COURIERS.values():
        line = contact.contact_of(tx, kind.key) if kind.by_api else None
        if line is not None:
            heard_at = contact.heard_at(tx, kind.key)
            missed = _missed(line, heard_at, now_us) if kind.webhook is not None else 0
            waiting = asking.count_to_ask(tx, kind.key, now_us)
            found.append(
                Standing(
                    kind.key, kind.name, line.answered_at, line.silent_since, line.why, waiting, heard_at, missed,
                    kind.webhook is not None,
                )
            )  # fmt: skip
    return found


def _missed(line: Contact, heard_at: int | None, now_us: int) -> int:
    if line.found_from is None or line.moves_found < MOST_MISSED or (heard_at or 0) > line.found_from:
        return 0
    return line.moves_found if now_us - line.found_from >= PATIENCE_S * US_PER_S else 0
