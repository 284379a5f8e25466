"""Gifts."""

from __future__ import annotations

from dokango_web.api.shapes.gifts import GiftsShape
from fastapi import APIRouter
from starlette.responses import Response

from dokango.people.permissions import Permission
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs

router = APIRouter(route_class=JsonRoute, tags=["gifts"])


@router.get("/gifts", responses={200: {"model": GiftsShape}}, openapi_extra=needs(Permission.WRAP_GIFTS))
async def list_gifts(caller: Caller) -> Response:
    """What is to be wrapped."""
    caller.require(Permission.WRAP_GIFTS)
    return await read_response(lambda tx: {"gifts": ["kettle"]})
