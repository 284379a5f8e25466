"""What an action would write, before it is taken: a parcel kept in part, an edit, a customer's credit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from dokango import process
from dokango.orders import Context
from dokango.orders.lifecycle.commands import Command, DeliverPart, Edit, KeepAsCredit, PayWithCredit, ReversePayment
from dokango.orders.lifecycle.faces import FACES
from dokango.orders.lifecycle.rehearse import rehearse
from dokango.orders.lifecycle.table import PERMISSION_OF
from dokango.people.actor import Actor
from dokango_web.api.kit import threads
from dokango_web.api.kit.answers import json_response
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.previews import PreviewShape

router = APIRouter(route_class=JsonRoute, tags=["actions"])
Endpoint = Callable[..., Awaitable[Response]]
_AMOUNTS = ("due_poisha", "courier_due_poisha", "refund_due_poisha")


# The command whose preview it is, the call's name, and what would be written.
_PREVIEWS: tuple[tuple[type[Command], str, str], ...] = (
    (DeliverPart, "preview_part", "movements and postings"),
    (Edit, "preview_edit", "movements and postings"),
    (PayWithCredit, "preview_credit", "postings"),
    (KeepAsCredit, "preview_kept", "postings"),
    (ReversePayment, "preview_reversal", "postings"),
)
_WORDS = """The {what} that `{action}` would write with this body, and what would be open then.

Nothing is kept; what would be refused is refused here too."""


def _endpoint(command: type[Command]) -> Endpoint:
    async def endpoint(caller: Caller, number: str, body: Any) -> Response:
        return await _preview(caller, number, body)

    endpoint.__annotations__["body"] = command
    return endpoint


async def _preview(caller: Actor, number: str, body: Command) -> Response:
    context = Context(caller, process.clock())
    seen = await threads.in_thread(lambda: rehearse(process.database(), context, number, body))
    return json_response(
        {
            "movements": [
                {"sku": move.sku, "kind": move.kind, "quantity": move.quantity, "value_poisha": move.value_delta_poisha}
                for move in seen.moves
            ],
            "postings": [posting._asdict() for posting in seen.postings],
            **{name: getattr(seen.order, name) for name in _AMOUNTS},
        },
        200,
    )


for _command, _name, _what in _PREVIEWS:
    router.add_api_route(
        f"/orders/{{number}}/actions/{_command.action}/preview",
        _endpoint(_command),
        methods=["POST"],
        name=_name,
        summary=f"{FACES[_command.action].label}: what it would write",
        description=_WORDS.format(what=_what, action=_command.action),
        responses={200: {"model": PreviewShape}},
        openapi_extra=needs(PERMISSION_OF[_command.action]),
    )
