"""Statements in: a wallet's file, each of its lines kept once as evidence."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.clock import iso
from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.importing.table_file import Sheet, fold
from dokango.payments.messages import INCOME
from dokango.payments.methods import claimable_of
from dokango.payments.statement_lines import Weighed
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango.statements.keeping import Outcome as Kept
from dokango.statements.keeping import keep_statement
from dokango.statements.lines import lines_of
from dokango.statements.waiting import first_choice, read_statement, remember_choice, wallet_of
from dokango_web.api.kit import threads
from dokango_web.api.kit.idempotency import Outcome, once, refuse_reused
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.wallet_statements import WalletStatementShape

router = APIRouter(route_class=JsonRoute, tags=["wallet messages"])
LONGEST_FILE = 950_000  # what the door lets in; larger ones go in by the page


class BroughtStatement(PlainModel):
    """A CSV or XLSX in base64, and whose it is. `columns`: what each heading is, where it is not known yet."""

    model_config = ConfigDict(extra="forbid")
    wallet: Annotated[str, Field(max_length=40)]
    file_base64: Annotated[str, Field(min_length=1, max_length=LONGEST_FILE)]
    columns: Annotated[dict[str, str] | None, Field(max_length=200)] = None


@router.post(
    "/wallet-statements",
    responses={200: {"model": WalletStatementShape}},
    openapi_extra=needs(Permission.VERIFY_PAYMENT),
)
async def bring_statement(request: Request, caller: Caller, wanted: BroughtStatement) -> Response:
    """Keep each line as what it says; a line, or a TrxID, that is here already changes nothing. Books nothing.

    `columns` maps headings to `trx`, `at`, `time`, `kind`, `status`, `sender`, `receiver`, `reference`, `amount`, `in`,
    `out`, `fee`, `balance`, or to `""`; it is remembered for files with the same headings. `shown` holds the first 200
    lines, those not understood before others.
    """
    await threads.read(lambda tx: refuse_reused(tx, request, caller, wanted))
    kept = await threads.in_thread(lambda: _kept(caller, wanted))
    return await once(request, caller, wanted, lambda tx: Outcome(200, _as_json(kept)))


def _kept(caller: Actor, wanted: BroughtStatement) -> Kept:
    caller.require(Permission.VERIFY_PAYMENT)
    db, clock = process.database(), process.clock()
    method = claimable_of(wanted.wallet, "wallet").key
    sheet = read_statement(_bytes(wanted.file_base64), "file_base64")
    choice, wallet = db.read(lambda tx: (_choice(tx, sheet, wanted), wallet_of(tx, method)))
    lines = lines_of(sheet, choice, wallet)
    if wanted.columns is not None:
        db.write(lambda tx: remember_choice(tx, sheet, choice, caller, clock.now_us()))
    return keep_statement(db, caller, clock, lines)


def _choice(tx: Tx, sheet: Sheet, wanted: BroughtStatement) -> dict[str, str]:
    if wanted.columns is None:
        return first_choice(tx, sheet)
    said = {fold(heading): place for heading, place in wanted.columns.items()}
    strange = next((heading for heading in wanted.columns if fold(heading) not in sheet.headings), None)
    if strange is not None:
        raise InvalidInput({"columns": f"The file has no column “{strange[:60]}”."})
    return said


def _bytes(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidInput({"file_base64": "This is not base64. Encode the file as it is on the disk."}) from error


def _as_json(kept: Kept) -> dict[str, Any]:
    return {
        "lines": kept.lines,
        "income": kept.income,
        "not_income": kept.not_income,
        "not_understood": kept.not_understood,
        "known": kept.known,
        "words": kept.words,
        "shown": [_line_as_json(one) for one in kept.shown],
    }


def _line_as_json(weighed: Weighed) -> dict[str, Any]:
    line = weighed.line
    return {
        "line": line.line,
        "said": line.said,
        "reading": line.reading,
        "words": line.why,
        "transaction_id": line.known_by or None,
        "amount_poisha": line.amount_poisha if line.reading == INCOME else None,
        "fee_poisha": line.fee_poisha if line.reading == INCOME else None,
        "balance_poisha": line.balance_poisha,
        "sender": line.sender or None,
        "reference": line.reference or None,
        "received_on": line.till or None,
        "sent_at": iso(line.sent_at) if line.sent_at is not None else None,
        "duplicate": weighed.known,
    }
