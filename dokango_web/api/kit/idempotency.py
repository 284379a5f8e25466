"""Commands over HTTP: done once for each Idempotency-Key, the answer kept in the transaction that earned it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.db import Tx
from dokango.orders.book.idempotency import Answer, answered, remember
from dokango.people.actor import Actor
from dokango_web.api.kit import threads
from dokango_web.api.kit.answers import MEDIA_TYPE, json_bytes

HEADER = "idempotency-key"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command answers: a status, a JSON object, and the order it concerns."""

    status: int
    body: dict[str, Any]
    order_id: int | None = None


async def once(
    request: Request,
    actor: Actor,
    asked: BaseModel,
    effect: Callable[[Tx], Outcome],
    *,
    again: int | None = None,
) -> Response:
    """Run `effect` in one transaction and answer; with a key that was used for the same, the same answer again.

    `again` is the status of a repeated answer, where it differs. Raises IdempotencyKeyReused for another body,
    and whatever `effect` raises: a refused command leaves its key unused.
    """
    key = request.headers.get(HEADER)
    if key is None:
        answer = await threads.write(lambda tx: _answer(effect(tx)))
        return Response(answer.body, answer.status, media_type=MEDIA_TYPE)
    scope = f"{actor.id} {request.url.path}"
    body = asked.model_dump_json().encode()

    def command(tx: Tx) -> Answer:
        before = answered(tx, scope, key, body)
        if before is not None:
            return Answer(before.order_id, again or before.status, before.body)
        answer = _answer(effect(tx))
        remember(tx, scope, key, body, answer, process.clock().now_us())
        return answer

    answer = await threads.write(command)
    return Response(answer.body, answer.status, media_type=MEDIA_TYPE)


def refuse_reused(tx: Tx, request: Request, actor: Actor, asked: BaseModel) -> None:
    """Raise IdempotencyKeyReused when the request's key was used for another body: before work in several steps."""
    key = request.headers.get(HEADER)
    if key is not None:
        answered(tx, f"{actor.id} {request.url.path}", key, asked.model_dump_json().encode())


def _answer(outcome: Outcome) -> Answer:
    return Answer(outcome.order_id, outcome.status, json_bytes(outcome.body).decode())
