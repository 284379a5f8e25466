"""Evidence in: what wallets wrote to the shop's phone, passed on by an app that runs there."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.clock import DHAKA, iso, us_of
from dokango.db import Tx
from dokango.orders.reading.evidence import Match, matches
from dokango.payments.evidence import MOST_AT_ONCE, PHONE, Brought, EvidenceRow, Kept, keep_all
from dokango.payments.messages import INCOME
from dokango.payments.reconciliation import Reconciled, reconcile
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.idempotency import Outcome, once
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.wallet_messages import WalletBalancesShape, WalletMessagesShape

router = APIRouter(route_class=JsonRoute, tags=["wallet messages"])
LONGEST_TEXT = 10_000  # a longer one is refused; one that is no message of a wallet's is kept as not understood


class ForwardedMessage(PlainModel):
    """A message as it came to the phone."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(max_length=LONGEST_TEXT)]
    received_at: datetime | None = None


class ForwardedMessages(PlainModel):
    """Messages, the oldest first."""

    model_config = ConfigDict(extra="forbid")
    messages: Annotated[list[ForwardedMessage], Field(min_length=1, max_length=MOST_AT_ONCE)]


@router.post(
    "/wallet-messages",
    responses={200: {"model": WalletMessagesShape}},
    openapi_extra=needs(Permission.BRING_EVIDENCE),
)
async def bring_messages(request: Request, caller: Caller, wanted: ForwardedMessages) -> Response:
    """Keep each message as what it says, and name the order whose payment it is. Books nothing."""
    lines = [Brought(one.text, _received_us(one.received_at)) for one in wanted.messages]

    def keep(tx: Tx) -> Outcome:
        kept = keep_all(tx, caller, lines, PHONE, process.clock().now_us())
        found = matches(tx, [one.row for one in kept])
        return Outcome(200, {"messages": [_as_json(*pair) for pair in zip(kept, found, strict=True)]})

    return await once(request, caller, wanted, keep)


@router.get(
    "/wallet-balances",
    responses={200: {"model": WalletBalancesShape}},
    openapi_extra=needs(Permission.VERIFY_PAYMENT),
)
async def read_balances(caller: Caller) -> Response:
    """Each wallet's balance by its newest message, and the first two lines whose balances do not follow."""
    return await read_response(lambda tx: {"wallets": [_balance_as_json(one) for one in reconcile(tx)]})


def _balance_as_json(one: Reconciled) -> dict[str, Any]:
    gap = one.gap
    return {
        "wallet": one.method,
        "balance_poisha": one.balance_poisha,
        "lines": one.lines,
        "gap": None
        if gap is None
        else {"off_poisha": gap.off_poisha, "before": _line_as_json(gap.before), "after": _line_as_json(gap.after)},
    }


def _line_as_json(row: EvidenceRow) -> dict[str, Any]:
    return {
        "transaction_id": row.trx_id,
        "amount_poisha": row.amount_poisha,
        "fee_poisha": row.fee_poisha,
        "balance_poisha": row.balance_poisha,
        "sent_at": iso(row.sent_at) if row.sent_at is not None else None,
    }


def _received_us(at: datetime | None) -> int | None:
    """A phone's clock without a zone is the shop's."""
    return None if at is None else us_of(at if at.tzinfo else at.replace(tzinfo=DHAKA))


def _as_json(kept: Kept, found: Match | None) -> dict[str, Any]:
    row = kept.row
    known = row.reading == INCOME
    return {
        "reading": row.reading,
        "words": row.why,
        "wallet": row.method or None,
        "transaction_id": row.trx_id or None,
        "amount_poisha": row.amount_poisha if known else None,
        "fee_poisha": row.fee_poisha if known else None,
        "balance_poisha": row.balance_poisha,
        "sender": row.sender or None,
        "reference": row.reference or None,
        "sent_at": iso(row.sent_at) if row.sent_at is not None else None,
        "duplicate": kept.duplicate,
        "match": None if found is None else _match(found),
    }


def _match(found: Match) -> dict[str, Any]:
    return {"order": found.order or None, "verdict": found.verdict, "words": found.words}
