"""One call of the practice courier: what it is given, what it answers, and what may go wrong on purpose."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from dokango.couriers.practice.faults import Fault
from dokango.couriers.practice.server import May
from dokango.couriers.steadfast.practice.courier import PracticeCourier

LONGEST_BODY = 2_000_000


@dataclass(frozen=True, slots=True)
class Call:
    """A request, read: `name` is the last part of the path where it names something."""

    practice: PracticeCourier
    name: str
    page: int
    body: object


Answer = tuple[int, object]
Deed = Callable[[Call], Answer]
Endpoint = Callable[[Request], Awaitable[Response]]


def with_keys(practice: PracticeCourier, deed: Deed, *, keyless: bool = False) -> Endpoint:
    """An endpoint of the courier's API: keys first, then whatever fault waits, then the deed."""

    async def endpoint(request: Request) -> Response:
        refused = None if keyless else _refusal(practice, request)
        if refused is not None:
            return refused
        call = await read_call(practice, request)
        if isinstance(call, Response):
            return call
        fault = practice.faults.take(request.url.path)
        if fault is None:
            return JSONResponse(*_swapped(await run_in_threadpool(deed, call)))
        return await _faulty(fault, deed, call)

    return endpoint


def freely(practice: PracticeCourier, deed: Deed, may: May) -> Endpoint:
    """An endpoint of the practice courier's own handle (/_practice), open to whom `may` lets in."""

    async def endpoint(request: Request) -> Response:
        if not await may(request):
            return JSONResponse({"message": "The practice courier is moved from this machine or by staff."}, 403)
        call = await read_call(practice, request)
        if isinstance(call, Response):
            return call
        return JSONResponse(*_swapped(await run_in_threadpool(deed, call)))

    return endpoint


async def read_call(practice: PracticeCourier, request: Request) -> Call | Response:
    """Read the body, within bounds; not JSON reads as nothing given, as theirs reads it."""
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LONGEST_BODY:
            return JSONResponse({"status": 413, "message": "Payload too large."}, 413)
    try:
        body = json.loads(raw) if raw else None
    except (ValueError, RecursionError):
        body = None
    page = request.query_params.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    return Call(practice, request.path_params.get("name", ""), max(number, 1), body)


def _refusal(practice: PracticeCourier, request: Request) -> Response | None:
    peer = request.client.host if request.client else ""
    headers = request.headers
    verdict = practice.gate.judge(peer, headers.get("api-key", ""), headers.get("secret-key", ""))
    if verdict == 429:
        return JSONResponse({"message": "Too Many Attempts."}, 429, {"Retry-After": "3600"})
    return JSONResponse({"message": "Unauthenticated."}, 401) if verdict == 401 else None


async def _faulty(fault: Fault, deed: Deed, call: Call) -> Response:
    if fault.kind in {"slow", "errors_in_200"}:
        await asyncio.sleep(fault.delay_s if fault.kind == "slow" else 0)
        status, body = await run_in_threadpool(deed, call)
        return JSONResponse(body, 200 if fault.kind == "errors_in_200" else status)
    if fault.lands:
        await run_in_threadpool(deed, call)
    if fault.kind == "timeout":
        await asyncio.sleep(fault.delay_s)
    if fault.kind in {"timeout", "drop"}:
        return _Dropped()
    if fault.kind == "html":
        return HTMLResponse("<!doctype html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>", 502)
    return JSONResponse({"status": fault.http_status, "message": "Told to fail."}, fault.http_status)


class _Dropped(Response):
    """Promises more than it sends: whoever reads it sees the line go dead."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"status":', "more_body": False})


def _swapped(answer: Answer) -> tuple[object, int]:
    status, body = answer
    return body, status
