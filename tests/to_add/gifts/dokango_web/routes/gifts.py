"""Gifts as a file."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dokango.people.permissions import Permission
from dokango_web.routes.callers import staff_of


async def gifts(request: Request) -> Response:
    """One line."""
    await staff_of(request, Permission.WRAP_GIFTS)
    return PlainTextResponse("one kettle")


ROUTES = [Route("/papers/gifts.txt", gifts)]
