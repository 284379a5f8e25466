"""Couriers calling us. The body is read as it came, because its signature is over the raw bytes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.couriers.inbox import LONGEST_BODY, receive_webhook
from dokango.couriers.kind.webhook import Reply
from dokango.couriers.process_desk import webhook_keys
from dokango.couriers.registry import COURIERS
from dokango_web.api.kit import threads
from dokango_web.api.kit.answers import json_response

router = APIRouter(tags=["webhooks"])

_ANSWER: dict[str, Any] = {"application/json": {"schema": {"type": "object"}}}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "Taken, also the second time.", "content": _ANSWER},
    "4XX": {"description": "Not theirs, no JSON, or a courier that sends none.", "content": _ANSWER},
}


@router.post("/webhooks/{courier}", include_in_schema=False)
async def notified(request: Request, courier: str) -> Response:
    """A notification of a courier's: stored and answered at once, then checked with its API before it counts.

    401 without the configured token or with a wrong signature, 400 when it is no JSON object, else 200, also twice.
    """
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LONGEST_BODY:
            break
    headers, query, body = dict(request.headers), dict(request.query_params), bytes(raw)

    def receive() -> Reply:
        token, keys = webhook_keys(courier)
        return receive_webhook(
            process.database(), process.clock(), courier, headers, body, token, query=query, keys=keys
        )

    reply = await threads.in_thread(receive)
    response = json_response(reply.body, reply.status)
    response.headers.update(reply.headers)
    return response


def _from(courier: str) -> Callable[[Request], Awaitable[Response]]:
    async def notified_by(request: Request) -> Response:
        return await notified(request, courier)

    return notified_by


# The document names each courier that tells us; the route above takes them, and any that is added later.
for _courier in (kind.key for kind in COURIERS.values() if kind.webhook is not None):
    router.add_api_route(
        f"/webhooks/{_courier}",
        _from(_courier),
        methods=["POST"],
        name=f"notified_by_{_courier}",
        description=notified.__doc__,
        responses=_RESPONSES,
    )
