"""What customers were told, by which channel, and how it ended."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field
from starlette.responses import Response

from dokango.clock import iso
from dokango.db import Tx
from dokango.notify.outbox_listing import Listed, of_customers
from dokango.paging import ROWS
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.messages import MessagesShape, MessageState

router = APIRouter(route_class=JsonRoute, tags=["messages"])
MOST_ROWS = 100


class MessageFilters(PlainModel):
    """Which messages; all filters together. `order` is an order's number."""

    model_config = ConfigDict(extra="forbid")
    state: MessageState | None = None
    order: str = Field(default="", max_length=40)
    channel: str = Field(default="", max_length=20)
    limit: int = Field(default=ROWS, ge=1, le=MOST_ROWS)
    cursor: str = Field(default="", max_length=60)


@router.get("/messages", responses={200: {"model": MessagesShape}}, openapi_extra=needs(Permission.VIEW_ORDERS))
async def list_messages(caller: Caller, filters: Annotated[MessageFilters, Query()]) -> Response:
    """Messages to customers, newest first. Send `next_cursor` back as `cursor` for the next page."""

    def page(tx: Tx) -> dict[str, object]:
        found = of_customers(
            tx, filters.cursor, filters.limit, state=filters.state or "", channel=filters.channel, number=filters.order
        )
        return {"messages": [_as_json(one) for one in found.rows], "next_cursor": found.next}

    return await read_response(page)


def _as_json(one: Listed) -> dict[str, object]:
    row = one.message
    return {
        "id": row.id, "order": one.number or None, "template": row.template, "channel": row.channel,
        "recipient": row.recipient, "state": row.state, "error": row.error,
        "sent_at": iso(row.sent_at) if row.sent_at else None, "parts": row.parts, "cost_poisha": row.cost_poisha,
    }  # fmt: skip
