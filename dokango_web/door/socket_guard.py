"""Which sockets are let in: those with a token of their own, in numbers that leave room for others.

A socket that is refused is closed with a code and a sentence. One that came with another browser's token is first told
a fresh one in Reflex's own words (`new_token`), so that its page comes back with it by itself; two tabs of one browser
with the same token (a duplicated tab) go on to Reflex, which gives the second one its own.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from urllib.parse import parse_qs

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dokango.people.throttle import network_of, network_that_counts
from dokango.settings import settings
from dokango_web.door.address import client_ip
from dokango_web.door.socket_rate import Arrivals, arrivals
from dokango_web.door.socket_words import CONNECT, closed
from dokango_web.door.visitors import Visitors, is_token, visitor_in, visitors
from dokango_web.refusals import refused
from state.kit.session import signed_in

PATH = "/_event"
NO_TOKEN, NOT_YOURS, SILENT, TOO_MANY = 4401, 4409, 4408, 4429
CONNECT_WITHIN_S = 20.0
_GREETING = {"upgrades": [], "pingInterval": 25_000, "pingTimeout": 20_000, "maxPayload": 1_000_000}


class SocketGuard:
    """Counts sockets and how fast they come, and knows whose token is whose."""

    def __init__(
        self,
        app: ASGIApp,
        known: Visitors = visitors,
        connect_within_s: float = CONNECT_WITHIN_S,
        coming: Arrivals = arrivals,
    ) -> None:
        self.app, self.known, self.connect_within_s, self.coming = app, known, connect_within_s, coming

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        caller = HTTPConnection(scope)
        token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if not scope["path"].startswith(PATH) or not is_token(token):
            await self._turn_away(caller, receive, send, "no token", NO_TOKEN, "A page brings a token. Reload yours.")
        elif not await self._may_come(caller):
            sentence = "Pages are opened too fast from your network. Wait a minute; this one comes back by itself."
            await self._turn_away(caller, receive, send, "sockets too fast", TOO_MANY, sentence)
        elif not await self._has_room(caller):
            sentence = "Too many pages are open from your network. Close some, or wait a minute."
            await self._turn_away(caller, receive, send, "too many sockets", TOO_MANY, sentence)
        elif not self.known.takes(token, _browser_of(caller)):
            await self._turn_away(caller, receive, send, "another's token", NOT_YOURS, "This page gets a new token.")
        else:
            await self._let_in(caller, receive, send)

    async def _may_come(self, caller: HTTPConnection) -> bool:
        shop = settings()
        network = network_that_counts(client_ip(caller))
        if self.coming.take(network, shop.new_sockets_at_once, shop.new_sockets_per_minute):
            return True
        return await _is_staffs(caller)

    async def _has_room(self, caller: HTTPConnection) -> bool:
        shop = settings()
        network = network_that_counts(client_ip(caller))
        if self.known.room(network, shop.sockets_per_network, shop.most_sockets):
            return True
        return await _is_staffs(caller)

    async def _let_in(self, caller: HTTPConnection, receive: Receive, send: Send) -> None:
        network = network_that_counts(client_ip(caller))
        give_up_at = asyncio.get_running_loop().time() + self.connect_within_s
        connected = False

        async def in_time() -> Message:
            nonlocal connected
            if connected:
                return await receive()
            try:
                async with asyncio.timeout_at(give_up_at):
                    message = await receive()
            except TimeoutError:
                refused("socket", "silent", address=client_ip(caller))
                return await closed(send, SILENT, "Nothing was said on this socket.")
            connected = (message.get("text") or "").startswith(CONNECT)
            return message

        self.known.came(network)
        try:
            await self.app(caller.scope, in_time, send)
        finally:
            self.known.went(network)

    async def _turn_away(
        self, caller: HTTPConnection, receive: Receive, send: Send, why: str, code: int, sentence: str
    ) -> None:
        refused("socket", why, address=client_ip(caller))
        await receive()  # websocket.connect
        wanted = caller.scope.get("subprotocols") or [None]
        await send({"type": "websocket.accept", "subprotocol": wanted[0], "headers": []})
        if code == NOT_YOURS:
            await _tell_new_token(receive, send)
        await closed(send, code, sentence)


async def _is_staffs(caller: HTTPConnection) -> bool:
    """Whether it is one of the shop's people, who may have a password to change first: strangers keep none out."""
    return await signed_in(caller.headers) is not None


def _browser_of(caller: HTTPConnection) -> str:
    """Its cookie; of one that keeps none, what little is known of it."""
    known = visitor_in(caller.headers.get("cookie", ""))
    return known or f"{network_of(client_ip(caller))} {caller.headers.get('user-agent', '')[:200]}"


async def _tell_new_token(receive: Receive, send: Send) -> None:
    """As much of engine.io and socket.io as it takes to tell a page its new token."""
    sid = uuid.uuid4().hex
    await send({"type": "websocket.send", "text": "0" + json.dumps({"sid": sid, **_GREETING})})
    try:
        async with asyncio.timeout(CONNECT_WITHIN_S):
            said = await receive()
    except TimeoutError:
        return
    if (said.get("text") or "").startswith(CONNECT):
        await send({"type": "websocket.send", "text": CONNECT + json.dumps({"sid": sid})})
        await send({"type": "websocket.send", "text": f'42/_event,["new_token","{uuid.uuid4()}"]'})
