"""The books: balances at a time, and the journal."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field
from starlette.responses import Response

from dokango.clock import iso
from dokango.db import Tx
from dokango.ledger.balances import trial_balance
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango.reports.books import journal
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.kit.moments import moment_us
from dokango_web.api.shapes.ledger import EntriesShape, TrialBalanceShape

router = APIRouter(route_class=JsonRoute, tags=["ledger"])
MOST_ENTRIES = 10_000


class At(PlainModel):
    """When; now, unless a moment or a day (its end, in Dhaka) is given."""

    model_config = ConfigDict(extra="forbid")
    at: str = Field(default="", max_length=60, examples=["2026-11-22", "2026-11-22T16:05:00+06:00"])

    @property
    def us(self) -> int | None:
        """The moment, or None for now; raises InvalidInput."""
        return moment_us(self.at, "at") if self.at else None


class EntryFilters(PlainModel):
    """Which entries: all, or an order's. `limit` asks for pages."""

    model_config = ConfigDict(extra="forbid")
    order: str = Field(default="", max_length=40)
    limit: int = Field(default=MOST_ENTRIES, ge=1, le=MOST_ENTRIES)
    cursor: str = Field(default="", max_length=60)


@router.get(
    "/ledger/trial-balance", responses={200: {"model": TrialBalanceShape}}, openapi_extra=needs(Permission.SEE_BOOKS)
)
async def read_trial_balance(caller: Caller, when: Annotated[At, Query()]) -> Response:
    """Every account with its turnover up to `at`; the balance is debit less credit."""
    at_us = when.us

    def accounts(tx: Tx) -> dict[str, Any]:
        return {
            "accounts": [
                {
                    "account": balance.account,
                    "debit_poisha": balance.debit_poisha,
                    "credit_poisha": balance.credit_poisha,
                    "balance_poisha": balance.balance_poisha,
                }
                for balance in trial_balance(tx, at_us)
            ]
        }

    return await read_response(accounts)


@router.get("/ledger/entries", responses={200: {"model": EntriesShape}}, openapi_extra=needs(Permission.SEE_BOOKS))
async def list_entries(caller: Caller, filters: Annotated[EntryFilters, Query()]) -> Response:
    """The journal, oldest first: what each happening wrote."""
    return await read_response(lambda tx: _entries(tx, filters))


def _entries(tx: Tx, filters: EntryFilters) -> dict[str, Any]:
    """As many of the journal's pages as were asked for."""
    found: list[dict[str, Any]] = []
    cursor: str | None = filters.cursor
    while cursor is not None and len(found) < filters.limit:
        page = journal.entries(
            tx, order=filters.order or None, cursor=cursor, limit=filters.limit - len(found), oldest_first=True
        )
        found.extend(map(_entry, page.rows))
        cursor = page.next
    return {"entries": found, "next_cursor": cursor}


def _entry(entry: journal.Entry) -> dict[str, Any]:
    return {
        "key": entry.key,
        "order": entry.order,
        "action": entry.action,
        "happened_at": iso(entry.happened_at),
        "written_at": iso(entry.written_at),
        "postings": [
            {"debit": posting.debit, "credit": posting.credit, "amount_poisha": posting.amount_poisha}
            for posting in entry.postings
        ],
    }
