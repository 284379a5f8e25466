"""What couriers know beyond parcels, kept: the thanas that they list, and their record of a buyer.

Read from here alone by whoever decides about an order; asked in the background, so that a service that is down is
never in the way.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select

from dokango.clock import US_PER_S
from dokango.couriers.kind.areas import Address, Area, by_words
from dokango.couriers.kind.base import BuyerRecord, PoliceStation
from dokango.couriers.models import CourierAnswer
from dokango.db import Statement, Tx, Upsert, table_of, typed
from dokango.people.districts import same_district

STATIONS_FRESH_S = 7 * 86_400
BUYER_FRESH_S = 86_400
TRIED_AGAIN_S = 600  # after a try without an answer
BUYER_KEPT_S = 90 * 86_400
_BUYERS = "buyer/"
_A = table_of(CourierAnswer)


class _Kept(NamedTuple):
    body: str
    answered_at: int | None
    tried_at: int


_BY_KEY = typed(_Kept, select(_A.c.body, _A.c.answered_at, _A.c.tried_at).where(_A.c.key == bindparam("name")))
_ANSWERED = ("body", "answered_at", "tried_at")
_KEEP = Upsert(_A, ("key", *_ANSWERED), unique=("key",), change={name: bindparam(name) for name in _ANSWERED})
_TRIED = Upsert(_A, ("key", *_ANSWERED), unique=("key",), change={"tried_at": bindparam("tried_at")})
_FORGET = Statement(delete(_A).where(_A.c.key.like(f"{_BUYERS}%"), _A.c.tried_at < bindparam("before")))


class Served(StrEnum):
    """Whether a courier lists the place of an address."""

    THANA = "thana"  # the thana that it names
    DISTRICT = "district"  # others of its district
    NOT_LISTED = "not_listed"  # nothing of its district
    UNKNOWN = "unknown"  # its list has not come yet


@dataclass(frozen=True, slots=True)
class Service:
    """How a courier serves an address; `thana` as it calls it, `listed` how many of the district it lists."""

    served: Served
    thana: str = ""
    listed: int = 0


@dataclass(frozen=True, slots=True)
class KnownBuyer:
    """A courier's record of a phone; None in `record`: it could not be asked when it was tried."""

    record: BuyerRecord | None
    tried_at: int


def keep_stations(tx: Tx, courier: str, stations: Sequence[PoliceStation], now_us: int) -> None:
    """The courier's list of thanas."""
    body = json.dumps([[station.name, station.district] for station in stations], ensure_ascii=False)
    tx.run(_KEEP, key=_stations(courier), body=body, answered_at=now_us, tried_at=now_us)


def keep_buyer(tx: Tx, courier: str, phone: str, record: BuyerRecord, now_us: int) -> None:
    """Its record of a phone; records that nobody asked for in a while are let go."""
    body = json.dumps(asdict(record), ensure_ascii=False)
    tx.run(_KEEP, key=_buyer(courier, phone), body=body, answered_at=now_us, tried_at=now_us)
    tx.run(_FORGET, before=now_us - BUYER_KEPT_S * US_PER_S)


def note_no_stations(tx: Tx, courier: str, now_us: int) -> None:
    """It was asked for its thanas and did not answer; an older list stays."""
    tx.run(_TRIED, key=_stations(courier), body="", answered_at=None, tried_at=now_us)


def note_no_buyer(tx: Tx, courier: str, phone: str, now_us: int) -> None:
    """It was asked about a phone and did not answer; an older record stays."""
    tx.run(_TRIED, key=_buyer(courier, phone), body="", answered_at=None, tried_at=now_us)


def stations_due(tx: Tx, courier: str, now_us: int) -> bool:
    """Whether its thanas should be asked for."""
    return _due(tx.one(_BY_KEY, name=_stations(courier)), STATIONS_FRESH_S, now_us)


def buyer_due(tx: Tx, courier: str, phone: str, now_us: int) -> bool:
    """Whether it should be asked about a phone."""
    return _due(tx.one(_BY_KEY, name=_buyer(courier, phone)), BUYER_FRESH_S, now_us)


def service_of(tx: Tx, courier: str, address: Address) -> Service:
    """Whether the courier lists the thana that an address names, or its district."""
    kept = tx.one(_BY_KEY, name=_stations(courier))
    if kept is None or kept.answered_at is None:
        return Service(Served.UNKNOWN)
    listed = [Area(name, name) for name, district in json.loads(kept.body) if same_district(district, address.district)]
    if not listed:
        return Service(Served.NOT_LISTED)
    found = by_words(address, listed)
    return Service(Served.THANA if found else Served.DISTRICT, found.name if found else "", len(listed))


def buyer_of(tx: Tx, courier: str, phone: str) -> KnownBuyer | None:
    """The courier's record of a phone; None when it was never asked."""
    kept = tx.one(_BY_KEY, name=_buyer(courier, phone))
    if kept is None:
        return None
    return KnownBuyer(BuyerRecord(**json.loads(kept.body)) if kept.body else None, kept.tried_at)


def _due(kept: _Kept | None, fresh_s: int, now_us: int) -> bool:
    if kept is None:
        return True
    if kept.answered_at is not None and now_us - kept.answered_at < fresh_s * US_PER_S:
        return False
    return now_us - kept.tried_at >= TRIED_AGAIN_S * US_PER_S


def _stations(courier: str) -> str:
    return f"stations/{courier}"


def _buyer(courier: str, phone: str) -> str:
    return f"{_BUYERS}{courier}/{phone}"
