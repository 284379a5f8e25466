"""States in process: real events through the real gate, on a real database, without a browser or a socket.

from tests.state.desk import Desk

async def test_a_viewer_cannot_confirm(desk: Desk) -> None:
    viewer = await desk.browser("viewer")
    await viewer.arrive("/orders")
    await viewer.call(OrdersState.confirm, number="1001")
    assert viewer.told == ["Your role may not do this (confirm). Ask the owner."]
    assert viewer.sees(OrdersState, "rows") == [...]
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import anyio.to_thread
from reflex.state import State, StateUpdate
from reflex.utils.format import format_event_handler
from reflex_base.event import Event
from reflex_base.event.processor.future import EventFuture

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.people import sessions, staff
from dokango.people.actor import SYSTEM
from dokango.people.staff import NewStaff
from dokango_web.dokango_web import app
from state.kit import session

PASSWORD = "a password for tests"
_MARK = "_rx_state_"
_TOAST = re.compile(r"""__toast'\]\?\.\["\w+"\]\(("(?:[^"\\]|\\.)*")""")
_UNDO = re.compile(r"undo_state\.take_back\", \{left:(\[.*?\]\])\}")
_numbers = itertools.count(1)


@dataclass
class Browser:
    """One tab: what it was sent so far, and the cookie it sends."""

    token: str
    secret: str = ""
    states: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    undoing: list[list[str]] = field(default_factory=list)  # behind the Undo of the last toast
    redirects: list[str] = field(default_factory=list)
    received: list[str] = field(default_factory=list)
    path: str = "/"
    address: str = "127.0.0.1"  # where it calls from
    sockets: int = 1  # how many have come with the token so far

    @property
    def sid(self) -> str:
        """The tab's socket."""
        return f"socket-of-{self.token}-{self.sockets}"

    def reconnect(self) -> None:
        """Another socket comes with this tab's client token: its own after a lost line, or somebody else's."""
        self.sockets += 1

    async def arrive(self, path: str) -> None:
        """Open `path`: hydrate, and run the page's on_load."""
        self.path = path
        await self.send(format_event_handler(State.event_handlers["hydrate_and_load"]), {})

    async def call(self, handler: Any, **payload: Any) -> None:
        """Call a handler as a click does, and wait for all that follows."""
        await self.send(format_event_handler(handler), payload)

    async def send(self, name: str, payload: Any) -> None:
        """Send any event at all."""
        route = app.router(self.path.split("?")[0]) or "404"
        router_data = {
            "pathname": "/" + route.removeprefix("/"),
            "asPath": self.path,
            "query": dict(part.split("=", 1) for part in self.path.partition("?")[2].split("&") if "=" in part),
            "token": self.token,
            "headers": {"cookie": f"{session.COOKIE}={self.secret}"} if self.secret else {"host": "localhost"},
            "ip": self.address,
            "sid": self.sid,
        }
        event = Event(name=name, payload=payload, router_data=router_data)
        sent = await app.event_processor.enqueue(self.token, event)
        with contextlib.suppress(Exception):  # what a handler raises is told by the app's own exception handler
            await sent.wait_all()
        await _told_of_failures(sent)

    def sees(self, state: type[State], var: str) -> Any:
        """A var as this tab last received it."""
        return self.states[state.get_full_name()][var]

    def shown(self, state: type[State], typed: Mapping[str, str]) -> dict[str, str]:
        """A form over an order, as the page sends it: what was `typed`, and which order it was shown for."""
        return {"number": self.sees(state, "number"), "version": str(self.sees(state, "version")), **typed}

    def take(self, update: StateUpdate) -> None:
        """What the server sent."""
        self.received.append(str(update))
        for name, delta in update.delta.items():
            seen = self.states.setdefault(name, {})
            seen.update({key.removesuffix(_MARK).split("_rx_state")[0]: value for key, value in delta.items()})
        for event in update.events:
            if event.name == "_redirect":
                self.redirects.append(str(event.payload.get("path")))
            elif (sentence := _toast_in(event.payload)) is not None:
                self.told.append(sentence)
                self.undoing = _undoing_in(event.payload)


class Desk:
    """The site in process, on `db`."""

    def __init__(self, db: Database, clock: ManualClock) -> None:
        self.db = db
        self.clock = clock
        self.browsers: dict[str, Browser] = {}

    async def browser(self, role: str = "", name: str = "") -> Browser:
        """A new tab; signed in when a role is named ("owner", "manager", "packer", "viewer")."""
        tab = Browser(f"tab-{next(_numbers)}")
        self.browsers[tab.token] = tab
        if role:
            tab.secret = await anyio.to_thread.run_sync(lambda: sign_in(self.db, self.clock, role, name))
        return tab

    async def emit(self, update: StateUpdate, token: str) -> None:
        """In place of the socket."""
        if token in self.browsers:
            self.browsers[token].take(update)


def sign_in(db: Database, clock: ManualClock, role: str, name: str = "") -> str:
    """A fresh member of staff with `role`, signed in; the cookie's secret."""
    login = f"{role}{next(_numbers)}"
    new = NewStaff(login, name or f"{role.title()} {login}", role, PASSWORD)
    user_id = db.write(lambda tx: staff.create(tx, SYSTEM, new, clock))
    return db.write(lambda tx: sessions.start(tx, user_id, clock.now_us()))


async def _told_of_failures(sent: EventFuture) -> None:
    """Wait for the app's exception handler, which runs after the event that failed is over."""
    chain = [sent]
    for future in chain:
        chain += future.children
    running = app.event_processor._tasks
    if telling := [running[future.txid] for future in chain if future.txid in running]:
        await asyncio.wait(telling)


def _undoing_in(payload: Mapping[str, Any]) -> list[list[str]]:
    """The orders and versions behind a toast's Undo; [] where it has none."""
    found = _UNDO.search(str(payload.get("function", "")))
    return list(json.loads(found[1])) if found else []


def _toast_in(payload: Mapping[str, Any]) -> str | None:
    """The sentence of a toast, which Reflex sends as a call of a function."""
    script = str(payload.get("function", ""))
    found = _TOAST.search(script)
    return str(json.loads(found[1])) if found else None
