"""What an action would write, before it is taken: a parcel kept in part, an edit, a customer's credit."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from dokango import process
from dokango.orders import Context
from dokango.orders.lifecycle.commands import Command, DeliverPart, Edit, KeepAsCredit, PayWithCredit
from dokango.orders.lifecycle.rehearse import rehearse
from dokango.orders.lifecycle.table import PERMISSION_OF
from dokango.people.actor import Actor
from dokango_web.api.kit import threads
from dokango_web.api.kit.answers import json_response
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.previews import PreviewShape

router = APIRouter(route_class=JsonRoute, tags=["actions"])
_AMOUNTS = ("due_poisha", "courier_due_poisha", "refund_due_poisha")


@router.post(
    "/orders/{number}/actions/deliver_part/preview",
    summary="Delivered in part: what it would write",
    responses={200: {"model": PreviewShape}},
    openapi_extra=needs(PERMISSION_OF["deliver_part"]),
)
async def preview_part(caller: Caller, number: str, body: DeliverPart) -> Response:
    """The movements and postings that `deliver_part` would write with this body, and what would be open then.

    Nothing is kept; what would be refused is refused here too.
    """
    return await _preview(caller, number, body)


@router.post(
    "/orders/{number}/actions/edit/preview",
    summary="Edit order: what it would write",
    responses={200: {"model": PreviewShape}},
    openapi_extra=needs(PERMISSION_OF["edit"]),
)
async def preview_edit(caller: Caller, number: str, body: Edit) -> Response:
    """The movements and postings that `edit` would write with this body, and what would be open then.

    Nothing is kept; what would be refused is refused here too.
    """
    return await _preview(caller, number, body)


@router.post(
    "/orders/{number}/actions/pay_with_credit/preview",
    summary="Pay with credit: what it would write",
    responses={200: {"model": PreviewShape}},
    openapi_extra=needs(PERMISSION_OF["pay_with_credit"]),
)
async def preview_credit(caller: Caller, number: str, body: PayWithCredit) -> Response:
    """The postings that `pay_with_credit` would write with this body, and what would be open then.

    Nothing is kept; what would be refused is refused here too.
    """
    return await _preview(caller, number, body)


@router.post(
    "/orders/{number}/actions/keep_as_credit/preview",
    summary="Keep as credit: what it would write",
    responses={200: {"model": PreviewShape}},
    openapi_extra=needs(PERMISSION_OF["keep_as_credit"]),
)
async def preview_kept(caller: Caller, number: str, body: KeepAsCredit) -> Response:
    """The postings that `keep_as_credit` would write with this body, and what would be open then.

    Nothing is kept; what would be refused is refused here too.
    """
    return await _preview(caller, number, body)


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
