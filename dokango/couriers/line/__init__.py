"""What every courier is called over: the clock, the transport, the patience and the circuits of this process."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

import httpx

from dokango.clock import Clock
from dokango.couriers.line.circuit import Circuit
from dokango.couriers.line.http import TIMEOUT, Wire
from dokango.couriers.line.sessions import MemorySessions, Sessions


class Circuits:
    """One circuit an address: the couriers, and all keys that are tried at one of them, share nothing but theirs."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._circuits: dict[str, Circuit] = {}

    def of(self, base_url: str) -> Circuit:
        """The circuit of an address, made when it is first called."""
        with self._lock:
            return self._circuits.setdefault(base_url, Circuit(self._clock))


class Line:
    """Passed to a row's `connect`. `transport` None: connections of the call's own.

    `clock` and `sessions` are for who signs in; `is_played`: a practice server of this process is at the other end,
    which needs no pace.
    """

    def __init__(
        self,
        clock: Clock,
        transport: httpx.BaseTransport | None = None,
        timeout: httpx.Timeout = TIMEOUT,
        circuits: Circuits | None = None,
        sessions: Sessions | None = None,
        *,
        is_played: bool = False,
    ) -> None:
        self.clock, self.transport, self.timeout = clock, transport, timeout
        self.circuits = circuits or Circuits(clock)
        self.sessions: Sessions = sessions or MemorySessions(clock)
        self.is_played = is_played

    def wire(self, courier: str, name: str, base_url: str, headers: Mapping[str, str], account: str = "") -> Wire:
        """Calls to `base_url` with these keys, over the circuit of that address; `account` as Wire has it."""
        return Wire(courier, name, base_url, headers, self.circuits.of(base_url), self.transport, self.timeout, account)
