"""Addresses as clients write them: a base that ends in a slash makes two of one, and some end every path in one."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

NO_ROUTE = "no Route matched with those values"
_ANY_VERB = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_SLASHES = re.compile(r"/{2,}")


class OneSlash:
    """An app that reads `//orders` and `/orders/` as `/orders`: a redirect would lose a client's body and its keys."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on under its plain path."""
        if scope["type"] == "http":
            path = _SLASHES.sub("/", scope["path"])
            scope = {**scope, "path": path.rstrip("/") or "/"}
        await self._app(scope, receive, send)


def unserved() -> Route:
    """Stands last among routes: what nobody serves, said as a gateway says it, and as JSON."""
    return Route("/{path:path}", _no_route, methods=_ANY_VERB)


async def _no_route(request: Request) -> JSONResponse:
    return JSONResponse({"message": NO_ROUTE}, 404)
