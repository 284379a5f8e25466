"""Every event of every browser as it comes off the socket: its shape, its size and its name, before Reflex reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import reflex as rx
from reflex.app import EventNamespace
from reflex.state import State, StateUpdate
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext
from starlette.requests import HTTPConnection

from dokango.errors import InvalidInput, NotAllowed
from dokango.people.throttle import network_that_counts
from dokango.settings import settings
from dokango_web.door.address import client_ip
from dokango_web.door.tabs import Tabs, tabs
from dokango_web.letting_go import LettingGo
from dokango_web.refusals import refused
from state.kit import presence
from state.kit.feedback import toast_of

_ROOT = State.get_full_name()
BOOT = f"{_ROOT}.hydrate_and_load"
_STORAGE = {BOOT, f"{_ROOT}.reflex___state____update_vars_internal_state.update_vars_internal"}
_MARK = "_rx_state_"
MOST_ADDRESS_CHARS = 4_000  # of the path, and of its parameters
MOST_PARTS = 2_000  # of a payload: fields, list items
DEEPEST = 8
_TOO_LONG = "More was sent than a page of ours has room for. Nothing was done; shorten it and send it again."
_TOO_MUCH_KEPT = "What this browser kept for us was too much to read, and was left out. Choose your goods again."


class EventLine(EventNamespace):
    """Reflex's own end of the socket, which knows its tabs and takes only events of a known name, shape and size."""

    def __init__(self, namespace: str, app: rx.App, known: Tabs = tabs) -> None:
        super().__init__(namespace, app)
        self._tabs, self._letting_go = known, LettingGo(app, known)
        self._networks: dict[str, str] = {}  # by the socket's id, as the next
        self._token_of: dict[str, str] = {}

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        """A page came; a tab that went long ago makes way for it where its network has too many."""
        network = self._networks[sid] = network_that_counts(client_ip(HTTPConnection(environ["asgi.scope"])))
        self._letting_go.make_room(network)
        try:
            await super().on_connect(sid, environ, auth)
        except Exception:
            self._left(sid)  # a connect that failed is never disconnected
            raise

    async def link_token_to_sid(self, sid: str, token: str, *, update_state: bool = True) -> None:
        """Under the token that it came with, or under a fresh one when another tab has that."""
        await super().link_token_to_sid(sid, token, update_state=update_state)
        self._token_of[sid] = self.sid_to_token[sid]
        self._tabs.came(self._token_of[sid], self._networks.get(sid, ""))

    def on_disconnect(self, sid: str) -> Any:
        """Its socket is closed."""
        self._left(sid)
        return super().on_disconnect(sid)

    def _left(self, sid: str) -> None:
        self._networks.pop(sid, None)
        presence.registry().leave(sid)
        if (token := self._token_of.pop(sid, None)) is not None:
            self._tabs.went(token)

    async def on_event(self, sid: str, data: Any) -> None:
        """One event. What is refused is answered with a sentence, noted, and never raised."""
        name = data.get("name") if isinstance(data, dict) else None
        if not isinstance(name, str) or name not in self._handlers():
            await self._refuse(sid, "no such event", str(name), NotAllowed("this", "That is not possible here."))
            return
        payload, address = data.get("payload") or {}, address_in(data.get("router_data"))
        if address is None or size_of(payload) > settings().event_chars:
            await self._refuse(sid, "too large an event", name, InvalidInput({"": _TOO_LONG}))
            return
        if name in _STORAGE and isinstance(payload, dict) and isinstance(payload.get("vars"), dict):
            kept = kept_in(payload["vars"])
            if len(kept) < len(payload["vars"]):
                await self._refuse(sid, "too much storage", name, InvalidInput({"": _TOO_MUCH_KEPT}))
            payload = {**payload, "vars": kept}
        await super().on_event(sid, {"name": name, "payload": payload, "router_data": address})

    def _handlers(self) -> Mapping[str, Any]:
        with self.app.set_contexts():
            return RegistrationContext.get().event_handlers

    async def _refuse(self, sid: str, why: str, what: str, error: InvalidInput | NotAllowed) -> None:
        known = self._static_router_data.get(sid, {})
        refused("socket", why, what, address=str(known.get("ip", "")))
        with self.app.set_contexts():
            answer = StateUpdate(events=Event.from_event_type(toast_of(error)))
        await self.emit("event", answer, to=sid)


def listen(app: rx.App) -> None:
    """Put our end of the socket in place of Reflex's own."""
    assert app.sio is not None and app.event_namespace is not None  # noqa: S101  the site has states
    app._event_namespace = EventLine(app.event_namespace.namespace, app)
    app.sio.register_namespace(app._event_namespace)


def size_of(value: Any, deep: int = 0) -> int:
    """About how many characters `value` has as JSON; what has too many parts or levels counts as endless."""
    if isinstance(value, str):
        return len(value) + 2
    if not isinstance(value, dict | list):
        return 8
    if deep >= DEEPEST or len(value) > MOST_PARTS:
        return 1_000_000_000
    return 2 + sum(size_of(part, deep + 1) for part in _parts(value))


def _parts(value: dict[str, Any] | list[Any]) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value
        yield from value.values()
    else:
        yield from value


def address_in(said: Any) -> dict[str, Any] | None:
    """Where the page says it is, without anything else that was said beside it; None for what is no address."""
    if not isinstance(said, dict):
        return {}
    found = {name: said[name] for name in ("pathname", "asPath", "query") if name in said}
    query = found.get("query", {})
    texts = all(isinstance(found.get(name, ""), str) for name in ("pathname", "asPath"))
    if not texts or not isinstance(query, dict) or size_of(found) > MOST_ADDRESS_CHARS:
        return None
    return found


def kept_in(vars_: dict[str, Any]) -> dict[str, str]:
    """Those of the values kept by the browser that are ours, are text, and have room; the longest go first."""
    ours = _names_kept()
    kept = {name: value for name, value in vars_.items() if name.removesuffix(_MARK) in ours and isinstance(value, str)}
    while sum(map(len, kept.values())) > settings().storage_chars:
        del kept[max(kept, key=lambda name: len(kept[name]))]
    return kept


@cache
def _names_kept() -> frozenset[str]:
    return frozenset(_client_storage())


def _client_storage(under: Any = State) -> set[str]:
    found = {f"{under.get_full_name()}.{name}" for name in under.get_fields() if under._is_client_storage(name)}
    return found.union(*(_client_storage(state) for state in under.get_substates()))
