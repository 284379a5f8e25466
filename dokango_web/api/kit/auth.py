"""Who calls: the key of the Authorization header, looked up every few seconds, and how many calls it has running."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from starlette.requests import Request

from dokango import process
from dokango.db import EVERYTHING, Announcement
from dokango.errors import NotSignedIn, Throttled
from dokango.people import api_keys
from dokango.people.actor import Actor
from dokango.people.throttle import network_of
from dokango.settings import settings
from dokango.topics import PEOPLE
from dokango_web.api.kit.threads import in_thread
from dokango_web.door.address import client_ip
from dokango_web.door.hosts import on_this_machine
from dokango_web.refusals import refused

T = TypeVar("T")

KEPT_S = 3.0  # a revoked key works that much longer at most
MOST_KEPT = 1_000
TOUCH_EVERY_S = 60.0
MOST_AT_ONCE = 256  # calls of one key under way; the contract promises 50
UNKNOWN_PER_MINUTE = 300  # tries of keys that do not exist, from one network


@dataclass(slots=True)
class _Seen:
    """A key found lately, and when its use was last noted."""

    actor: Actor
    until: float
    touched: float


_seen: dict[str, _Seen] = {}
_running: defaultdict[int, int] = defaultdict(int)
_unknown: defaultdict[str, deque[float]] = defaultdict(deque)


async def key_holder(request: Request) -> Actor:
    """Who the request's key acts as. Raises NotSignedIn; Throttled when somebody is trying keys."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    key = key.strip()
    if scheme.lower() != "bearer" or not key:
        raise NotSignedIn("Send an API key: “Authorization: Bearer <key>”. The owner makes one in the settings.")
    now = time.monotonic()
    seen = _seen.get(key)
    if seen is None or seen.until < now:
        seen = await _look_up(request, key, now, seen)
    return seen.actor


async def require_insider(request: Request) -> None:
    """Let pass who may look inside: this machine, an API key, or everybody where a setting says so.

    Raises NotSignedIn, Throttled.
    """
    if not settings().open_docs and not on_this_machine(request):
        await key_holder(request)


async def _look_up(request: Request, key: str, now: float, before: _Seen | None) -> _Seen:
    database = process.database()
    actor = await in_thread(lambda: database.read(lambda tx: api_keys.find(tx, key)))
    if actor is None:
        _seen.pop(key, None)
        refused("api", "an unknown key", request.url.path, address=client_ip(request))
        _note_unknown(network_of(client_ip(request)), now)
        raise NotSignedIn("This API key is unknown or was revoked. Ask the owner for another.")
    touched = before.touched if before else -TOUCH_EVERY_S
    if now - touched >= TOUCH_EVERY_S:
        now_us, touched, caller = process.clock().now_us(), now, replace(actor, address=client_ip(request))
        await in_thread(lambda: database.write(lambda tx: api_keys.touch(tx, caller, now_us)))
    if len(_seen) >= MOST_KEPT:
        _seen.clear()
    found = _seen[key] = _Seen(actor, now + KEPT_S, touched)
    return found


def _note_unknown(network: str, now: float) -> None:
    """Slow down who tries keys; good keys are never held up by it, from wherever they come."""
    if len(_unknown) >= MOST_KEPT:
        _unknown.clear()
    tries = _unknown[network]
    while tries and tries[0] < now - 60:
        tries.popleft()
    if len(tries) >= UNKNOWN_PER_MINUTE:
        raise Throttled(60)
    tries.append(now)


async def within_limit(actor: Actor, call: Callable[[], Awaitable[T]]) -> T:
    """Run `call` unless the key has too many under way already: then Throttled."""
    if _running[actor.id] >= MOST_AT_ONCE:
        raise Throttled(1)
    _running[actor.id] += 1
    try:
        return await call()
    finally:
        _running[actor.id] -= 1


def heard(announcement: Announcement) -> None:
    """A commit, of this process or another: keys may have been revoked."""
    if announcement.topics & {PEOPLE, EVERYTHING}:
        _seen.clear()


def forget() -> None:
    """Look every key up anew (another database was put in place)."""
    _seen.clear()
    _unknown.clear()
