"""Tokens: five days long, replaced by each renewal, and ended on purpose when a test says so."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass

from dokango.clock import US_PER_S
from dokango.couriers.line import reading
from dokango.couriers.pathao.keys import PathaoKeys
from dokango.couriers.practice.calls import Answer
from dokango.couriers.practice.store import Store

LASTS_S = 432_000


@dataclass(frozen=True, slots=True)
class Refusals:
    """HTTP's status for wrong keys, and for a refresh token that is worth nothing: which, nobody states."""

    keys: int
    refresh: int


def issue(store: Store, keys: PathaoKeys, body: object, refusals: Refusals) -> Answer:
    """POST /issue-token: by the merchant's login, or by a refresh token, which is worth nothing afterwards."""
    given = reading.mapping(body)
    if not _same(given, {"client_id": keys.client_id, "client_secret": keys.client_secret}):
        return _refused(refusals.keys)
    if given.get("grant_type") == "refresh_token":
        return _refreshed(store, reading.text(given.get("refresh_token")), refusals)
    if given.get("grant_type") != "password":
        return 400, {"error": "unsupported_grant_type", "message": "The grant type is not supported."}
    if not _same(given, {"username": keys.username, "password": keys.password}):
        return _refused(refusals.keys)
    return 200, _made(store)


def log_in(store: Store, keys: PathaoKeys, body: object, refusals: Refusals) -> Answer:
    """POST /external/login: by the client alone."""
    given = reading.mapping(body)
    if not _same(given, {"client_id": keys.client_id, "client_secret": keys.client_secret}):
        return _refused(refusals.keys)
    return 200, _made(store)


def lets_in(store: Store, bearer: str) -> bool:
    """Whether the header of a call holds a token that is still good."""
    scheme, _, access = bearer.partition(" ")
    found = store.one("SELECT ends_at FROM token WHERE access = ?", access.strip())
    return scheme.lower() == "bearer" and found is not None and found.whole("ends_at") > store.now_us()


def expire(store: Store) -> None:
    """Every access token ends now; what refreshes them stays good."""
    store.run("UPDATE token SET ends_at = 0")


def forget(store: Store) -> None:
    """As if nobody had ever signed in: refresh tokens are worth nothing either."""
    store.run("DELETE FROM token")


def _refreshed(store: Store, refresh: str, refusals: Refusals) -> Answer:
    with store.writing():
        found = store.one("SELECT access FROM token WHERE refresh = ?", refresh) if refresh else None
        if found is None:
            return refusals.refresh, {"error": "invalid_grant", "message": "The refresh token is invalid."}
        store.run("DELETE FROM token WHERE access = ?", found["access"])
        return 200, _made(store)


def _made(store: Store) -> dict[str, object]:
    access, refresh = secrets.token_urlsafe(40), secrets.token_urlsafe(40)
    store.insert("token", {"access": access, "refresh": refresh, "ends_at": store.now_us() + LASTS_S * US_PER_S})
    return {"token_type": "Bearer", "expires_in": LASTS_S, "access_token": access, "refresh_token": refresh}


def _same(given: reading.Json, ours: dict[str, str]) -> bool:
    pairs = [(reading.text(given.get(name)), value) for name, value in ours.items()]
    return all(hmac.compare_digest(theirs.encode(), right.encode()) for theirs, right in pairs)


def _refused(status: int) -> Answer:
    return status, {"error": "invalid_client", "message": "Client authentication failed"}
