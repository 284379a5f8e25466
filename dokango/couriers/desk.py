"""The couriers of this shop, ready to be called: keys, transport, circuits, and the practice courier without keys."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import RLock

import httpx

from dokango.clock import Clock
from dokango.couriers.base import Courier
from dokango.couriers.circuit import KeyCircuit
from dokango.couriers.http import TIMEOUT
from dokango.couriers.practice.app import practice_app
from dokango.couriers.practice.courier import PRACTICE_KEY, PracticeCourier, open_practice_courier
from dokango.couriers.practice.in_process import InProcess
from dokango.couriers.practice.webhooks import Direct
from dokango.couriers.registry import COURIERS
from dokango.couriers.steadfast.client import BASE_URL, Steadfast, SteadfastKeys
from dokango.errors import NotFound

PRACTICE_URL = "http://practice-courier/api/v1"
NO_KEYS = SteadfastKeys("", "", "")
Receive = Callable[[Mapping[str, str], bytes, str], object]


class CourierDesk:
    """Hands out couriers. Without keys of a real account it hands out the practice courier, in process."""

    def __init__(
        self,
        clock: Clock,
        practice_file: Path | None,
        find_keys: Callable[[], SteadfastKeys] = lambda: NO_KEYS,
        receive: Receive | None = None,
        introduce: Callable[[PracticeCourier], None] | None = None,
        transport: httpx.BaseTransport | None = None,
        timeout: httpx.Timeout = TIMEOUT,
    ) -> None:
        self._clock, self._file, self._find_keys, self._receive = clock, practice_file, find_keys, receive
        self._introduce = introduce
        self._line = transport
        self._timeout = timeout
        self._lock = RLock()
        self._circuits: dict[str, KeyCircuit] = {}
        self._practice: PracticeCourier | None = None
        self._in_process: httpx.BaseTransport | None = None

    @property
    def practising(self) -> bool:
        """Whether parcels go to the practice courier in this process: no parcel is real."""
        return _is_practice(self._find_keys())

    @property
    def no_real_parcels(self) -> bool:
        """Whether bookings go to the practice courier, in this process or on its own port."""
        keys = self._find_keys()
        return _is_practice(keys) or keys.api_key in {"", PRACTICE_KEY}

    def courier(self, key: str) -> Courier:
        """The courier called `key`, with the keys as they are now; raises NotFound for one without an API."""
        kind = COURIERS.get(key)
        if kind is None or kind.call is None:
            raise NotFound("courier", key)
        return kind.call(self)

    def steadfast(self) -> Steadfast:
        """Steadfast, or the practice courier in its place."""
        keys = self._find_keys()
        if _is_practice(keys):
            own = SteadfastKeys(keys.api_key or PRACTICE_KEY, keys.secret_key or PRACTICE_KEY, PRACTICE_URL)
            self.practice()
            return Steadfast(own, self._circuit(PRACTICE_URL), self._in_process, self._timeout)
        return self.steadfast_with(keys)

    def steadfast_with(self, keys: SteadfastKeys) -> Steadfast:
        """Steadfast with keys that are to be tried, over the same circuit as all others."""
        used = SteadfastKeys(keys.api_key or PRACTICE_KEY, keys.secret_key or PRACTICE_KEY, keys.base_url or BASE_URL)
        return Steadfast(used, self._circuit(used.base_url), self._connections(), self._timeout)

    def practice(self) -> PracticeCourier:
        """The practice courier of this process, opened at first use."""
        with self._lock:
            if self._practice is None:
                keys = self._find_keys()
                self._practice = open_practice_courier(self._file, self._clock, keys.api_key, keys.secret_key)
                self._in_process = InProcess(practice_app(self._practice))
                if self._receive is not None:
                    self._practice.teller = self._direct(self._receive)
                if self._introduce is not None:
                    self._introduce(self._practice)
            return self._practice

    def close(self) -> None:
        """Let the practice courier's file and the connections go."""
        with self._lock:
            if self._practice is not None:
                self._practice.store.close()
            if self._line is not None:
                self._line.close()

    def _direct(self, receive: Receive) -> Direct:
        # A token that lives as long as the process: what is told in process goes through the same door as on a line.
        token = secrets.token_urlsafe(32)
        return Direct(lambda headers, raw: _drop(receive(headers, raw, token)), token)

    def _connections(self) -> httpx.BaseTransport:
        """Kept open between calls; made at first use, because reading the machine's certificates takes a moment."""
        with self._lock:
            if self._line is None:
                self._line = httpx.HTTPTransport(trust_env=False)
            return self._line

    def _circuit(self, base_url: str) -> KeyCircuit:
        with self._lock:
            return self._circuits.setdefault(base_url, KeyCircuit(self._clock))


def _is_practice(keys: SteadfastKeys) -> bool:
    """No keys of a real account, and no address to take them to."""
    return not keys.base_url and keys.api_key in {"", PRACTICE_KEY}


def _drop(_: object) -> None:
    return None
