"""Where a browser's request comes from: our own pages only, for everything that the session cookie could authorise."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dokango.settings import settings
from dokango_web.door.address import client_ip
from dokango_web.door.hosts import is_ours
from dokango_web.refusals import refused

_SAFE = ("GET", "HEAD", "OPTIONS")


def same_origin(headers: Headers) -> bool:
    """Whether a request with these headers was sent by a page of ours, or by no browser at all, to a name of ours."""
    if not is_ours(headers.get("host", "")):
        return False
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    if origin == settings().site_url:
        return True
    return urlsplit(origin).netloc == headers.get("host")


class OriginCheck:
    """Refuses sockets, and unsafe requests outside the API (whose keys are no cookies), from other sites' pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        guarded = scope["type"] == "websocket" or (
            scope["type"] == "http" and scope["method"] not in _SAFE and not scope["path"].startswith("/api/")
        )
        if not guarded:
            await self.app(scope, receive, send)
            return
        if not same_origin(Headers(scope=scope)):
            refused("door", "another origin", scope["path"], address=client_ip(HTTPConnection(scope)))
            await _refuse(scope, receive, send)
            return
        if scope["type"] == "websocket":
            # socket.io compares Origin with a fixed list, which cannot know every name the shop's machine goes by
            headers = [(name, value) for name, value in scope["headers"] if name != b"origin"]
            scope = {**scope, "headers": headers}
        await self.app(scope, receive, send)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 4403, "reason": "other origin"})
        return
    await PlainTextResponse("This was sent from another site's page. Nothing was done.", 403)(scope, receive, send)
