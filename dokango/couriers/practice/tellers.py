"""Whom a practice server tells that a parcel moved: nobody, the shop in this process, or an address."""

from __future__ import annotations

import json
import logging
import secrets
import threading
from collections.abc import Callable, Mapping
from typing import Protocol

import httpx

from dokango.couriers.line.reading import Json

RETRY_AFTER_S = (30.0, 120.0)
ANSWER_WITHIN_S = 5.0
log = logging.getLogger(__name__)
# The headers of one notification: of its bytes, and of a key that stays the same on a retry.
Sign = Callable[[bytes, str], Mapping[str, str]]


class Teller(Protocol):
    """Takes what is to be told and returns at once."""

    def tell(self, body: Json) -> None:
        """Deliver `body`, now or a little later."""
        ...


class Silent:
    """No webhook is configured."""

    def tell(self, body: Json) -> None:
        """Nothing."""


class Direct:
    """For a practice server inside the site: the same headers and bytes, handed over without a socket."""

    def __init__(self, receive: Callable[[Mapping[str, str], bytes], None], sign: Sign) -> None:
        self._receive, self._sign = receive, sign

    def tell(self, body: Json) -> None:
        """Hand it over on a thread of its own: the shop's database must not wait for ours."""
        raw = json.dumps(body, ensure_ascii=False).encode()
        headers = self._sign(raw, secrets.token_hex(16))
        threading.Thread(target=self._receive, args=(headers, raw), daemon=True, name="practice-webhook").start()


class Posted:
    """By HTTP to `url`; 5xx and silence are tried again after 30 s and 2 min, a 4xx never."""

    def __init__(
        self,
        url: str,
        sign: Sign,
        transport: httpx.BaseTransport | None = None,
        retry_after_s: tuple[float, ...] = RETRY_AFTER_S,
    ) -> None:
        self._url, self._sign, self._transport = url, sign, transport
        self._retry_after_s = retry_after_s
        self._stopped = threading.Event()

    def tell(self, body: Json) -> None:
        """Send on a thread of its own."""
        raw = json.dumps(body, ensure_ascii=False).encode()
        threading.Thread(target=self._send, args=(raw,), daemon=True, name="practice-webhook").start()

    def stop(self) -> None:
        """Send nothing more."""
        self._stopped.set()

    def _send(self, raw: bytes) -> None:
        headers = self._sign(raw, secrets.token_hex(16))
        for wait_s in (0.0, *self._retry_after_s):
            if self._stopped.wait(wait_s):
                return
            if self._post(raw, headers):
                return
        log.warning("gave up telling %s of a practice parcel", self._url)

    def _post(self, raw: bytes, headers: Mapping[str, str]) -> bool:
        """Whether that was the last try: a 2xx, or a refusal that another try would not change."""
        try:
            with httpx.Client(transport=self._transport, timeout=ANSWER_WITHIN_S, trust_env=False) as client:
                return client.post(self._url, content=raw, headers=dict(headers)).status_code < 500
        except httpx.HTTPError:
            return False
