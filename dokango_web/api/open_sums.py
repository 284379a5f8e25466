"""What of couriers' payouts belongs to no parcel yet, and the acts that clear it up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.clock import iso
from dokango.db import Tx
from dokango.orders import Context
from dokango.paging import ROWS
from dokango.payouts import clearing
from dokango.payouts.clearing import AssignSum, Cleared, Clears, GiveBackSum, OpenSum, SetOffSum
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.idempotency import Outcome, once
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.payouts import ClearedShape, OpenSumsShape

router = APIRouter(route_class=JsonRoute, tags=["payouts"])
_CLEARED: dict[int | str, dict[str, Any]] = {200: {"model": ClearedShape}}
_MAY = needs(Permission.SETTLE_COD)


class OpenSumFilters(PlainModel):
    """Which page."""

    model_config = ConfigDict(extra="forbid")
    limit: int = Field(default=ROWS, ge=1, le=100)
    cursor: str = Field(default="", max_length=60)


@router.get("/open-sums", responses={200: {"model": OpenSumsShape}}, openapi_extra=_MAY)
async def list_open_sums(caller: Caller, filters: Annotated[OpenSumFilters, Query()]) -> Response:
    """What couriers paid (below 0: took) that belongs to no parcel yet, the oldest first."""

    def page(tx: Tx) -> dict[str, Any]:
        found = clearing.open_page(tx, filters.cursor, filters.limit)
        return {"open_sums": [_as_json(one) for one in found.rows], "next_cursor": found.next}

    return await read_response(page)


@router.post("/open-sums/{sum_id}/assign", responses=_CLEARED, openapi_extra=_MAY)
async def assign_sum(request: Request, caller: Caller, sum_id: int, form: AssignSum) -> Response:
    """It was for this parcel: `parcel` is its name or its order's number. As much goes there as is owed for it."""
    return await _cleared(request, caller, sum_id, form, lambda tx, at: clearing.assign(tx, at, sum_id, form))


@router.post("/open-sums/{sum_id}/give-back", responses=_CLEARED, openapi_extra=_MAY)
async def give_back_sum(request: Request, caller: Caller, sum_id: int, form: GiveBackSum) -> Response:
    """It is the courier's, and was paid back to it from the bank; below 0, the courier paid it."""
    return await _cleared(request, caller, sum_id, form, lambda tx, at: clearing.give_back(tx, at, sum_id, form))


@router.post("/open-sums/{sum_id}/set-off", responses=_CLEARED, openapi_extra=_MAY)
async def set_off_sum(request: Request, caller: Caller, sum_id: int, form: SetOffSum) -> Response:
    """The courier took it off another payout: two sums that go opposite ways clear each other."""
    return await _cleared(request, caller, sum_id, form, lambda tx, at: clearing.set_off(tx, at, sum_id, form))


async def _cleared(
    request: Request, caller: Actor, sum_id: int, form: Clears, act: Callable[[Tx, Context], Cleared]
) -> Response:
    def step(tx: Tx) -> Outcome:
        done = act(tx, Context(caller, process.clock()))
        left = clearing.open_sum(tx, sum_id).left_poisha
        postings = [{"debit": p.debit, "credit": p.credit, "amount_poisha": p.amount_poisha} for p in done.postings]
        return Outcome(200, {
            "id": sum_id, "amount_poisha": done.amount_poisha, "left_poisha": left, "order": done.number or None,
            "parcel": done.parcel or None, "postings": postings,
        })  # fmt: skip

    return await once(request, caller, form, step)


def _as_json(one: OpenSum) -> dict[str, Any]:
    return {
        "id": one.id, "courier": one.courier, "left_poisha": one.left_poisha, "payout": one.payout_id,
        "reference": one.reference, "name": one.name or None, "verdict": one.verdict or None, "words": one.words,
        "booked_at": iso(one.booked_at),
    }  # fmt: skip
