"""What waits for a person."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from dokango.clock import iso
from dokango.orders.reading.problems import Problem, open_resolutions, problems
from dokango.people.permissions import Permission
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.problems import ProblemsShape, ResolutionsShape

router = APIRouter(route_class=JsonRoute, tags=["problems"])


@router.get("/problems", responses={200: {"model": ProblemsShape}}, openapi_extra=needs(Permission.VIEW_ORDERS))
async def list_problems(caller: Caller) -> Response:
    """Held orders, refunds due, parcels with a problem, and resolutions; the oldest first."""
    return await read_response(lambda tx: {"problems": [_waiting(one) for one in problems(tx)]})


@router.get("/resolutions", responses={200: {"model": ResolutionsShape}}, openapi_extra=needs(Permission.VIEW_ORDERS))
async def list_resolutions(caller: Caller) -> Response:
    """What has to be decided: parcels coming back, lost ones, bookings of unknown outcome; the oldest first."""
    return await read_response(lambda tx: {"resolutions": [_waiting(one) for one in open_resolutions(tx)]})


def _waiting(one: Problem) -> dict[str, Any]:
    return {
        "id": one.id,
        "order": one.order,
        "kind": one.kind,
        "since": iso(one.since_us),
        "words": one.words,
        "taken_by": one.taken_by or None,
    }
