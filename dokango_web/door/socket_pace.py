"""The pace and size of what a browser sends over its socket."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dokango_web.door.address import client_ip
from dokango_web.door.socket_words import closed
from dokango_web.refusals import refused

PER_SECOND = 40.0
BURST = 120.0
MOST_CHARS = 200_000
MOST_LATE_S = 30.0  # a flood that waits longer than this is cut off


class SocketPace:
    """Slows a socket that sends faster than a person with a form can, and closes one that floods or sends too much."""

    def __init__(
        self,
        app: ASGIApp,
        now_s: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.app, self.now_s, self.sleep = app, now_s, sleep

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        allowance, last, waited = BURST, self.now_s(), 0.0

        async def paced() -> Message:
            nonlocal allowance, last, waited
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            if len(message.get("text") or message.get("bytes") or "") > MOST_CHARS:
                return await _closed(scope, send, 1009, "message too large")
            now = self.now_s()
            allowance = min(BURST, allowance + (now - last) * PER_SECOND)
            last = now
            allowance -= 1
            waited = waited + 1 / PER_SECOND if allowance < 0 else 0.0
            if waited > MOST_LATE_S:
                return await _closed(scope, send, 1008, "too many messages")
            if allowance < 0:
                await self.sleep(1 / PER_SECOND)
            return message

        await self.app(scope, paced, send)


async def _closed(scope: Scope, send: Send, code: int, why: str) -> Message:
    refused("socket", why, address=client_ip(HTTPConnection(scope)))
    return await closed(send, code, why)
