"""Calls to Pathao with a token that all processes share: renewed early, or once when refused, by one at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from dokango.clock import US_PER_S
from dokango.courier_errors import CourierRefused, CourierUnavailable
from dokango.couriers.line import Line, reading
from dokango.couriers.line.http import Answer, KeysRefused, NotLetIn, Wire
from dokango.couriers.line.sessions import Session
from dokango.couriers.pathao.keys import KEY, NAME, PathaoKeys, SignIn
from dokango.errors import NotFound

LASTS_S = 432_000  # five days, where an answer does not say
_FAILED = ("error", "errors", "validation")


class SignedIn:
    """The three kinds of calls, with the envelope opened. A refused token is renewed, and the same call made once more.

    A 401 says that nothing was done, so even a booking may be repeated after it.
    """

    def __init__(self, keys: PathaoKeys, line: Line) -> None:
        self._keys, self._line = keys, line

    def get(self, path: str, params: Mapping[str, str] | None = None) -> reading.Json:
        """`data` of a call that changes nothing. Raises CourierUnavailable, NotFound, CourierRefused."""
        return _data(self._called(lambda wire: wire.get(path, params)))

    def ask(self, path: str, body: object) -> reading.Json:
        """`data` of a POST that books nothing; raises as `get`."""
        return _data(self._called(lambda wire: wire.ask(path, body)))

    def post(self, path: str, body: object) -> Answer:
        """The whole answer of a POST that books; may raise CourierUncertain as well."""
        return self._called(lambda wire: wire.post(path, body))

    def _called(self, call: Callable[[Wire], Answer]) -> Answer:
        session = self._session("")
        try:
            return self._once(session, call)
        except KeysRefused:
            session = self._session(session.access)
        try:
            return self._once(session, call)
        except KeysRefused:
            self._wire(session).note_refused()
            raise

    def _once(self, session: Session, call: Callable[[Wire], Answer]) -> Answer:
        if not self._line.is_played:
            time.sleep(self._line.sessions.turn_s(self._keys.account, KEY, self._keys.calls_per_min))
        wire = self._wire(session)
        answer = call(wire)
        if _says_no(reading.mapping(answer.body)):
            raise wire.refusal(answer)
        return answer

    def _wire(self, session: Session) -> Wire:
        headers = {"Authorization": f"Bearer {session.access}"}
        return self._line.wire(KEY, NAME, self._keys.url, headers, self._keys.account)

    def _session(self, stale: str) -> Session:
        return self._line.sessions.current(self._keys.account, KEY, stale, self._renewed)

    def _renewed(self, before: Session | None) -> Session:
        """By the refresh token, which each renewal replaces; else by the keys."""
        keys = self._keys
        client = {"client_id": keys.client_id, "client_secret": keys.client_secret}
        if keys.sign_in is SignIn.EXTERNAL:
            return self._issued("/external/login", client)
        if before is not None and before.refresh:
            try:
                refresh = {**client, "grant_type": "refresh_token", "refresh_token": before.refresh}
                return _keeping(before, self._issued("/issue-token", refresh))
            except KeysRefused:
                pass
        who = {"grant_type": "password", "username": keys.username, "password": keys.password}
        try:
            return self._issued("/issue-token", {**client, **who})
        except KeysRefused:
            self._door().note_refused()
            raise

    def _issued(self, path: str, body: Mapping[str, str]) -> Session:
        now_us = self._line.clock.now_us()
        try:
            answer = self._door().ask(path, body)
        except (CourierRefused, KeysRefused, NotLetIn) as refusal:
            words = f"{NAME} refused the sign-in. Check client id, secret, e-mail and password in Settings."
            raise KeysRefused(KEY, words, refusal.raw) from refusal
        except NotFound as missing:
            words = f"{NAME} has no sign-in at this address. Check its address in Settings. Nothing was sent."
            raise CourierUnavailable(KEY, words) from missing
        given = reading.mapping(answer.body)
        given = given if "access_token" in given else reading.mapping(given.get("data"))
        access = reading.text(given.get("access_token"), 5_000)
        if not access:
            raise CourierUnavailable(KEY, f"{NAME} gave no token. Nothing was sent; try again in a minute.")
        lasts_s = reading.number(given.get("expires_in")) or LASTS_S
        return Session(access, reading.text(given.get("refresh_token"), 5_000), now_us + lasts_s * US_PER_S)

    def _door(self) -> Wire:
        return self._line.wire(KEY, NAME, self._keys.url, {}, self._keys.account)


def _keeping(before: Session, renewed: Session) -> Session:
    """One that comes without a refresh token goes on with the one there was: not all replace it."""
    return renewed if renewed.refresh else replace(renewed, refresh=before.refresh)


def _data(answer: Answer) -> reading.Json:
    """`data` of the envelope; a list, which lies one deeper, comes as {"data": […]} either way."""
    inner = reading.mapping(answer.body).get("data")
    return {"data": inner} if isinstance(inner, list) else reading.mapping(inner)


def _says_no(body: reading.Json) -> bool:
    """A refusal inside a 200: a type that is not success, or errors beside it."""
    kind = reading.text(body.get("type")).lower()
    return kind not in ("", "success") or any(body.get(name) for name in _FAILED)
