"""Calls to RedX with its one header, at the pace that is set, and refusals inside a 200 told from answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from dokango.couriers.line import Line, reading
from dokango.couriers.line.http import Answer
from dokango.couriers.redx.keys import KEY, NAME, RedxKeys

HEADER = "API-ACCESS-TOKEN"
_FAILED = ("error", "errors", "validationErrors")
_NO = ("error", "failed", "fail", "failure")


class Calls:
    """The three kinds of calls. The token is made in the merchant panel: nothing renews it."""

    def __init__(self, keys: RedxKeys, line: Line) -> None:
        self._keys, self._line = keys, line
        self._wire = line.wire(KEY, NAME, keys.url, {HEADER: f"Bearer {keys.token}"})

    def get(self, path: str, params: Mapping[str, str] | None = None) -> reading.Json:
        """A call that changes nothing. Raises CourierUnavailable, NotFound, CourierRefused."""
        return reading.mapping(self._called(lambda: self._wire.get(path, params)).body)

    def post(self, path: str, body: object) -> Answer:
        """The whole answer of a POST that books; may raise CourierUncertain as well."""
        return self._called(lambda: self._wire.post(path, body))

    def patch(self, path: str, body: object) -> reading.Json:
        """A change of what is booked; raises as `post`."""
        return reading.mapping(self._called(lambda: self._wire.patch(path, body)).body)

    def _called(self, call: Callable[[], Answer]) -> Answer:
        if not self._line.is_played:
            time.sleep(self._line.sessions.turn_s(self._keys.account, KEY, self._keys.calls_per_min))
        answer = call()
        if _says_no(reading.mapping(answer.body)):
            raise self._wire.refusal(answer)
        return answer


def _says_no(body: reading.Json) -> bool:
    """A refusal inside a 200. What names the parcel is no refusal, whatever stands beside it."""
    if reading.text(body.get("tracking_id")):
        return False
    said = reading.text(body.get("status")).lower()
    return said in _NO or body.get("success") is False or any(body.get(name) for name in _FAILED)
