"""The door: what every request and socket passes before Reflex or the API sees it.

From outside to inside: security headers, a name for each browser, the size of bodies, where a request may come from,
which sockets are let in, at what pace and with which words; then the API, our own native routes
(`dokango_web/routes/`), and for all the rest Reflex with its pages and, through `events.py`, its events.
"""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import Headers
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from dokango_web.api.app import api
from dokango_web.build import BUILT
from dokango_web.door.body_limit import BodyLimit
from dokango_web.door.origin_check import OriginCheck
from dokango_web.door.security_headers import SecurityHeaders
from dokango_web.door.socket_guard import SocketGuard
from dokango_web.door.socket_pace import SocketPace
from dokango_web.door.socket_words import SocketWords
from dokango_web.door.visitor_cookie import VisitorCookie
from dokango_web.routes import native
from state.kit.session import acted, signed_in

API_PATHS = ("/api/", "/healthz", "/metrics")


class Branch:
    """Sends a request to the API, to a native route, or on to the site."""

    def __init__(self, site: ASGIApp, built: Path = BUILT) -> None:
        self.site = site
        self.folders = {"/" + str(page.parent.relative_to(built)) for page in built.rglob("index.html")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "http":
            await _note_visit(Headers(scope=scope))
            if scope["path"].startswith(API_PATHS):
                await api(scope, receive, send)
                return
            if any(route.matches(scope)[0] is Match.FULL for route in native.routes):
                await native(scope, receive, send)
                return
            if scope["path"] in self.folders:
                # the page itself, where Starlette would first redirect to its folder's slash
                scope = {**scope, "path": scope["path"] + "/", "raw_path": scope["path"].encode() + b"/"}
        await self.site(scope, receive, send)


async def _note_visit(headers: Headers) -> None:
    """A person goes to a page (browsers say so): that is an act of theirs, which no script's request is."""
    if headers.get("sec-fetch-user") == "?1":
        await acted(await signed_in(headers))


def through_the_door(site: ASGIApp) -> ASGIApp:
    """Reflex's application behind the door; given to rx.App as its `api_transformer`."""
    return SecurityHeaders(VisitorCookie(BodyLimit(OriginCheck(SocketGuard(SocketPace(SocketWords(Branch(site))))))))
