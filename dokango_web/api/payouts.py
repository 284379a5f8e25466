"""Couriers' payouts: those that were booked, and those that a courier tells of."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.clock import iso
from dokango.couriers.parcels.told_payouts import ToLookAt, set_aside, to_look_at
from dokango.couriers.process_desk import courier_desk
from dokango.db import Tx
from dokango.paging import ROWS
from dokango.payouts.asked import MOST_PAGES, asked_page
from dokango.payouts.listing import LINES, BookedLine, BookedPayout, booked, booked_page, lines_page
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango_web.api.courier_calls import once_outside
from dokango_web.api.kit import threads
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.idempotency import Outcome, once
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.payouts import HeardPayoutsShape, PayoutShape, PayoutsShape, SetAsideShape, ToldPayoutsShape

router = APIRouter(route_class=JsonRoute, tags=["payouts"])
MOST_ROWS, MOST_LINES = 100, 500


class PayoutFilters(PlainModel):
    """Which payouts: all, or those of a courier as the books call it."""

    model_config = ConfigDict(extra="forbid")
    courier: str = Field(default="", max_length=60)
    limit: int = Field(default=ROWS, ge=1, le=MOST_ROWS)
    cursor: str = Field(default="", max_length=60)


class WhichTold(PlainModel):
    """Which of the payouts that couriers told of."""

    model_config = ConfigDict(extra="forbid")
    limit: int = Field(default=ROWS, ge=1, le=MOST_ROWS)
    cursor: str = Field(default="", max_length=60)


class SetAside(PlainModel):
    """Nothing is asked beyond which one."""

    model_config = ConfigDict(extra="forbid")


class WhichLines(PlainModel):
    """Which lines of a payout."""

    model_config = ConfigDict(extra="forbid")
    limit: int = Field(default=LINES, ge=1, le=MOST_LINES)
    cursor: str = Field(default="", max_length=60)


class AskPayouts(PlainModel):
    """Which courier is asked, and for which page of its own list; the first has the newest."""

    model_config = ConfigDict(extra="forbid")
    courier: str = Field(min_length=1, max_length=40)
    page: int = Field(default=1, ge=1, le=MOST_PAGES)


@router.get("/payouts", responses={200: {"model": PayoutsShape}}, openapi_extra=needs(Permission.SETTLE_COD))
async def list_payouts(caller: Caller, filters: Annotated[PayoutFilters, Query()]) -> Response:
    """Payouts that were booked, newest first. Send `next_cursor` back as `cursor` for the next page."""

    def page(tx: Tx) -> dict[str, Any]:
        found = booked_page(tx, filters.cursor, filters.limit, filters.courier)
        return {"payouts": [_as_json(one) for one in found.rows], "next_cursor": found.next}

    return await read_response(page)


@router.get("/payouts/told", responses={200: {"model": HeardPayoutsShape}}, openapi_extra=needs(Permission.SETTLE_COD))
async def list_told(caller: Caller, which: Annotated[WhichTold, Query()]) -> Response:
    """Payouts that couriers told of and nobody booked or set aside, newest first."""

    def page(tx: Tx) -> dict[str, Any]:
        found = to_look_at(tx, which.cursor, which.limit)
        return {"payouts": [_told(one) for one in found.rows], "next_cursor": found.next}

    return await read_response(page)


@router.post(
    "/payouts/told/{told_id}/set-aside",
    responses={200: {"model": SetAsideShape}},
    openapi_extra=needs(Permission.SETTLE_COD),
)
async def set_told_aside(request: Request, caller: Caller, told_id: int) -> Response:
    """One of them need not be booked here: it was, under another name, or is not this shop's."""
    now_us = process.clock().now_us()

    def aside(tx: Tx) -> Outcome:
        set_aside(tx, caller, told_id, now_us)
        return Outcome(200, {"id": told_id})

    return await once(request, caller, SetAside(), aside)


@router.get("/payouts/{payout_id}", responses={200: {"model": PayoutShape}}, openapi_extra=needs(Permission.SETTLE_COD))
async def read_payout(caller: Caller, payout_id: int, which: Annotated[WhichLines, Query()]) -> Response:
    """One payout and what was found of its lines: paid, short, over, paid twice, not ours, returned, missing."""

    def found(tx: Tx) -> dict[str, Any]:
        payout = booked(tx, payout_id)
        lines = lines_page(tx, payout_id, which.cursor, which.limit)
        return {**_as_json(payout), "lines": [_line(one) for one in lines.rows], "next_cursor": lines.next}

    return await read_response(found)


@router.post("/payouts/ask", responses={200: {"model": ToldPayoutsShape}}, openapi_extra=needs(Permission.SETTLE_COD))
async def ask_payouts(request: Request, caller: Caller, asked: AskPayouts) -> Response:
    """Ask a courier's API which payouts it made that nobody booked here. Books nothing."""
    caller.require(Permission.SETTLE_COD)

    async def call() -> tuple[int, dict[str, Any]]:
        desk, database = courier_desk(), process.database()
        told = await threads.in_thread(lambda: asked_page(desk, database, asked.courier, asked.page))
        payouts = [
            {
                "id": one.id,
                "amount_poisha": one.amount_poisha if one.amount_poisha is not None else one.total_poisha,
                "paid_at": iso(at) if (at := one.paid_at_us or one.created_at_us) is not None else None,
                "status": one.status_label,
            }
            for one in told.payouts
        ]
        return 200, {"courier": asked.courier, "payouts": payouts, "older": told.older}

    return await once_outside(request, caller, asked, call)


def _as_json(one: BookedPayout) -> dict[str, Any]:
    return {
        "id": one.id, "courier": one.courier, "reference": one.reference, "source": one.source,
        "name": one.name or None, "amount_poisha": one.amount_poisha, "charges_poisha": one.charges_poisha,
        "open_poisha": one.open_poisha, "parcels": one.parcels, "differences": one.differences,
        "booked_by": one.booked_by, "booked_at": iso(one.booked_at),
    }  # fmt: skip


def _told(one: ToLookAt) -> dict[str, Any]:
    return {
        "id": one.id, "courier": one.courier, "reference": one.reference, "source": one.source,
        "amount_poisha": one.amount_poisha, "paid_at": iso(one.paid_at) if one.paid_at is not None else None,
        "status": one.status, "parcels": one.parcels, "cod_poisha": one.cod_poisha, "heard_at": iso(one.heard_at),
    }  # fmt: skip


def _line(one: BookedLine) -> dict[str, Any]:
    return {
        "line": one.line, "name": one.name, "order": one.number, "verdict": one.verdict,
        "charge_verdict": one.charge_verdict or None, "words": one.words, "collected_poisha": one.collected_poisha,
        "charge_poisha": one.charge_poisha, "paid_poisha": one.paid_poisha, "amount_poisha": one.amount_poisha,
        "open_poisha": one.open_poisha, "claim_poisha": one.claim_poisha,
    }  # fmt: skip
