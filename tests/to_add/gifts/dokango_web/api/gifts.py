"""Gifts."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from dokango.people.permissions import Permission
from dokango_web.api.answers import read_response
from dokango_web.api.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes import GiftsShape

router = APIRouter(route_class=JsonRoute, tags=["gifts"])


@router.get("/gifts", responses={200: {"model": GiftsShape}}, openapi_extra=needs(Permission.WRAP_GIFTS))
async def list_gifts(caller: Caller) -> Response:
    """What is to be wrapped."""
    caller.require(Permission.WRAP_GIFTS)
    return await read_response(lambda tx: {"gifts": ["kettle"]})
