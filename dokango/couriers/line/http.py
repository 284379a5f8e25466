"""HTTP to a courier: no redirects (the keys would travel along), short time-outs, and every failure as one of three.

CourierUnavailable: nothing was done. CourierUncertain: it may have been. CourierRefused: they read it and said no.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from dokango.courier_errors import CourierError, CourierRefused, CourierUnavailable, CourierUncertain
from dokango.couriers.line import reading
from dokango.couriers.line.circuit import Circuit
from dokango.errors import NotFound

TIMEOUT = httpx.Timeout(connect=3.0, read=8.0, write=8.0, pool=3.0)
WHOLE_ANSWER_S = 20.0  # a server that drips a byte now and then would never meet the read time-out
LONGEST_ANSWER = 4_000_000
PAUSE_S = 60
RAW_LENGTH = 4_000

_NOTHING_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)
# These say "ask the same elsewhere": nothing was done here. A 302 or 303 may come after the deed.
_REPEAT_ELSEWHERE = {301, 307, 308}
_NO_ROUTE = "no route matched"  # a gateway's word for a path that nobody serves: no parcel is missing
_REASONS = ("errors", "validation", "validationErrors", "error")


class KeysRefused(CourierUnavailable):
    """They did not let us in: nothing was done."""


class NotLetIn(CourierUnavailable):
    """They know who calls, and say no to all of it: nothing was done."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: HTTP's status, the body opened from JSON (None when it is not JSON), and the raw text."""

    http_status: int
    body: object
    raw: str
    retry_after_s: int

    @property
    def status(self) -> int:
        """The status that counts: the one inside a 200 answer (success and failure both come so), else HTTP's."""
        body = reading.mapping(self.body)
        inner = reading.number(body.get("status")) or reading.number(body.get("code"))
        return inner if self.http_status == 200 and inner is not None and inner >= 100 else self.http_status

    @property
    def ok(self) -> bool:
        """They did what was asked."""
        return 200 <= self.status < 300 and self.body is not None


class Wire:
    """Calls to one courier's API under `base_url`, with its keys in `headers`."""

    def __init__(
        self,
        courier: str,
        name: str,
        base_url: str,
        headers: Mapping[str, str],
        circuit: Circuit,
        transport: httpx.BaseTransport | None = None,
        timeout: httpx.Timeout = TIMEOUT,
        account: str = "",
    ) -> None:
        """`account` names whose the keys are, where the headers hold only a token that goes stale by itself."""
        self.courier, self.name = courier, name
        self._goes_stale = bool(account)
        self._base_url = base_url.rstrip("/")
        self._headers = dict(headers)
        self._circuit = circuit
        self._transport = transport
        self._timeout = timeout
        self._keys = hashlib.sha256((account or repr(sorted(headers.items()))).encode()).hexdigest()

    def get(self, path: str, params: Mapping[str, str] | None = None, patience: float = 1.0) -> Answer:
        """A call that changes nothing; raises CourierUnavailable, NotFound or CourierRefused.

        `patience`: how many times as long as usual the answer is waited for.
        """
        return self._call("GET", path, None, params, changing=False, patience=patience)

    def post(self, path: str, body: object, patience: float = 1.0) -> Answer:
        """A call that changes something there; may raise CourierUncertain as well.

        `patience`: how many times as long as usual the answer is waited for.
        """
        return self._call("POST", path, body, None, changing=True, patience=patience)

    def patch(self, path: str, body: object) -> Answer:
        """A call that changes what is there already; raises as `post`."""
        return self._call("PATCH", path, body, None, changing=True)

    def ask(self, path: str, body: object) -> Answer:
        """A POST that books nothing (a sign-in, a price); raises as `get`."""
        return self._call("POST", path, body, None, changing=False)

    def _call(
        self,
        method: str,
        path: str,
        body: object,
        params: Mapping[str, str] | None,
        *,
        changing: bool,
        patience: float = 1.0,
    ) -> Answer:
        self._circuit.require_closed(self.courier, self.name, self._keys)
        try:
            answer = self._exchange(method, path, body, params, patience)
        except (*_NOTHING_SENT, UnicodeEncodeError) as failure:
            self._circuit.note_lost()
            raise CourierUnavailable(
                self.courier, f"{self.name} cannot be reached. Nothing was sent; try again in a minute.", repr(failure)
            ) from failure
        except httpx.HTTPError as failure:
            self._circuit.note_lost()
            raise self._lost(repr(failure), changing) from failure
        self._note_answer(answer)
        if not answer.ok:
            raise self._failure(answer, path, changing)
        return answer

    def _exchange(
        self, method: str, path: str, body: object, params: Mapping[str, str] | None, patience: float
    ) -> Answer:
        headers = {**self._headers, "Accept": "application/json"}
        content = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            content = json.dumps(body, ensure_ascii=False).encode()
        # A client a call: the answer of one shop's keys never meets another's connection, and threads share nothing.
        # trust_env is off, so that no .netrc and no proxy variable takes the keys elsewhere.
        with (
            httpx.Client(
                transport=_Kept(self._transport) if self._transport else None,
                timeout=_longer(self._timeout, patience),
                follow_redirects=False,
                trust_env=False,
            ) as client,
            client.stream(
                method, f"{self._base_url}{path}", headers=headers, content=content, params=params
            ) as response,
        ):
            return _read(response, WHOLE_ANSWER_S * patience)

    def _note_answer(self, answer: Answer) -> None:
        if answer.status >= 500 or answer.body is None:
            self._circuit.note_lost()
        else:
            self._circuit.note_answered()
        if answer.status == 403 or (answer.status == 401 and not self._goes_stale):
            self._circuit.note_refused(self._keys)
        elif answer.status == 429:
            self._circuit.pause(answer.retry_after_s)
        elif answer.ok:
            self._circuit.note_accepted(self._keys)

    def note_refused(self) -> None:
        """The keys themselves were refused: too many of these in a row, and nobody is called for a while."""
        self._circuit.note_refused(self._keys)

    def _lost(self, raw: str, changing: bool) -> CourierError:
        if changing:
            return CourierUncertain(
                self.courier, f"{self.name} gave no clear answer. It may or may not have taken the request.", raw
            )
        return CourierUnavailable(self.courier, f"{self.name} gave no clear answer. Try again in a minute.", raw)

    def _failure(self, answer: Answer, path: str, changing: bool) -> CourierError | NotFound:
        status, raw = answer.status, answer.raw[:RAW_LENGTH]
        if status == 401:
            return KeysRefused(self.courier, f"{self.name} refused the keys. Check the courier keys in Settings.", raw)
        if status == 403:
            words = f"{self.name} says that the account is not active. Check the courier keys in Settings."
            return NotLetIn(self.courier, words, raw)
        if status == 429:
            return CourierUnavailable(self.courier, f"{self.name} asks for a pause. Try again in a few minutes.", raw)
        if status == 404 and not changing and _NO_ROUTE not in raw.lower():
            return NotFound(f"parcel at {self.name} called", path.rsplit("/", 1)[-1])
        if status in {400, 409, 422} and answer.body is not None:
            return self.refusal(answer)
        if status in _REPEAT_ELSEWHERE or status in {400, 404, 405, 409, 410, 413, 415, 422}:
            return CourierUnavailable(
                self.courier, f"{self.name} did not understand the call ({status}). Check its address in Settings.", raw
            )
        return self._lost(raw, changing)

    def refusal(self, answer: Answer) -> CourierRefused:
        """What they said no with, in their own words, by field where they name one."""
        body = reading.mapping(answer.body)
        fields = reading.reasons(next((body[name] for name in _REASONS if body.get(name)), None))
        words = " ".join(dict.fromkeys(fields.values())) or reading.text(body.get("message")) or "without a reason"
        return CourierRefused(self.courier, f"{self.name} refused: {words}", answer.raw[:RAW_LENGTH], fields)


class _Kept(httpx.BaseTransport):
    """A transport that outlives the client of one call: closing is its owner's."""

    def __init__(self, transport: httpx.BaseTransport) -> None:
        self._transport = transport

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._transport.handle_request(request)


def _longer(timeout: httpx.Timeout, patience: float) -> httpx.Timeout:
    """The answer is waited for longer; a connection is made as quickly as ever."""
    read_s = None if timeout.read is None else timeout.read * patience
    return httpx.Timeout(connect=timeout.connect, read=read_s, write=timeout.write, pool=timeout.pool)


def _read(response: httpx.Response, whole_s: float) -> Answer:
    gives_up_at = time.monotonic() + whole_s
    received = bytearray()
    for chunk in response.iter_bytes():
        received += chunk
        if len(received) > LONGEST_ANSWER or time.monotonic() > gives_up_at:
            raise httpx.ReadTimeout("the answer does not end", request=response.request)
    raw = received.decode("utf-8", "replace").replace("\x00", "")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        body = None
    return Answer(response.status_code, body, raw, reading.number(response.headers.get("Retry-After")) or PAUSE_S)
