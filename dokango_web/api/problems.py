"""What waits for a person."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from dokango.clock import iso
from dokango.orders.reading.problems import Problem, open_cases, problems
from dokango.people.permissions import Permission
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.problems import ProblemsShape, ResolutionsShape

router = APIRouter(route_class=JsonRoute, tags=["problems"])


@router.get("/problems", responses={200: {"model": ProblemsShape}}, openapi_extra=needs(Permission.VIEW_ORDERS))
async def list_problems(caller: Caller) -> Response:
    """Held orders, refunds due, and cases: what went wrong on the way. The oldest first; `due_at` is the deadline."""
    return await read_response(lambda tx: {"problems": [_waiting(one) for one in problems(tx)]})


@router.get("/resolutions", responses={200: {"model": ResolutionsShape}}, openapi_extra=needs(Permission.VIEW_ORDERS))
async def list_resolutions(caller: Caller) -> Response:
    """The cases alone: failed deliveries, parcels coming back, lost ones, uncertain bookings; the oldest first."""
    return await read_response(lambda tx: {"resolutions": [_waiting(one) for one in open_cases(tx)]})


def _waiting(one: Problem) -> dict[str, Any]:
    return {
        "id": one.id,
        "order": one.order,
        "kind": one.kind,
        "since": iso(one.since_us),
        "words": one.words,
        "taken_by": one.taken_by or None,
        "state": one.state,
        "due_at": iso(one.due_us) if one.due_us is not None else None,
    }
