"""Live pages: what anyone commits is on every page that watches it, in a moment and without a reload.

A page's state says what it watches when it loads, and how to bring itself up to date:

    class QueueState(rx.State):
        rows: list[dict[str, str]] = []

        @rx.event
        @allow(Permission.VIEW_ORDERS)
        async def load(self) -> None:                 # the page's on_load
            live.watch(self, topics.ORDERS)           # as the core's tx.changed(topics.ORDERS) announces it
            await self._refresh()

        async def _refresh(self) -> None:             # called again after each commit on one of the topics
            tab = self.tab
            self.rows = await live.once(("queue", tab), lambda tx: views.queue(tx, tab))

- `live.watch(self, *topics)` holds while the browser stays on this page (same path); loading another page ends it.
- `_refresh` runs under the tab's lock, as the tab's own user: `current_actor()` works, and a session that ended gets
  nothing. It writes vars, like a handler; only what differs is sent. It must not move rows under the pointer: show
  "3 new orders" and let a click bring them in.
- `live.once(key, query)` reads once per distinct `key` for all the tabs refreshed by the same change. The key must name
  everything the result depends on, the role included when it hides figures.
- A page of one order watches `topics.of_order(number)`, never "orders": others' orders leave it asleep.
- What other processes wrote is heard as they commit (PostgreSQL), and found in the audit trail every two seconds.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar, cast

import reflex as rx
from prometheus_client import Counter
from reflex.state import StateUpdate
from reflex_base.event import Event

from dokango import process
from dokango.db import EVERYTHING, Announcement, Tx
from dokango.people import sessions
from dokango.people.sessions import SignedIn
from dokango.topics import PEOPLE
from state.kit import session
from state.kit.access import set_caller, visitor
from state.kit.bus import Bus, open_bus
from state.kit.watches import Watch, Watches
from state.kit.work import read

log = logging.getLogger(__name__)
T = TypeVar("T")

POLL_S = 2.0
KEEP_S = 1_500.0  # Reflex forgets a tab's states after an hour without an event; an open queue must not go deaf
REFRESHES = Counter("dokango_live_refreshes", "Open pages brought up to date after a change.")
_AT_ONCE = 16
_wave: ContextVar[dict[Hashable, asyncio.Future[Any]] | None] = ContextVar("wave", default=None)
_watches = Watches()
_bus: Bus | None = None  # of the site that runs here


def watch(state: rx.State, *topics: str, calm_s: float = 0.0) -> None:
    """Refresh `state` (its `_refresh`) after each commit on one of `topics`, for as long as its page stays open.

    With `calm_s` at most once in so many seconds: for pages whose reading is heavy, such as the owner's figures.
    """
    owner = sessions.hash_of(session.secret_in(_headers(state).get("cookie", ""))) if visitor().is_staff else ""
    tab = state.router.session
    _watches.put(Watch(tab.client_token, tab.session_id, type(state), frozenset(topics), _path(state), owner, calm_s))


def is_watching(token: str) -> bool:
    """Whether the tab of this client token shows what anyone's commit may change."""
    return _watches.has(token)


def announce(*topics: str) -> None:
    """Bring the pages up to date that watch `topics`, of what is in no database; does nothing before the site runs."""
    if _bus is not None:
        _bus.heard(Announcement(set(topics)))


async def once(key: Hashable, query: Callable[[Tx], T]) -> T:
    """`query(tx)` in a thread; run once for all the pages that one change refreshes and that ask with the same key."""
    wave = _wave.get()
    if wave is None:
        return await read(query)
    if key not in wave:
        wave[key] = asyncio.ensure_future(read(query))
    return await asyncio.shield(wave[key])


async def run(app: rx.App) -> None:
    """The lifespan task of each worker: wait for changes, refresh who watches them. Ends when it is cancelled."""
    global _bus
    database = await asyncio.to_thread(process.database)
    bus = _bus = await open_bus()
    database.listen(bus.heard)
    await asyncio.to_thread(database.hear, bus.heard)
    mending = asyncio.create_task(bus.mend(POLL_S))
    try:
        await _refresh_for_ever(app, bus)
    finally:
        _bus = None
        mending.cancel()


async def _refresh_for_ever(app: rx.App, bus: Bus) -> None:
    kept_at = time.monotonic()
    while True:
        try:
            topics = await bus.next(POLL_S)
            if time.monotonic() - kept_at > KEEP_S:
                kept_at = time.monotonic()
                await _keep(app)
            if topics or _watches.any_late():
                await refresh(app, topics)
        except Exception:
            log.exception("live refresh failed")
            await asyncio.sleep(1)


async def refresh(app: rx.App, topics: set[str]) -> None:
    """Bring every page that watches one of `topics` up to date; one reading of the database per distinct view."""
    if topics & {PEOPLE, EVERYTHING}:
        await _show_out(app, _connected(app))
    due = _watches.take_due(topics)
    _wave.set({})
    gate = asyncio.Semaphore(_AT_ONCE)
    await asyncio.gather(*(_push(app, gate, watching) for watching in due))
    _wave.set(None)


class _Refreshed(Protocol):
    async def _refresh(self) -> None: ...


async def _push(app: rx.App, gate: asyncio.Semaphore, watching: Watch) -> None:
    if not _asks_still(app, watching):
        _watches.drop(watching)
        return
    async with gate:
        try:
            async with app.modify_state(rx.BaseStateToken(ident=watching.token, cls=watching.state)) as root:
                state = await root.get_state(watching.state)
                if _path(state) != watching.path:
                    _watches.drop(watching)
                    return
                found = await session.signed_in(_headers(state))
                if watching.owner and not _is_open(found, watching.owner):
                    _watches.drop(watching)
                    return
                set_caller(found)
                await cast(_Refreshed, state)._refresh()
                REFRESHES.inc()
                watching.failed = False
        except Exception:
            log.exception("could not refresh %s", watching.state.__name__)
            _watches.again(watching)


async def _keep(app: rx.App) -> None:
    """Touch the states of watching tabs, so that they outlive a quiet hour; let go of tabs that have gone."""
    for watching in _watches.all():
        if not _asks_still(app, watching):
            _watches.drop(watching)
            continue
        async with app.modify_state(rx.BaseStateToken(ident=watching.token, cls=watching.state)):
            pass


async def _show_out(app: rx.App, tokens: list[str]) -> None:
    """Empty the tabs whose session has ended, and send them to the sign-in page: the cookie alone would do it late."""
    for token in tokens:
        try:
            await _show_one_out(app, token)
        except Exception:
            log.exception("could not see whether a tab's session has ended")


async def _show_one_out(app: rx.App, token: str) -> None:
    async with app.modify_state(rx.BaseStateToken(ident=token, cls=session.SessionState)) as root:
        state = await root.get_state(session.SessionState)
        found = await session.signed_in(_headers(state))
        ended = state.signed_in and session.actor_of(found) is None
        await session.settle_owner(state, found)
    if ended and app.event_namespace is not None:
        leave = Event.from_event_type(rx.redirect("/sign-in?why=ended"))
        await app.event_namespace.emit_update(StateUpdate(events=leave), token)


def _connected(app: rx.App) -> list[str]:
    """The client tokens of all open tabs."""
    return list(app.event_namespace._token_manager.token_to_socket) if app.event_namespace else []


def _asks_still(app: rx.App, watching: Watch) -> bool:
    """Whether the socket that asked is still the tab's. After a reconnect the page's own load asks anew."""
    if app.event_namespace is None:
        return False
    socket = app.event_namespace._token_manager.token_to_socket.get(watching.token)
    return socket is not None and socket.sid == watching.sid


def _is_open(found: SignedIn | None, owner: str) -> bool:
    """Whether the session of the hash `owner` is still there, with nothing asked of it."""
    return found is not None and found.asked is None and found.id_hash == owner


def _headers(state: rx.State) -> dict[str, str]:
    headers: dict[str, str] = state._get_root_state().router_data.get("headers", {})
    return headers


def _path(state: rx.State) -> str:
    as_path: str = state._get_root_state().router_data.get("asPath", "")
    return as_path.split("?", 1)[0].split("#", 1)[0].rstrip("/")
