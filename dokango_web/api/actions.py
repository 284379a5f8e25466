"""Actions on an order: one call a row of the lifecycle, documented each with its own body."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field, create_model
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.db import Tx
from dokango.errors import NotFound, StaleVersion
from dokango.orders import Context, perform
from dokango.orders.lifecycle.commands import COMMANDS, Command, Ship
from dokango.orders.lifecycle.faces import FACES
from dokango.orders.lifecycle.table import LOOKED_AT, PERMISSION_OF
from dokango.orders.reading.confirming import warnings_of
from dokango.people.actor import Actor
from dokango.people.permissions import PERMISSIONS, STAFF_ROLES, Permission
from dokango_web.api.confirming import warnings_json
from dokango_web.api.courier_calls import ask_courier, asks_a_courier
from dokango_web.api.kit import threads
from dokango_web.api.kit.idempotency import Outcome, once
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.kit.problem_json import problem_of
from dokango_web.api.order_json import order_by_number
from dokango_web.api.shapes.orders import OrderShape, WarnedOrderShape
from dokango_web.api.ship_calls import ship

router = APIRouter(route_class=JsonRoute, tags=["actions"])
Version = Annotated[int | None, Field(ge=1, le=2**53, description="The version that was seen; a stale one is 409.")]
Endpoint = Callable[..., Awaitable[Response]]
_UNSETTLED: dict[int | str, dict[str, Any]] = {
    202: {
        "model": OrderShape,
        "description": "The courier has not answered yet: `shipment.booking` says where it stands.",
    }
}


def _body_of(command: type[Command]) -> type[Command]:
    """The command with `version` beside its own fields: an action's body."""
    return create_model(f"{command.__name__}Body", __base__=command, __doc__=command.__doc__, version=(Version, None))


async def act(request: Request, caller: Actor, number: str, body: Command) -> Response:
    """Perform `body` on order `number` and answer the order as it is then; a stale version brings the order too."""
    context = Context(caller, process.clock(), body.version)  # type: ignore[attr-defined]

    def step(tx: Tx) -> Outcome:
        looked = body.action in LOOKED_AT
        warned = {"warnings": warnings_json(warnings_of(tx, number, context.clock.now_us()))} if looked else {}
        done = perform(tx, context, number, body)
        return Outcome(200, order_by_number(tx, done.number) | warned, done.order_id)

    try:
        if isinstance(body, Ship):
            return await ship(request, caller, number, body, context)
        if asks_a_courier(body):
            return await ask_courier(request, caller, number, body, context)
        return await once(request, caller, body, step)
    except StaleVersion as error:
        return problem_of(error, {"order": await threads.read(lambda tx: order_by_number(tx, number))})


def _endpoint(model: type[BaseModel]) -> Endpoint:
    async def endpoint(request: Request, caller: Caller, number: str, body: Any) -> Response:
        return await act(request, caller, number, body)

    endpoint.__annotations__["body"] = model
    return endpoint


def _is_for_staff(action: str) -> bool:
    """Whether any key can hold the permission; what is the clock's alone has no call."""
    return any(PERMISSION_OF[action] in PERMISSIONS[role] for role in STAFF_ROLES)


def _answers(action: str) -> dict[int | str, dict[str, Any]]:
    shape = WarnedOrderShape if action in LOOKED_AT else OrderShape
    return {200: {"model": shape}, **(_UNSETTLED if action == "ship" else {})}


for _action, _command in COMMANDS.items():
    if not _is_for_staff(_action):
        continue
    router.add_api_route(
        f"/orders/{{number}}/actions/{_action}",
        _endpoint(_body_of(_command)),
        methods=["POST"],
        name=_action,
        summary=FACES[_action].label,
        description=_command.__doc__,
        responses=_answers(_action),
        openapi_extra=needs(PERMISSION_OF[_action]),
    )


@router.post("/orders/{number}/actions/{action}", include_in_schema=False, openapi_extra=needs(Permission.VIEW_ORDERS))
async def unknown_action(caller: Caller, number: str, action: str) -> Response:
    """An action that the lifecycle does not know."""
    raise NotFound("action", action)
