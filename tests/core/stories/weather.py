"""The line to couriers that misbehave: what befalls a call, without any time passing but the clock's."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.types import ASGIApp

from dokango.clock import US_PER_S, ManualClock
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind import CourierKind
from dokango.couriers.line import Line
from dokango.couriers.practice.faults import Fault
from dokango.couriers.practice.in_process import InProcess
from dokango.couriers.practice.server import PracticeServer

LATE_ANSWER_S = 7


@dataclass(frozen=True, slots=True)
class Trouble:
    """What befalls one call. `lands`: it is carried out all the same. The line's own, or the courier's (`fault`)."""

    name: str
    lands: bool = False
    http_status: int = 500

    def __str__(self) -> str:
        return f"{self.name} {self.http_status}" + (" landed" if self.lands else "")


SLOW, TIMEOUT, UNREACHABLE = "slow", "timeout", "unreachable"
TROUBLES = (
    Trouble(SLOW), Trouble(TIMEOUT, lands=True), Trouble(TIMEOUT), Trouble(UNREACHABLE),
    Trouble("drop", lands=True), Trouble("drop"), Trouble("html", lands=True), Trouble("html"),
    Trouble("fail", lands=True), Trouble("fail"), Trouble("fail", http_status=400), Trouble("fail", http_status=401),
    Trouble("fail", http_status=422), Trouble("fail", http_status=429), Trouble("fail", http_status=503, lands=True),
    Trouble("errors_in_200"),
)  # fmt: skip


class OneLoop(InProcess):
    """The same on one loop for all calls, which come one after the other: a loop for each costs more than the call."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app)
        self._runner = asyncio.Runner()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._runner.run(self._answer(request))

    def close(self) -> None:
        self._runner.close()


class Weather(httpx.BaseTransport):
    """The line to one courier."""

    def __init__(self, practice: PracticeServer, clock: ManualClock) -> None:
        self._practice, self._clock, self._far = practice, clock, OneLoop(practice.app())
        self.coming: list[Trouble | None] = []
        self.down_until_us = 0

    def be_down(self, hours: float) -> None:
        """Nobody answers for so long."""
        self.down_until_us = self._clock.now_us() + int(hours * 3_600) * US_PER_S

    def clear(self) -> None:
        """Nothing more befalls calls."""
        self.coming.clear()
        self.down_until_us = 0

    def close(self) -> None:
        """Let the loop go."""
        self._far.close()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer it, as the weather lets it."""
        if self._clock.now_us() < self.down_until_us:
            raise httpx.ConnectError("nobody answers", request=request)
        trouble = self.coming.pop(0) if self.coming else None
        if trouble is None:
            return self._far.handle_request(request)
        if trouble.name == UNREACHABLE:
            raise httpx.ConnectError("no way there", request=request)
        if trouble.name == TIMEOUT:
            if trouble.lands:
                self._far.handle_request(request)
            self._clock.advance(LATE_ANSWER_S)
            raise httpx.ReadTimeout("no answer in time", request=request)
        if trouble.name == SLOW:
            self._clock.advance(LATE_ANSWER_S)
            return self._far.handle_request(request)
        fault = Fault(trouble.name, delay_s=0, http_status=trouble.http_status, lands=trouble.lands)
        self._practice.faults.add(fault)
        return self._far.handle_request(request)


@dataclass
class Told:
    """What a courier tells: kept, each under a key of its own, until it is let go."""

    waiting: list[tuple[str, bytes]] = field(default_factory=list)
    _told: int = 0

    def tell(self, body: Mapping[str, Any]) -> None:
        """Keep it."""
        self._told += 1
        self.waiting.append((f"told-{self._told}-{id(self)}", json.dumps(dict(body), ensure_ascii=False).encode()))


@dataclass
class Couriers:
    """The couriers' own computers, which outlive our processes."""

    clock: ManualClock
    practices: dict[str, PracticeServer] = field(default_factory=dict)
    weathers: dict[str, Weather] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)

    def opened(self, kind: CourierKind) -> PracticeServer:
        """Its practice server, made at first use."""
        if kind.key not in self.practices:
            assert kind.practice is not None
            practice = self.practices[kind.key] = kind.practice.open(None, self.clock, {})
            self.weathers[kind.key] = Weather(practice, self.clock)
            practice.teller = self.told[kind.key] = Told()
        return self.practices[kind.key]

    def close(self) -> None:
        """Let them go."""
        for key, practice in self.practices.items():
            self.weathers[key].close()
            practice.close()


class ProcessDesk(CourierDesk):
    """The couriers as one process of ours calls them: circuits and sessions are its own."""

    def __init__(self, clock: ManualClock, couriers: Couriers) -> None:
        super().__init__(clock, None)
        self._couriers = couriers

    def _opened(self, kind: CourierKind) -> tuple[PracticeServer, Line]:
        with self._lock:
            if kind.key not in self._practices:
                server = self._couriers.opened(kind)
                far = self._couriers.weathers[kind.key]
                line = Line(self._clock, far, self._timeout, self._circuits, self._sessions, is_played=True)
                self._practices[kind.key] = (server, line)
            return self._practices[kind.key]
