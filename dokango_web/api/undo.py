"""Undoing the last step of an order, at once or later with a reason."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.db import Tx
from dokango.errors import StaleVersion
from dokango.orders import Context, undo
from dokango.orders.lifecycle.commands import Undo
from dokango.people.permissions import Permission
from dokango_web.api.kit import threads
from dokango_web.api.kit.idempotency import Outcome, once
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.kit.problem_json import problem_of
from dokango_web.api.order_json import order_by_number
from dokango_web.api.shapes.orders import OrderShape

router = APIRouter(route_class=JsonRoute, tags=["actions"])


class UndoBody(Undo):
    """`version` is the order's as that step left it: whatever happened since, the undoing is 409."""

    version: Annotated[int, Field(ge=1, le=2**53, description="The version that was seen; a stale one is 409.")]


@router.post(
    "/orders/{number}/undo",
    summary="Undo the last step",
    responses={200: {"model": OrderShape}},
    openapi_extra=needs(Permission.VIEW_ORDERS),
)
async def undo_last(request: Request, caller: Caller, number: str, body: UndoBody) -> Response:
    """Take back the last step: goods, books and unsent messages go back, and both stay on record.

    Whose key may take that step, may take it back. Ten seconds after it a `reason` is wanted. What left the house is
    not undone: 409 says why, who took the last step and when.
    """
    context = Context(caller, process.clock(), body.version)

    def step(tx: Tx) -> Outcome:
        done = undo(tx, context, number, Undo(reason=body.reason))
        return Outcome(200, order_by_number(tx, done.number), done.order_id)

    try:
        return await once(request, caller, body, step)
    except StaleVersion as error:
        return problem_of(error, {"order": await threads.read(lambda tx: order_by_number(tx, number))})
