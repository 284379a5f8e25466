"""What may be said on a socket: the few kinds of packets that a page sends, and none that only python-socketio knows.

Its dispatcher takes any name for an event, those of its own connecting too: `["connect", {…}]` would let a stranger
make up the address and headers that the server believes to have seen itself. And each further CONNECT makes another
tab, whose states take memory, on one socket.
"""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dokango_web.door.address import client_ip
from dokango_web.refusals import refused

CONNECT = "40/_event,"
LEAVE = ("1", "41/_event,", "41/_event")
PONG = "3"
EVENTS = ('42/_event,["event",', '42/_event,["client_error",')
ODD_WORDS = 4400


class SocketWords:
    """Closes a socket on which anything else is said than one CONNECT, then events."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        connected = False

        async def understood() -> Message:
            nonlocal connected
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            text = message.get("text") or ""
            if (text.startswith(EVENTS) and connected) or text == PONG or text in LEAVE:
                return message
            if text.startswith(CONNECT) and not connected:
                connected = True
                return message
            refused("socket", "odd words", text[:80], address=client_ip(HTTPConnection(scope)))
            return await closed(send, ODD_WORDS, "No page says this. Reload yours.")

        await self.app(scope, understood, send)


async def closed(send: Send, code: int, sentence: str) -> Message:
    """Close a socket, and what the application is told of it. `sentence`: at most 123 bytes, as browsers take it."""
    await send({"type": "websocket.close", "code": code, "reason": sentence})
    return {"type": "websocket.disconnect", "code": code, "reason": sentence}
