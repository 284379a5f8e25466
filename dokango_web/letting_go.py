"""The states of tabs that nobody uses are let go: they are the server's memory, a third of a megabyte each.

A visitor's tab is forgotten some minutes after its socket closed, or when it has said nothing for long (its socket is
closed then; a click opens it again). Staff keep theirs longer. A tab that comes back is built anew by its page's own
load: the cart is in the browser, everything else in the address and the database. A page that watches an order live is
not silent.
"""

from __future__ import annotations

import asyncio
import logging
import time

import reflex as rx
from prometheus_client import Counter
from reflex.istate.manager.memory import StateManagerMemory

from dokango.settings import settings
from dokango_web.door.tabs import Tabs, tabs
from dokango_web.door.visitors import Visitors, visitors
from state.kit import live
from state.kit.session import SessionState

log = logging.getLogger(__name__)
SWEEP_S = 15.0
STAFF_TIMES_LONGER = 10
LET_GO = Counter("dokango_tabs_let_go", "Tabs whose states were let go.")


class LettingGo:
    """Over the states that this process holds."""

    def __init__(self, app: rx.App, known_tabs: Tabs = tabs, known_visitors: Visitors = visitors) -> None:
        self._app, self._tabs, self._visitors = app, known_tabs, known_visitors

    async def sweep(self) -> None:
        """Close what is silent, and let go what was closed long enough ago."""
        shop = settings()
        for token in self._tabs.open():
            if self._is_silent(token, shop.visitor_silent_s) and not self._is_staffs(token):
                await self._close(token)
        for token in self._tabs.gone(shop.visitor_gone_s):
            if not self._is_staffs(token):
                self.let_go(token)
        for token in self._tabs.gone(shop.visitor_gone_s * STAFF_TIMES_LONGER):
            self.let_go(token)

    def make_room(self, network: str) -> None:
        """One more tab of `network` comes: where that is too many, the one that went first makes way."""
        shop = settings()
        while token := self._tabs.in_the_way(network, shop.sockets_per_network, shop.most_sockets):
            if not self.let_go(token):
                return

    def let_go(self, token: str) -> bool:
        """Forget all of a tab; False when something of it runs just now, which the next sweep finds at rest."""
        manager, key = self._app.state_manager, _key(token)
        if isinstance(manager, StateManagerMemory):
            lock = manager._states_locks.get(key.lock_key)
            if lock is not None and lock.locked():
                return False
            manager._purge_token(key)
        self._tabs.forget(token)
        self._visitors.forget([token])
        LET_GO.inc()
        return True

    def _is_silent(self, token: str, for_s: float) -> bool:
        manager = self._app.state_manager
        if not isinstance(manager, StateManagerMemory) or live.is_watching(token):
            return False
        expires_at, _ = manager._token_expires_at.get(_key(token).cache_key, (0.0, None))
        return bool(expires_at) and time.time() - (expires_at - manager.token_expiration) >= for_s

    def _is_staffs(self, token: str) -> bool:
        manager = self._app.state_manager
        root = manager.states.get(_key(token).cache_key) if isinstance(manager, StateManagerMemory) else None
        return root is not None and bool(root.get_substate(SessionState.get_full_name().split("."))._owner)

    async def _close(self, token: str) -> None:
        assert self._app.event_namespace is not None and self._app.sio is not None  # noqa: S101  it was open
        socket = self._app.event_namespace._token_manager.token_to_socket.get(token)
        if socket is not None:
            await self._app.sio.disconnect(socket.sid, namespace=self._app.event_namespace.namespace)


async def run(app: rx.App) -> None:
    """The lifespan task of each worker. Ends when it is cancelled."""
    letting = LettingGo(app)
    while True:
        await asyncio.sleep(SWEEP_S)
        try:
            await letting.sweep()
        except Exception:
            log.exception("could not let go of tabs that nobody uses; it is tried again")


def _key(token: str) -> rx.BaseStateToken:
    return rx.BaseStateToken(ident=token, cls=rx.State)
