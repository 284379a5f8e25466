"""Each browser is given a name of its own with its first page: chance, told to nobody, and gone with the browser."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dokango.settings import settings
from dokango_web.door.visitors import COOKIE, new_visitor, visitor_in


class VisitorCookie:
    """Sets the cookie that tells which browser's tabs are whose (visitors.py); nothing else is read from it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        known = scope["type"] != "http" or scope["path"].startswith("/api/")
        if known or visitor_in(HTTPConnection(scope).headers.get("cookie", "")):
            await self.app(scope, receive, send)
            return

        async def naming(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("set-cookie", _cookie(new_visitor()))
            await send(message)

        await self.app(scope, receive, naming)


def _cookie(visitor: str) -> str:
    secure = "; Secure" if settings().site_url.startswith("https://") else ""
    return f"{COOKIE}={visitor}; Path=/; HttpOnly; SameSite=Lax{secure}"
