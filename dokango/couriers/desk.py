"""The couriers of this shop, ready to be called: keys, transport, circuits, and practice servers without keys."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from threading import RLock

import httpx

from dokango.clock import Clock
from dokango.courier_errors import CourierUnavailable
from dokango.couriers.kind import ADDRESS, CourierKind, Keys
from dokango.couriers.kind.base import Courier
from dokango.couriers.line import Circuits, Line
from dokango.couriers.line.http import TIMEOUT
from dokango.couriers.line.sessions import MemorySessions, Sessions
from dokango.couriers.practice.in_process import InProcess
from dokango.couriers.practice.server import PracticeServer
from dokango.couriers.practice.tellers import Direct
from dokango.couriers.registry import COURIERS, api_courier
from dokango.errors import NotFound

Receive = Callable[[str, Mapping[str, str], bytes, str], object]


class CourierDesk:
    """Hands out couriers. In the place of one without keys of a real account it hands out its practice server.

    `folder` is where practice servers keep their files (None: in memory). `find_keys(courier)` are its keys as they
    are now. `receive(courier, headers, raw, token)` takes what a practice server tells, `introduce(courier, practice)`
    tells it of the shop's parcels.
    """

    def __init__(
        self,
        clock: Clock,
        folder: Path | None,
        find_keys: Callable[[str], Keys] = lambda courier: {},
        receive: Receive | None = None,
        introduce: Callable[[str, PracticeServer], None] | None = None,
        transport: httpx.BaseTransport | None = None,
        timeout: httpx.Timeout = TIMEOUT,
        sessions: Sessions | None = None,
    ) -> None:
        self._clock, self._folder, self._find_keys, self._receive = clock, folder, find_keys, receive
        self._introduce = introduce
        self._transport = transport
        self._timeout = timeout
        self._sessions: Sessions = sessions or MemorySessions(clock)
        self._lock = RLock()
        self._circuits = Circuits(clock)
        self._practices: dict[str, tuple[PracticeServer, Line]] = {}

    def courier(self, key: str) -> Courier:
        """The courier called `key`, with the keys as they are now, or its practice server in its place.

        Raises NotFound for one without an API, CourierUnavailable for one that has neither keys nor a practice server.
        """
        kind, keys = api_courier(key), self._find_keys(key)
        assert kind.connect is not None  # noqa: S101  api_courier says so
        if kind.practice is None:
            if not kind.has_account(keys):
                words = f"{kind.name} has no keys yet. Set them in Settings, under Couriers. Nothing was sent."
                raise CourierUnavailable(key, words)
            return kind.connect(self._line(), keys)
        used = kind.practice_keys(keys)
        if kind.practises(keys):
            _, line = self._opened(kind)
            return kind.connect(line, {**used, ADDRESS: kind.practice.base_url})
        return kind.connect(self._line(), used)

    def offered(self) -> list[CourierKind]:
        """The couriers that a parcel can be sent by now, in the order of COURIERS.

        Those that are set up; while none is, the practice servers, so that no real parcel is sent to a played one.
        """
        every = [kind for kind in COURIERS.values() if kind.by_api]
        return [kind for kind in every if self._is_set_up(kind)] or [k for k in every if k.practice is not None]

    def ready(self) -> dict[str, Courier]:
        """Those of `offered` that can be called, by key. It reads their keys: outside transactions."""
        found: dict[str, Courier] = {}
        for kind in self.offered():
            with contextlib.suppress(CourierUnavailable):
                found[kind.key] = self.courier(kind.key)
        return found

    def _is_set_up(self, kind: CourierKind) -> bool:
        keys = self._find_keys(kind.key)
        return kind.has_account(keys) or (kind.practice is not None and bool(keys.get(ADDRESS)))

    def calls_per_min(self, kind: CourierKind) -> int:
        """How many calls it takes in a minute, as it is set now."""
        return kind.calls_per_min(self._find_keys(kind.key))

    def practises(self, key: str) -> bool:
        """Whether parcels for `key` go to its practice server in this process: no parcel is real."""
        kind = COURIERS.get(key)
        return kind is not None and kind.practises(self._find_keys(key))

    def no_real_parcels(self, key: str) -> bool:
        """Whether bookings go to a practice server, in this process or on its own port."""
        kind = COURIERS.get(key)
        return kind is not None and kind.practice is not None and not kind.has_account(self._find_keys(key))

    def practice(self, key: str = "") -> PracticeServer:
        """The practice server of this process for `key` ("": the first courier that has one), opened at first use.

        Raises NotFound for a courier without one.
        """
        return self._opened(COURIERS[key] if key in COURIERS else _first_with_practice(key))[0]

    def close(self) -> None:
        """Let the practice servers' files and the connections go."""
        with self._lock:
            for server, _ in self._practices.values():
                server.close()
            if self._transport is not None:
                self._transport.close()

    def _opened(self, kind: CourierKind) -> tuple[PracticeServer, Line]:
        with self._lock:
            found = self._practices.get(kind.key)
            if found is None:
                if kind.practice is None:
                    raise NotFound("practice courier", kind.key)
                file = self._folder / kind.practice.file_name if self._folder else None
                server = kind.practice.open(file, self._clock, self._find_keys(kind.key))
                far = InProcess(server.app())
                line = Line(self._clock, far, self._timeout, self._circuits, self._sessions, is_played=True)
                found = self._practices[kind.key] = (server, line)
                if self._receive is not None and kind.webhook is not None:
                    server.teller = self._direct(kind.key, server, self._receive)
                if self._introduce is not None:
                    self._introduce(kind.key, server)
            return found

    def _direct(self, key: str, server: PracticeServer, receive: Receive) -> Direct:
        # A token that lives as long as the process: what is told in process goes through the same door as on a line.
        token = secrets.token_urlsafe(32)
        return Direct(lambda headers, raw: _drop(receive(key, headers, raw, token)), partial(server.signed, token))

    def _line(self) -> Line:
        """Connections are kept open between calls; made at first use: reading the certificates takes a moment."""
        with self._lock:
            if self._transport is None:
                self._transport = httpx.HTTPTransport(trust_env=False)
            return Line(self._clock, self._transport, self._timeout, self._circuits, self._sessions)


def _first_with_practice(key: str) -> CourierKind:
    found = next((kind for kind in COURIERS.values() if kind.practice is not None), None)
    if key or found is None:
        raise NotFound("practice courier", key)
    return found


def _drop(_: object) -> None:
    return None
