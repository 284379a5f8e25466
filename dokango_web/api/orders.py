"""Orders: placing one, reading one, reading them all."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.db import Tx
from dokango.orders import Context
from dokango.orders.placing import place
from dokango.orders.placing.request import PlaceOrder
from dokango.orders.reading import lists
from dokango.orders.reading.order_view import order_views
from dokango.paging import ROWS
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.idempotency import Outcome, once
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.order_json import order_by_number, order_json
from dokango_web.api.shapes.orders import Money, OrderShape, OrdersShape, Status

router = APIRouter(route_class=JsonRoute, tags=["orders"])


class OrderFilters(PlainModel):
    """Which orders; all filters together.

    `q` is a whole number, invoice, TrxID, tracking code or phone in any spelling, or words and parts of these.
    """

    model_config = ConfigDict(extra="forbid")
    status: Status | None = None
    money: Money | None = None
    q: str = Field(default="", max_length=200)
    limit: int = Field(default=ROWS, ge=1, le=lists.MOST_ROWS)
    cursor: str = Field(default="", max_length=60)


@router.post(
    "/orders",
    status_code=201,
    responses={201: {"model": OrderShape}, 200: {"model": OrderShape}},
    openapi_extra=needs(Permission.PLACE_ORDER),
)
async def place_order(request: Request, caller: Caller, wanted: PlaceOrder) -> Response:
    """Place an order. 201; with an Idempotency-Key sent before, 200 and the same order. 409 when stock is short."""
    context = Context(caller, process.clock())

    def placed(tx: Tx) -> Outcome:
        done = place.place(tx, context, wanted, channel="api")
        return Outcome(201, order_by_number(tx, done.number), done.order_id)

    return await once(request, caller, wanted, placed, again=200)


@router.get("/orders", responses={200: {"model": OrdersShape}}, openapi_extra=needs(Permission.VIEW_ORDERS))
async def list_orders(caller: Caller, filters: Annotated[OrderFilters, Query()]) -> Response:
    """Orders, newest first. Send `next_cursor` back as `cursor` for the next page."""
    narrowed = lists.Filters(search=filters.q, status=filters.status or "", money=filters.money or "")
    wanted = lists.Wanted("all", narrowed, newest_first=True, cursor=filters.cursor, limit=filters.limit)

    def page(tx: Tx) -> dict[str, object]:
        found = lists.page(tx, wanted)
        orders = [order_json(one) for one in order_views(tx, [row.id for row in found.rows])]
        return {"orders": orders, "next_cursor": found.next}

    return await read_response(page)


@router.get("/orders/{number}", responses={200: {"model": OrderShape}}, openapi_extra=needs(Permission.VIEW_ORDERS))
async def read_order(caller: Caller, number: str) -> Response:
    """One order with its parcel and its timeline."""
    return await read_response(lambda tx: order_by_number(tx, number))
