"""Customers by phone: their record, what was written down of them, and what is done to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.clock import iso
from dokango.customers import acts, lists
from dokango.customers.acts import Block, By, SetLabels, Unblock, WriteNote
from dokango.customers.rows import CustomerRow, asked
from dokango.db import Tx
from dokango.orders.one_customer import OtherNumber, merge, separate
from dokango.orders.reading.of_customer import customer_page
from dokango.paging import ROWS, Page
from dokango.people.permissions import Permission
from dokango.people.phones import international
from dokango.plain_model import PlainModel
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.idempotency import Outcome, once
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.customers import CustomerPageShape, CustomersShape

router = APIRouter(route_class=JsonRoute, tags=["customers"])
_ONE: dict[int | str, dict[str, Any]] = {200: {"model": CustomerPageShape}}
_MOST_ROWS = 100
Narrowed = Literal["", "blocked", "owed", "owing", "credit", "returns"]


class CustomerFilters(PlainModel):
    """Which customers: of one number in any spelling, or with these words in their names, labels or numbers.

    `filter`: blocked; owed (a refund is due to them); owing (they owe); credit; returns (at least two parcels came
    back, and a quarter of all).
    """

    model_config = ConfigDict(extra="forbid")
    phone: str = Field(default="", max_length=60)
    q: str = Field(default="", max_length=200)
    filter: Narrowed = ""
    limit: int = Field(default=ROWS, ge=1, le=_MOST_ROWS)
    cursor: str = Field(default="", max_length=60)


class OrdersPart(PlainModel):
    """Which of a customer's orders: so many from `cursor` on, the newest first."""

    model_config = ConfigDict(extra="forbid")
    limit: int = Field(default=ROWS, ge=1, le=_MOST_ROWS)
    cursor: str = Field(default="", max_length=60)


@router.get("/customers", responses={200: {"model": CustomersShape}}, openapi_extra=needs(Permission.VIEW_CUSTOMERS))
async def list_customers(caller: Caller, filters: Annotated[CustomerFilters, Query()]) -> Response:
    """Customers, who was heard of last first. Send `next_cursor` back as `cursor` for the next page."""

    def page(tx: Tx) -> dict[str, object]:
        found = _of_phone(tx, filters.phone) if filters.phone else _page(tx, filters)
        labels = acts.labels_of_many(tx, [row.id for row in found.rows])
        rows = [_customer(row, labels.get(row.id, [])) for row in found.rows]
        return {"customers": rows, "next_cursor": found.next}

    return await read_response(page)


@router.get("/customers/{phone}", responses=_ONE, openapi_extra=needs(Permission.VIEW_CUSTOMERS))
async def read_customer(caller: Caller, phone: str, part: Annotated[OrdersPart, Query()]) -> Response:
    """One customer by any of their numbers, in any spelling; empty for one that nobody ordered with."""
    return await read_response(lambda tx: _one(tx, caller, phone, part.cursor, part.limit))


@router.post("/customers/{phone}/notes", responses=_ONE, openapi_extra=needs(Permission.EDIT_CUSTOMERS))
async def write_note(request: Request, caller: Caller, phone: str, body: WriteNote) -> Response:
    """Write something down about a customer; it stays."""
    return await _act(request, caller, phone, body, acts.write_note)


@router.post("/customers/{phone}/labels", responses=_ONE, openapi_extra=needs(Permission.EDIT_CUSTOMERS))
async def set_labels(request: Request, caller: Caller, phone: str, body: SetLabels) -> Response:
    """All labels that a customer has from now on."""
    return await _act(request, caller, phone, body, acts.set_labels)


@router.post("/customers/{phone}/block", responses=_ONE, openapi_extra=needs(Permission.BLOCK_CUSTOMERS))
async def block(request: Request, caller: Caller, phone: str, body: Block) -> Response:
    """No order of theirs goes on unseen. The reason is for the staff alone."""
    return await _act(request, caller, phone, body, acts.block)


@router.post("/customers/{phone}/unblock", responses=_ONE, openapi_extra=needs(Permission.BLOCK_CUSTOMERS))
async def unblock(request: Request, caller: Caller, phone: str, body: Unblock) -> Response:
    """Their orders go on again as everybody's."""
    return await _act(request, caller, phone, body, acts.unblock)


@router.post("/customers/{phone}/merge", responses=_ONE, openapi_extra=needs(Permission.MERGE_CUSTOMERS))
async def merge_customers(request: Request, caller: Caller, phone: str, body: OtherNumber) -> Response:
    """Let `other` lead to this customer too: what both ordered is one customer's. No order is changed."""
    return await _act(request, caller, phone, body, merge)


@router.post("/customers/{phone}/separate", responses=_ONE, openapi_extra=needs(Permission.MERGE_CUSTOMERS))
async def separate_customers(request: Request, caller: Caller, phone: str, body: OtherNumber) -> Response:
    """Make `other`, which was merged into this customer, one of its own again."""
    return await _act(request, caller, phone, body, separate)


async def _act(
    request: Request, caller: Caller, phone: str, body: Any, act: Callable[[Tx, By, str, Any], CustomerRow]
) -> Response:
    by = By(caller, process.clock())

    def step(tx: Tx) -> Outcome:
        return Outcome(200, _one(tx, caller, act(tx, by, phone, body).phone, "", ROWS))

    return await once(request, caller, body, step)


def _of_phone(tx: Tx, phone: str) -> Page[CustomerRow]:
    found = asked(tx, phone)
    return Page((found,) if found.id else ())


def _page(tx: Tx, filters: CustomerFilters) -> Page[CustomerRow]:
    return lists.page(tx, filters.q, filters.filter, filters.cursor, filters.limit)


def _customer(row: CustomerRow, labels: list[str]) -> dict[str, Any]:
    blocked = (
        {"at": iso(row.blocked_at), "by": row.blocked_by, "reason": row.blocked_reason} if row.blocked_at else None
    )
    return {
        "phone": row.phone,
        "international": f"+{international(row.phone)}",
        "name": row.name,
        "last_at": iso(row.last_at) if row.last_at else None,
        "labels": labels,
        "record": {
            "orders": row.orders, "open": row.open_orders, "delivered": row.delivered,
            "undelivered": row.undelivered, "returned": row.returned, "cancelled": row.cancelled,
            "back_per_cent": row.back_per_cent,
        },
        "money": {
            "ordered_poisha": row.ordered_poisha, "paid_poisha": row.paid_poisha,
            "refunded_poisha": row.refunded_poisha, "due_poisha": row.due_poisha,
            "refund_due_poisha": row.refund_due_poisha, "credit_poisha": row.credit_poisha,
        },
        "blocked": blocked,
    }  # fmt: skip


def _one(tx: Tx, caller: Any, phone: str, cursor: str, limit: int) -> dict[str, Any]:
    found = customer_page(tx, caller, phone, cursor, limit)
    return {
        **_customer(found.customer, list(found.labels)),
        "phones": list(found.phones),
        "notes": [
            {"kind": note.kind, "words": note.words, "by": note.by, "at": iso(note.written_at)}
            for note in found.notes.rows
        ],
        "orders": [
            {"number": order.number, "status": order.status, "money": order.money, "phone": order.phone,
             "total_poisha": order.total_poisha, "paid_poisha": order.paid_poisha, "due_poisha": order.due_poisha,
             "refund_due_poisha": order.refund_due_poisha, "placed_at": iso(order.placed_at)}
            for order in found.orders.rows
        ],
        "next_cursor": found.orders.next,
    }  # fmt: skip
