"""Actions that ask a courier: the call is made outside any transaction, and nobody waits longer than ten seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.couriers.process_desk import courier_desk
from dokango.errors import InvalidInput
from dokango.orders import Context
from dokango.orders.book.idempotency import Answer, answered, remember
from dokango.orders.lifecycle.commands import Command, Ship, Sync
from dokango.orders.lifecycle.told import as_asked
from dokango.orders.parcels.book import UNCERTAIN, Outcome, ship_by_courier
from dokango.orders.parcels.draft import edits_of
from dokango.orders.parcels.news import sync_order
from dokango.people.actor import Actor
from dokango_web.api.kit import threads
from dokango_web.api.kit.answers import MEDIA_TYPE, json_bytes, json_response
from dokango_web.api.kit.idempotency import HEADER
from dokango_web.api.order_json import order_by_number

WAIT_S = 10.0
_under_way: set[asyncio.Future[Any]] = set()
# The same key twice at once: the second waits for the first one's answer. A lock is forgotten when nobody holds it.
_turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


def asks_a_courier(body: Command) -> bool:
    """Whether `body`, which ships nothing, is done by calling somebody else's computer."""
    return isinstance(body, Sync)


async def ask_courier(
    request: Request, caller: Actor, number: str, body: Command, context: Context, command: Command | None = None
) -> Response:
    """Book or sync, and answer the order: 200, or 202 while it is not known whether the parcel was booked.

    A call with an Idempotency-Key that was answered before is answered the same without calling anybody. `command`:
    what `body` comes to, where that is not the body itself.
    """
    return await once_outside(request, caller, body, lambda: _asked(number, command or body, context))


async def once_outside(
    request: Request, caller: Actor, body: BaseModel, call: Callable[[], Awaitable[tuple[int, dict[str, Any]]]]
) -> Response:
    """What `call` answers, outside any transaction; once for each Idempotency-Key, whose answer is kept."""
    key, scope = request.headers.get(HEADER), f"{caller.id} {request.url.path}"
    if key is None:
        status, found = await call()
        return json_response(found, status)
    asked = body.model_dump_json().encode()
    async with _turns.setdefault(f"{scope}:{key}", asyncio.Lock()):
        before = await threads.read(lambda tx: answered(tx, scope, key, asked))
        if before is not None:
            return Response(before.body, before.status, media_type=MEDIA_TYPE)
        status, found = await call()
        answer = Answer(None, status, json_bytes(found).decode())
        await threads.write(lambda tx: remember(tx, scope, key, asked, answer, process.clock().now_us()))
    return json_response(found, status)


async def _asked(number: str, body: Command, context: Context) -> tuple[int, dict[str, Any]]:
    """The status to answer with, and the order as it is after the courier's answer, or without it."""
    status = 202 if await _waits_too_long(_doing(number, body, context)) else 200
    return status, await threads.read(lambda tx: order_by_number(tx, number))


def _doing(number: str, body: Command, context: Context) -> Callable[[], object]:
    desk, database = courier_desk(), process.database()
    if isinstance(body, Ship):
        edits = edits_of(body)
        return lambda: _ship(lambda: ship_by_courier(desk, database, context, number, body.courier, edits))
    return lambda: sync_order(desk, database, context, number)


def _ship(doing: Callable[[], Outcome]) -> Outcome:
    """What is wrong with the parcel is said under the names that the body has."""
    try:
        return doing()
    except InvalidInput as error:
        raise InvalidInput(as_asked(error.fields)) from error


async def _waits_too_long(doing: Callable[[], object]) -> bool:
    """Run it to its end whatever happens here; whether its outcome is not known yet."""
    running = asyncio.ensure_future(threads.in_thread(doing))
    _under_way.add(running)
    running.add_done_callback(_under_way.discard)
    done, _ = await asyncio.wait({running}, timeout=WAIT_S)
    if not done:
        return True
    outcome = running.result()
    return isinstance(outcome, Outcome) and outcome.booking == UNCERTAIN
