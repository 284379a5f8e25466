"""Money that waits for a second person: the queue, and what that person says."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.audit import said_actor
from dokango.clock import iso, said
from dokango.db import Tx
from dokango.errors import Conflict, NotFound
from dokango.orders import Context, perform
from dokango.orders.approvals import rows as approvals
from dokango.orders.approvals.rows import Waiting
from dokango.orders.book import rows as orders
from dokango.orders.lifecycle.commands import Approve, Command, RefuseApproval
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.idempotency import Outcome, once
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.order_json import order_by_number
from dokango_web.api.shapes.approvals import ApprovalsShape
from dokango_web.api.shapes.orders import OrderShape

router = APIRouter(route_class=JsonRoute, tags=["approvals"])
Version = Annotated[int | None, Field(ge=1, le=2**53, description="The order's version that was seen; stale: 409.")]
_ANSWER: dict[int | str, dict[str, Any]] = {200: {"model": OrderShape}}


class ApprovalPage(PlainModel):
    """Which page."""

    model_config = ConfigDict(extra="forbid")
    cursor: str = Field(default="", max_length=60)


class ApproveBody(Approve):
    """Without `version` the order must still stand as it did when it was asked for."""

    version: Version = None


class RefuseBody(RefuseApproval):
    """`reason` is told to who asked."""

    version: Version = None


@router.get("/approvals", responses={200: {"model": ApprovalsShape}}, openapi_extra=needs(Permission.APPROVE))
async def list_approvals(caller: Caller, wanted: Annotated[ApprovalPage, Query()]) -> Response:
    """Payments and refunds that another person is to approve, the oldest first."""

    def page(tx: Tx) -> dict[str, object]:
        found = approvals.page(tx, wanted.cursor)
        return {
            "waiting": approvals.how_many(tx),
            "approvals": [_as_json(one, caller) for one in found.rows],
            "next_cursor": found.next,
        }

    return await read_response(page)


@router.post("/approvals/{approval_id}/approve", responses=_ANSWER, openapi_extra=needs(Permission.APPROVE))
async def approve(request: Request, caller: Caller, approval_id: int, body: ApproveBody) -> Response:
    """Let it be booked, as a second person: everything is checked anew. Answers with the order."""
    return await _decide(request, caller, approval_id, body, body.version)


@router.post("/approvals/{approval_id}/refuse", responses=_ANSWER, openapi_extra=needs(Permission.APPROVE))
async def refuse(request: Request, caller: Caller, approval_id: int, body: RefuseBody) -> Response:
    """Say no, as a second person: nothing is booked, and the TrxID is free again. Answers with the order."""
    return await _decide(request, caller, approval_id, body, body.version)


async def _decide(request: Request, caller: Actor, approval_id: int, body: Command, version: int | None) -> Response:
    def step(tx: Tx) -> Outcome:
        approval = approvals.by_id(tx, approval_id)
        if approval is None:
            raise NotFound("approval", approval_id)
        if approval.decided_at is not None:
            raise Conflict(f"It was {approval.state} by {approval.decided_by}, {said(approval.decided_at)}.")
        context = Context(caller, process.clock(), approval.asked_version if version is None else version)
        done = perform(tx, context, orders.number_of(tx, approval.order_id), body)
        return Outcome(200, order_by_number(tx, done.number), done.order_id)

    return await once(request, caller, body, step)


def _as_json(one: Waiting, caller: Actor) -> dict[str, object]:
    return {
        "id": one.id, "order": one.number, "version": one.version, "kind": one.kind, "method": one.method,
        "transaction_id": one.trx_id or None, "amount_poisha": one.amount_poisha,
        "asked_by": said_actor(one.asked_by, one.asked_kind), "asked_at": iso(one.asked_at),
        "own": one.asked_person == caller.person,
    }  # fmt: skip
