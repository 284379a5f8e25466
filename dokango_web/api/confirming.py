"""Confirming: the checks before an order goes on stand in the answer, and many orders are confirmed by one call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.db import Tx
from dokango.orders import Context
from dokango.orders.before.checks import Verdict
from dokango.orders.reading.confirming import Result, Wish, confirm_each
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango_web.api.kit.idempotency import Outcome, once
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.kit.problem_json import problem_body
from dokango_web.api.order_json import order_by_number
from dokango_web.api.shapes.orders import BulkConfirmedShape

router = APIRouter(route_class=JsonRoute, tags=["actions"])
MOST_AT_ONCE = 100
_COLOURS = {"warn": "amber", "bad": "red"}


class OneToConfirm(PlainModel):
    """An order, as it was seen; `anyway` confirms it although a check is amber or red."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    number: Annotated[str, Field(min_length=1, max_length=40)]
    version: Annotated[int | None, Field(ge=1, le=2**53)] = None
    anyway: bool = False


class BulkConfirm(PlainModel):
    """Up to 100 orders to confirm."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    orders: Annotated[list[OneToConfirm], Field(min_length=1, max_length=MOST_AT_ONCE)]


def warnings_json(found: Sequence[Verdict]) -> list[dict[str, str]]:
    """The amber and red checks, as programs read them."""
    return [
        {"check": verdict.check, "level": _COLOURS[verdict.level], "words": verdict.words}
        for verdict in found
        if verdict.level in _COLOURS
    ]


@router.post(
    "/orders/actions/confirm",
    name="confirm_many",
    summary="Confirm many orders",
    responses={200: {"model": BulkConfirmedShape}},
    openapi_extra=needs(Permission.CONFIRM),
)
async def confirm_many(request: Request, caller: Caller, body: BulkConfirm) -> Response:
    """Confirm each order on its own. One whose checks are not all green is left out, unless it says `anyway`."""
    context = Context(caller, process.clock())
    wishes = [Wish(one.number, one.version, one.anyway) for one in body.orders]

    def confirmed(tx: Tx) -> Outcome:
        return Outcome(200, {"results": [_result_json(tx, result) for result in confirm_each(tx, context, wishes)]})

    return await once(request, caller, body, confirmed)


def _result_json(tx: Tx, result: Result) -> dict[str, Any]:
    return {
        "number": result.number,
        "outcome": result.outcome,
        "warnings": warnings_json(result.warnings),
        "order": order_by_number(tx, result.number) if result.done else None,
        "problem": problem_body(result.error) if result.error else None,
    }
