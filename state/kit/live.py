"""Live pages: what anyone commits is on every page that watches it, in a moment and without a reload.

A page's state says what it watches when it loads, and how to bring itself up to date:

    class QueueState(rx.State):
        rows: list[dict[str, str]] = []

        @rx.event
        @allow(Permission.VIEW_ORDERS)
        async def load(self) -> None:                 # the page's on_load
            live.watch(self, "orders")                # topics, as the core's tx.changed("orders") names them
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
- "*" watches everything. A slow poll of the audit trail catches what other processes wrote.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

import reflex as rx
from reflex.state import StateUpdate
from reflex_base.event import Event
from sqlalchemy import func, select

from dokango import audit, process
from dokango.db import Statement, Tx, table_of
from dokango.people import sessions
from dokango.topics import PEOPLE
from state.kit import session
from state.kit.access import set_current_actor, visitor
from state.kit.work import read

log = logging.getLogger(__name__)
T = TypeVar("T")

GATHER_S = 0.02  # changes that come together are shown together
POLL_S = 2.0
KEEP_S = 1_500.0  # Reflex forgets a tab's states after an hour without an event; an open queue must not go deaf
EVERYTHING = "*"
_AT_ONCE = 16
_LAST_EVENT = Statement(select(func.max(table_of(audit.Event).c.id)))
_wave: ContextVar[dict[Hashable, asyncio.Future[Any]] | None] = ContextVar("wave", default=None)


@dataclass(slots=True)
class _Watch:
    state: type[rx.State]
    topics: frozenset[str]
    path: str
    owner: str  # hash of the staff session that watches; "" for customers
    calm_s: float
    refreshed_at: float
    late: bool = False  # something changed, and the page rests for a moment before it shows it

    def is_due(self, topics: set[str]) -> bool:
        """Whether to refresh now; a calm page that is not due yet stays late until it is."""
        wanted = self.late or EVERYTHING in topics or EVERYTHING in self.topics or bool(self.topics & topics)
        self.late = wanted and time.monotonic() - self.refreshed_at < self.calm_s
        if wanted and not self.late:
            self.refreshed_at = time.monotonic()
        return wanted and not self.late


_watches: dict[str, dict[type[rx.State], _Watch]] = {}


def watch(state: rx.State, *topics: str, calm_s: float = 0.0) -> None:
    """Refresh `state` (its `_refresh`) after each commit on one of `topics`, for as long as its page stays open.

    With `calm_s` at most once in so many seconds: for pages whose reading is heavy, such as the owner's figures.
    """
    owner = sessions.hash_of(session.secret_in(_headers(state).get("cookie", ""))) if visitor().is_staff else ""
    path = _path(state)
    here = {cls: w for cls, w in _watches.get(_token(state), {}).items() if w.path == path}
    here[type(state)] = _Watch(type(state), frozenset(topics), path, owner, calm_s, time.monotonic())
    _watches[_token(state)] = here


def _any_late() -> bool:
    return any(w.late for watches in _watches.values() for w in watches.values())


async def once(key: Hashable, query: Callable[[Tx], T]) -> T:
    """`query(tx)` in a thread; run once for all the pages that one change refreshes and that ask with the same key."""
    wave = _wave.get()
    if wave is None:
        return await read(query)
    if key not in wave:
        wave[key] = asyncio.ensure_future(read(query))
    return await asyncio.shield(wave[key])


class Bus:
    """Gathers the topics of commits, from any thread, for the event loop."""

    def __init__(self) -> None:
        self._topics: set[str] = set()
        self._woken = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def heard(self, topics: frozenset[str]) -> None:
        """A commit's topics; called in the thread that committed."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._gather, topics)

    def _gather(self, topics: frozenset[str]) -> None:
        if PEOPLE in topics:
            session.forget()
        self._topics |= topics
        self._woken.set()

    async def next(self, timeout_s: float) -> set[str]:
        """The topics of the next moment; empty when nothing happened for `timeout_s`."""
        try:
            await asyncio.wait_for(self._woken.wait(), timeout_s)
        except TimeoutError:
            return set()
        await asyncio.sleep(GATHER_S)
        topics, self._topics = self._topics, set()
        self._woken.clear()
        return topics


async def run(app: rx.App) -> None:
    """The lifespan task of each worker: wait for changes, refresh who watches them. Ends when it is cancelled."""
    bus = Bus()
    database = await asyncio.to_thread(process.database)
    database.listen(bus.heard)
    last_event, kept_at = await _last_event(), time.monotonic()
    while True:
        try:
            topics = await bus.next(POLL_S)
            if time.monotonic() - kept_at > KEEP_S:
                kept_at = time.monotonic()
                await _keep(app)
            if not topics and (now := await _last_event()) != last_event:
                last_event, topics = now, {EVERYTHING}
            if topics or _any_late():
                await refresh(app, topics)
        except Exception:
            log.exception("live refresh failed")
            await asyncio.sleep(1)


async def refresh(app: rx.App, topics: set[str]) -> None:
    """Bring every watching page up to date; one reading of the database per distinct view."""
    connected = app.event_namespace.token_to_sid if app.event_namespace else {}
    for token in [t for t in _watches if t not in connected]:
        del _watches[token]
    if PEOPLE in topics:
        await _show_out(app, list(connected))
    due = [(token, w) for token, watches in list(_watches.items()) for w in list(watches.values()) if w.is_due(topics)]
    _wave.set({})
    gate = asyncio.Semaphore(_AT_ONCE)
    await asyncio.gather(*(_push(app, gate, token, w) for token, w in due))
    _wave.set(None)


async def _push(app: rx.App, gate: asyncio.Semaphore, token: str, watching: _Watch) -> None:
    async with gate:
        try:
            async with app.modify_state(rx.BaseStateToken(ident=token, cls=watching.state)) as root:
                state = await root.get_state(watching.state)
                if _path(state) != watching.path:
                    _watches.get(token, {}).pop(watching.state, None)
                    return
                found = await session.signed_in(_headers(state))
                if watching.owner and (found is None or found.id_hash != watching.owner):
                    return
                set_current_actor(session.actor_of(found))
                await state._refresh()
        except Exception:
            log.exception("could not refresh %s", watching.state.__name__)


async def _keep(app: rx.App) -> None:
    """Touch the states of watching tabs, so that they outlive a quiet hour."""
    for token, watches in list(_watches.items()):
        for state in list(watches):
            async with app.modify_state(rx.BaseStateToken(ident=token, cls=state)):
                pass


async def _show_out(app: rx.App, tokens: list[str]) -> None:
    """Empty the tabs whose session has ended, and send them to the sign-in page: the cookie alone would do it late."""
    for token in tokens:
        async with app.modify_state(rx.BaseStateToken(ident=token, cls=session.SessionState)) as root:
            state = await root.get_state(session.SessionState)
            found = await session.signed_in(_headers(state))
            ended = state.signed_in and found is None
            await session.settle_owner(state, found)
        if ended and app.event_namespace is not None:
            leave = Event.from_event_type(rx.redirect("/sign-in?why=ended"))
            await app.event_namespace.emit_update(StateUpdate(events=leave), token)


async def _last_event() -> int:
    return int(await read(lambda tx: tx.value(_LAST_EVENT)) or 0)


def _token(state: rx.State) -> str:
    return state.router.session.client_token


def _headers(state: rx.State) -> dict[str, str]:
    headers: dict[str, str] = state._get_root_state().router_data.get("headers", {})
    return headers


def _path(state: rx.State) -> str:
    as_path: str = state._get_root_state().router_data.get("asPath", "")
    return as_path.split("?", 1)[0].split("#", 1)[0].rstrip("/")
