"""The owner's figures: profit by day or month, and what the shelf is worth."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field
from starlette.responses import Response

from dokango import process
from dokango.clock import day_of
from dokango.db import Tx
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango.reports.books.profit import Earned, profit_rows
from dokango.reports.inventory import inventory_at
from dokango.reports.kit.periods import parse_day
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.ledger import At
from dokango_web.api.shapes.reports import InventoryShape, ProfitShape

router = APIRouter(route_class=JsonRoute, tags=["reports"])


class ProfitFilters(PlainModel):
    """Dhaka days, both included; without them, this month up to today."""

    model_config = ConfigDict(extra="forbid")
    first: str = Field(default="", alias="from", max_length=40, examples=["2026-11-01"])
    last: str = Field(default="", alias="to", max_length=40, examples=["2026-11-30"])
    by: Literal["day", "month"] = "day"
    basis: Literal["booked", "realised"] = Field(
        default="booked", description="When revenue counts: as an order is placed, or as it is delivered."
    )


@router.get("/reports/profit", responses={200: {"model": ProfitShape}}, openapi_extra=needs(Permission.SEE_PROFIT))
async def read_profit(caller: Caller, filters: Annotated[ProfitFilters, Query()]) -> Response:
    """Revenue, cost of goods, expenses and profit, from the books alone."""
    today = day_of(process.clock().now_us())
    last = parse_day(filters.last, "to") if filters.last else today
    first = parse_day(filters.first, "from") if filters.first else min(last, today).replace(day=1)

    def figures(tx: Tx) -> dict[str, Any]:
        report = profit_rows(tx, first, last, filters.by, filters.basis)
        rows = [{"period": row.period, **_earned(row)} for row in report.rows]
        return {"rows": rows, "totals": _earned(report.totals)}

    return await read_response(figures)


@router.get("/reports/inventory", responses={200: {"model": InventoryShape}}, openapi_extra=needs(Permission.SEE_COST))
async def read_inventory(caller: Caller, when: Annotated[At, Query()]) -> Response:
    """Units and value of every SKU, now or at `at`."""
    at_us = when.us

    def held(tx: Tx) -> dict[str, Any]:
        report = inventory_at(tx, at_us)
        rows = [{"sku": row.sku, "on_hand": row.on_hand, "value_poisha": row.value_poisha} for row in report.rows]
        totals = {"on_hand": report.totals.on_hand, "value_poisha": report.totals.value_poisha}
        return {"rows": rows, "totals": totals}

    return await read_response(held)


def _earned(row: Earned) -> dict[str, int]:
    return {
        "revenue_poisha": row.revenue_poisha,
        "cogs_poisha": row.cogs_poisha,
        "expenses_poisha": row.expenses_poisha,
        "profit_poisha": row.profit_poisha,
    }
