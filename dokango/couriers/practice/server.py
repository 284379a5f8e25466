"""A courier's practice server: plays the courier inside the site, keeps its own parcels, moves them only when told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request
from starlette.types import ASGIApp

from dokango.couriers.line.reading import Json
from dokango.couriers.practice.faults import Faults
from dokango.couriers.practice.plays import Plays
from dokango.couriers.practice.tellers import Silent, Teller

PRACTICE_KEY = "practice"
May = Callable[[Request], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class PracticeParcel:
    """What a scenario asks of a parcel; `cod_taka` is what the rider was told to collect."""

    consignment_id: str
    recipient_phone: str
    created_at_us: int
    cod_taka: int = 0
    note: str = ""


class KnownParcel(Protocol):
    """What the shop knows of a parcel that it says this courier has."""

    @property
    def consignment_id(self) -> str: ...
    @property
    def invoice(self) -> str: ...
    @property
    def tracking_code(self) -> str: ...
    @property
    def tracking_link(self) -> str: ...
    @property
    def cod_poisha(self) -> int: ...
    @property
    def raw_status(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def requested_at(self) -> int: ...


class PracticeServer:
    """What the site asks of every courier's practice server; a courier's own file says how.

    `moves`: where a parcel can be moved by hand, in the courier's words; `plays`: which of them follow each other in
    a play. `teller`: whom it tells of each move.
    `readings`: what the contract leaves open, each with the ways it can be played (the first unless told otherwise);
    `reads` is what it was told.
    """

    moves: Sequence[str] = ()
    plays: Plays = {}
    readings: Mapping[str, Sequence[str]] = {}

    def __init__(self, teller: Teller | None = None) -> None:
        self.teller: Teller = teller or Silent()
        self.faults = Faults()
        self.reads: dict[str, str] = {}

    def app(self) -> ASGIApp:
        """The whole courier at its own addresses, as `base_url` of its row has them; moved by whoever reaches it."""
        raise NotImplementedError

    def site(self) -> ASGIApp:
        """The same as the site mounts it: its handle at the root, its API under /api/…; here the app itself."""
        return self.app()

    def move(self, consignment_id: str, status: str, collected: int | None = None) -> object | None:
        """Move a parcel and tell the shop; None when there is no such parcel. `collected`: whole taka."""
        raise NotImplementedError

    def listed(self, most: int) -> list[Json]:
        """The newest parcels."""
        return []

    def found(self, consignment_id: str) -> dict[str, object] | None:
        """One parcel under "parcel", and what happened to it; None when there is no such parcel."""
        return None

    def pay_out(self) -> Json | None:
        """Pay out what was collected; None when there is nothing."""
        return None

    def forgive(self) -> None:
        """Forget refused keys."""

    def way(self, name: str) -> str:
        """How one of `readings` is played now."""
        return self.reads.get(name, self.readings[name][0])

    def signed(self, token: str, raw: bytes, key: str) -> dict[str, str]:
        """The headers of one notification, proved as the courier does; `key` stays the same on a retry."""
        return {}

    def adopt(self, rows: Sequence[KnownParcel]) -> int:
        """Learn of parcels that the shop says this courier has; how many were new."""
        return 0

    def booked_since(self, since_us: int) -> list[PracticeParcel]:
        """The parcels booked from then on."""
        return []

    def close(self) -> None:
        """Let its file go."""


async def anyone(request: Request) -> bool:
    """Alone on its port a practice server is moved by whoever reaches it."""
    return True


def from_this_machine(request: Request) -> bool:
    """Whether the caller sits on this machine and no proxy stands between: what came from afar may not move parcels."""
    forwarded = {"x-forwarded-for", "x-real-ip", "forwarded"} & set(request.headers.keys())
    browser = "origin" in request.headers or request.headers.get("sec-fetch-site", "none") not in {"none"}
    peer = request.client.host if request.client else ""
    return peer in {"127.0.0.1", "::1", "::ffff:127.0.0.1"} and not forwarded and not browser
