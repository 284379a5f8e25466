"""The shelf: levels, goods received, counts."""

from __future__ import annotations

import secrets
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.db import Tx
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.stock import receiving
from dokango.stock.receiving import Count, Receipt
from dokango.stock.shelf import OnShelf, shelf
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.idempotency import Outcome, once
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.stock import StockShape

router = APIRouter(route_class=JsonRoute, tags=["stock"])


@router.get("/stock", responses={200: {"model": StockShape}}, openapi_extra=needs(Permission.VIEW_STOCK))
async def list_stock(caller: Caller) -> Response:
    """Every SKU that is stocked. Cost and value are null for keys that may not see cost."""
    return await read_response(lambda tx: _stock(caller, shelf(tx)))


@router.post(
    "/stock/receipts",
    status_code=201,
    responses={201: {"model": StockShape}},
    openapi_extra=needs(Permission.RECEIVE_STOCK),
)
async def receive_goods(request: Request, caller: Caller, receipt: Receipt) -> Response:
    """Goods from a supplier, owed to them or paid from a pocket (`paid_from`). Answers the SKUs as they stand now."""

    def receive(tx: Tx) -> Outcome:
        receiving.receive(tx, caller, process.clock(), receipt, key=secrets.token_hex(12))
        return Outcome(201, _stock(caller, shelf(tx, {line.sku for line in receipt.lines})))

    return await once(request, caller, receipt, receive)


@router.post(
    "/stock/counts",
    status_code=201,
    responses={201: {"model": StockShape}},
    openapi_extra=needs(Permission.COUNT_STOCK),
)
async def count_stock(request: Request, caller: Caller, counted: Count) -> Response:
    """What was found on the shelf; the difference is booked. Answers the SKUs as they stand now."""

    def count(tx: Tx) -> Outcome:
        receiving.count(tx, caller, process.clock(), counted, key=secrets.token_hex(12))
        return Outcome(201, _stock(caller, shelf(tx, {line.sku for line in counted.lines})))

    return await once(request, caller, counted, count)


def _stock(caller: Actor, found: list[OnShelf]) -> dict[str, Any]:
    sees_cost = caller.may(Permission.SEE_COST)
    return {
        "stock": [
            {
                "sku": line.sku,
                "title": line.title,
                "on_hand": line.on_hand,
                "reserved": line.reserved,
                "available": line.available,
                "unit_cost_poisha": line.unit_cost_poisha if sees_cost else None,
                "value_poisha": line.value_poisha if sees_cost else None,
            }
            for line in found
        ]
    }
