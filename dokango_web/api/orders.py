"""Orders: placing one, reading one, reading them all."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.orders import intake
from dokango.orders.dossier import dossiers
from dokango.orders.intake import PlaceOrder
from dokango.orders.listing import newest
from dokango.orders.service import Context
from dokango.people.permissions import Permission
from dokango_web.api import work
from dokango_web.api.idempotency import Outcome, json_response, once
from dokango_web.api.json_route import Caller, JsonRoute
from dokango_web.api.order_json import order_by_number, order_json
from dokango_web.api.shapes import Money, OrderShape, OrdersShape, Status

router = APIRouter(route_class=JsonRoute, tags=["orders"])
PAGE = 25
LONGEST_PAGE = 100


class OrderFilters(BaseModel):
    """Which orders; all filters together. `q` finds numbers, names, phones, TrxIDs and tracking codes."""

    model_config = ConfigDict(extra="forbid")
    status: Status | None = None
    money: Money | None = None
    q: str = Field(default="", max_length=200)
    limit: int = Field(default=PAGE, ge=1, le=LONGEST_PAGE)
    cursor: str = Field(default="", max_length=40)


@router.post("/orders", status_code=201, responses={201: {"model": OrderShape}, 200: {"model": OrderShape}})
async def place_order(request: Request, caller: Caller, wanted: PlaceOrder) -> Response:
    """Place an order. 201; with an Idempotency-Key sent before, 200 and the same order. 409 when stock is short."""
    caller.require(Permission.PLACE_ORDER)
    context = Context(caller, process.clock())

    def place(tx: Tx) -> Outcome:
        done = intake.place(tx, context, wanted, channel="api")
        return Outcome(201, order_by_number(tx, done.number), done.order_id)

    return await once(request, caller, wanted, place, again=200)


@router.get("/orders", responses={200: {"model": OrdersShape}})
async def list_orders(caller: Caller, filters: Annotated[OrderFilters, Query()]) -> Response:
    """Orders, newest first. Send `next_cursor` back as `cursor` for the next page."""
    caller.require(Permission.VIEW_ORDERS)
    before_id = row_of_cursor(filters.cursor) if filters.cursor else None

    def page(tx: Tx) -> dict[str, object]:
        rows = newest(
            tx, limit=filters.limit + 1, before_id=before_id, status=filters.status or "", money=filters.money or "",
            typed=filters.q,
        )  # fmt: skip
        shown = rows[: filters.limit]
        following = cursor_of_row(shown[-1].id) if len(rows) > len(shown) else None
        return {"orders": [order_json(found) for found in dossiers(tx, shown)], "next_cursor": following}

    return json_response(await work.read(page))


@router.get("/orders/{number}", responses={200: {"model": OrderShape}})
async def read_order(caller: Caller, number: str) -> Response:
    """One order with its parcel and its timeline."""
    caller.require(Permission.VIEW_ORDERS)
    return json_response(await work.read(lambda tx: order_by_number(tx, number)))


def cursor_of_row(row_id: int) -> str:
    """An opaque place in a list."""
    return base64.urlsafe_b64encode(row_id.to_bytes(8, "big")).decode().rstrip("=")


def row_of_cursor(cursor: str) -> int:
    """The place a cursor stands for; raises InvalidInput for one that we did not make."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (binascii.Error, ValueError):
        raw = b""
    row_id = int.from_bytes(raw, "big")
    if len(raw) != 8 or cursor_of_row(row_id) != cursor or not 0 < row_id < 2**63:
        raise InvalidInput({"cursor": "This is no cursor of ours. Send “next_cursor” back as it came, or none."})
    return row_id
