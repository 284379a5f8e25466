"""Claims on couriers: what they lost, damaged or delivered short."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.clock import iso
from dokango.couriers.parcels import shipments
from dokango.db import Tx
from dokango.orders import Context
from dokango.orders.book import rows as orders
from dokango.orders.claims import rows, steps
from dokango.orders.claims.forms import OpenClaim, PaidClaim, RefusedClaim
from dokango.orders.claims.rows import ClaimOnCourier
from dokango.people.permissions import Permission
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.idempotency import Outcome, once
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.claims import ClaimOnCourierShape, ClaimsShape

router = APIRouter(route_class=JsonRoute, tags=["claims"])
_ANSWER: dict[int | str, dict[str, Any]] = {200: {"model": ClaimOnCourierShape}}
_MADE: dict[int | str, dict[str, Any]] = {201: {"model": ClaimOnCourierShape}}


@router.get("/claims", responses={200: {"model": ClaimsShape}}, openapi_extra=needs(Permission.VIEW_ORDERS))
async def list_claims(caller: Caller) -> Response:
    """The claims that wait for their couriers, the one whose window ends first on top."""
    return await read_response(lambda tx: {"claims": [_json(tx, claim) for claim in rows.open_ones(tx)]})


@router.post(
    "/orders/{number}/claims", status_code=201, responses=_MADE, openapi_extra=needs(Permission.SHIP)
)  # fmt: skip
async def open_claim(request: Request, caller: Caller, number: str, form: OpenClaim) -> Response:
    """Claim the loss of an order's parcel from its courier; `due_at` ends the courier's window.

    `parcel` is any of its names, by default the last that a courier had; without `lines` all of the order is claimed.
    """

    def step(tx: Tx) -> Outcome:
        claim = steps.open_claim(tx, Context(caller, process.clock()), number, form)
        return Outcome(201, _json(tx, claim), claim.order_id)

    return await once(request, caller, form, step)


@router.post("/claims/{claim_id}/paid", responses=_ANSWER, openapi_extra=needs(Permission.SETTLE_COD))
async def pay_claim(request: Request, caller: Caller, claim_id: int, form: PaidClaim) -> Response:
    """What came in at the bank for it; less than was claimed closes it as paid in part."""

    def step(tx: Tx) -> Outcome:
        claim = steps.pay(tx, Context(caller, process.clock()), claim_id, form)
        return Outcome(200, _json(tx, claim), claim.order_id)

    return await once(request, caller, form, step)


@router.post("/claims/{claim_id}/refused", responses=_ANSWER, openapi_extra=needs(Permission.SHIP))
async def refuse_claim(request: Request, caller: Caller, claim_id: int, form: RefusedClaim) -> Response:
    """The courier pays nothing, and says why."""

    def step(tx: Tx) -> Outcome:
        claim = steps.refuse(tx, Context(caller, process.clock()), claim_id, form)
        return Outcome(200, _json(tx, claim), claim.order_id)

    return await once(request, caller, form, step)


def _json(tx: Tx, claim: ClaimOnCourier) -> dict[str, Any]:
    return {
        "id": claim.id,
        "order": orders.number_of(tx, claim.order_id),
        "parcel": shipments.by_id(tx, claim.shipment_id).invoice,
        "kind": claim.kind,
        "lines": [{"sku": line.sku, "quantity": line.quantity} for line in rows.lines_of(tx, claim.id)],
        "state": claim.state,
        "words": claim.words,
        "claimed_poisha": claim.claimed_poisha,
        "paid_poisha": claim.paid_poisha,
        "packed_g": claim.packed_g or None,
        "found_g": claim.found_g or None,
        "handed_at": iso(claim.handed_at),
        "opened_at": iso(claim.opened_at),
        "due_at": iso(claim.due_at),
        "closed_at": iso(claim.closed_at) if claim.closed_at is not None else None,
        "reference": claim.reference or None,
        "reason": claim.reason or None,
        "photos": [photo.name for photo in rows.photos_of(tx, claim.id)],
    }
