"""Booked parcels: cancelled with their courier, and told of what changed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.couriers.process_desk import courier_desk
from dokango.db import Tx
from dokango.orders import Context
from dokango.orders.book import rows
from dokango.orders.lifecycle.commands.command import Reason, Words
from dokango.orders.parcels.cancel_booking import WAITS, cancel_booking
from dokango.orders.parcels.cancelled import say_cancelled, say_not_cancelled
from dokango.orders.parcels.tell_changes import tell_changes
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango_web.api.courier_calls import once_outside
from dokango_web.api.kit import threads
from dokango_web.api.kit.idempotency import Outcome, once
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.order_json import order_by_number
from dokango_web.api.shapes.orders import OrderShape

router = APIRouter(route_class=JsonRoute, tags=["actions"])
Version = Annotated[int | None, Field(ge=1, le=2**53, description="The version that was seen; a stale one is 409.")]
_WAITS: dict[int | str, dict[str, Any]] = {
    202: {
        "model": OrderShape,
        "description": "It is not known yet whether they did it: a problem waits for that.",
    }
}


class CancelBooking(PlainModel):
    """Why the courier is to forget the parcel."""

    model_config = ConfigDict(strict=True, extra="forbid")
    reason: Reason
    version: Version = None


class BookingCancelled(PlainModel):
    """What came of it, as a person knows."""

    model_config = ConfigDict(strict=True, extra="forbid")
    cancelled: bool = Field(description="false: they did not cancel it, and the parcel goes on.")
    reason: Words = ""
    version: Version = None


@router.post(
    "/orders/{number}/booking/cancel", responses={200: {"model": OrderShape}, **_WAITS},
    openapi_extra=needs(Permission.SHIP),
)  # fmt: skip
async def cancel(request: Request, caller: Caller, number: str, body: CancelBooking) -> Response:
    """Ask the courier to cancel the parcel, which it does while it is not picked up; the order then waits to go.

    409 with the courier's words when it refuses, and for a courier that cannot be asked by its API (`GET /couriers`
    says who can `cancel`). It is asked once, and never again by itself.
    """
    context = Context(caller, process.clock(), body.version)

    def doing() -> tuple[int, dict[str, Any]]:
        outcome = cancel_booking(courier_desk(), process.database(), context, number, body.reason)
        return 202 if outcome.stands == WAITS else 200, process.database().read(lambda tx: order_by_number(tx, number))

    async def done() -> tuple[int, dict[str, Any]]:
        return await threads.in_thread(doing)

    return await once_outside(request, caller, body, done)


@router.post(
    "/orders/{number}/booking/cancelled", responses={200: {"model": OrderShape}},
    openapi_extra=needs(Permission.SHIP),
)  # fmt: skip
async def cancelled(request: Request, caller: Caller, number: str, body: BookingCancelled) -> Response:
    """A person knows what became of the booking: cancelled, so that the order waits to be shipped again, or not."""
    context = Context(caller, process.clock(), body.version)

    def step(tx: Tx) -> Outcome:
        if body.cancelled:
            say_cancelled(tx, context, number, body.reason)
        else:
            say_not_cancelled(tx, context, number)
        return Outcome(200, order_by_number(tx, number), rows.by_number(tx, number).id)

    return await once(request, caller, body, step)


class TellCourier(PlainModel):
    """Nothing more is asked."""

    model_config = ConfigDict(strict=True, extra="forbid")
    version: Version = None


@router.post(
    "/orders/{number}/booking/tell", responses={200: {"model": OrderShape}, **_WAITS},
    openapi_extra=needs(Permission.SHIP),
)  # fmt: skip
async def tell(request: Request, caller: Caller, number: str, body: TellCourier) -> Response:
    """Tell the courier by its API what the order says otherwise than it was told, as far as the API takes it.

    409 when there is nothing to tell, for a courier that takes no changes (`GET /couriers` says who can `change`), and
    with the courier's words when it refuses.
    """
    context = Context(caller, process.clock(), body.version)

    def doing() -> tuple[int, dict[str, Any]]:
        told = tell_changes(courier_desk(), process.database(), context, number)
        return 200 if told.known else 202, process.database().read(lambda tx: order_by_number(tx, number))

    async def done() -> tuple[int, dict[str, Any]]:
        return await threads.in_thread(doing)

    return await once_outside(request, caller, body, done)
