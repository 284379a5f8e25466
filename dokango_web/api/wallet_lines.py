"""Lines of wallets that tell of money that went out: listed, and booked."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.clock import iso
from dokango.db import Tx
from dokango.orders.reading.evidence_lists import OUT, page
from dokango.payments.evidence import EvidenceRow
from dokango.payments.money_out import book_out, expected_fee_poisha
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.idempotency import Outcome, once
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.wallet_lines import MoneyOutShape, MoniesOutShape

router = APIRouter(route_class=JsonRoute, tags=["wallet messages"])


class BookedOut(PlainModel):
    """Where the money went: a pocket ("hand", "bank", …); `""` books the fee alone."""

    model_config = ConfigDict(extra="forbid")
    pocket: Annotated[str, Field(max_length=40)]


@router.get("/wallet-lines/out", responses={200: {"model": MoniesOutShape}}, openapi_extra=needs(Permission.SETTLE_COD))
async def list_out(caller: Caller, cursor: str = "") -> Response:
    """Money that left a wallet and is not booked yet, newest first."""
    caller.require(Permission.SETTLE_COD)

    def listed(tx: Tx) -> dict[str, Any]:
        found = page(tx, OUT, cursor)
        return {"lines": [_as_json(tx, row) for row in found.rows], "next_cursor": found.next or None}

    return await read_response(listed)


@router.post(
    "/wallet-lines/{line_id}/book", responses={200: {"model": MoneyOutShape}},
    openapi_extra=needs(Permission.SETTLE_COD),
)  # fmt: skip
async def book_line(
    request: Request, caller: Caller, line_id: Annotated[int, Field(ge=1, le=2**53)], wanted: BookedOut
) -> Response:
    """Post what a line tells: the amount to `pocket`, and the wallet's fee by itself; once."""

    def step(tx: Tx) -> Outcome:
        line = book_out(tx, caller, process.clock(), line_id, wanted.pocket)
        return Outcome(200, _as_json(tx, line))

    return await once(request, caller, wanted, step)


def _as_json(tx: Tx, row: EvidenceRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "wallet": row.method,
        "kind": row.kind,
        "transaction_id": row.trx_id or None,
        "amount_poisha": -row.amount_poisha,
        "fee_poisha": row.fee_poisha,
        "expected_fee_poisha": expected_fee_poisha(tx, row),
        "sent_at": iso(row.sent_at) if row.sent_at is not None else None,
    }
