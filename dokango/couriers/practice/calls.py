"""One call of a practice server: what it is given, what it answers, and what may go wrong on purpose."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from dokango.couriers.practice.bodies import read_body
from dokango.couriers.practice.faults import Fault
from dokango.couriers.practice.server import May, PracticeServer

LONGEST_BODY = 2_000_000
PATIENCE_S = "dokango.patience_s"  # in the scope: how long a caller in this process waits; of a socket nobody knows
P = TypeVar("P", bound=PracticeServer)


class CallerGone(Exception):
    """What was played took longer than its caller waits."""


@dataclass(frozen=True, slots=True)
class Call(Generic[P]):
    """A request, read: `name` is the last part of the path where it names something."""

    practice: P
    name: str
    page: int
    body: object
    query: Mapping[str, str]


Answer = tuple[int, object]
Deed = Callable[[Call[P]], Answer]
Endpoint = Callable[[Request], Awaitable[Response]]
Refuse = Callable[[Request], Response | None]


def played(practice: P, deed: Deed[P], refuse: Refuse = lambda request: None) -> Endpoint:
    """An endpoint of the courier's API: who calls first (`refuse`), then whatever fault waits, then the deed."""

    async def endpoint(request: Request) -> Response:
        call = await read_call(practice, request)
        if isinstance(call, Response):
            return call
        if (refused := refuse(request)) is not None:
            return refused
        fault = practice.faults.take(request.url.path)
        if fault is None:
            return _json(await run_in_threadpool(deed, call))
        return await _faulty(fault, deed, call, request.scope.get(PATIENCE_S))

    return endpoint


def freely(practice: P, deed: Deed[P], may: May) -> Endpoint:
    """An endpoint of the practice server's own handle (/_practice), open to whom `may` lets in."""

    async def endpoint(request: Request) -> Response:
        if not await may(request):
            return JSONResponse({"message": "The practice courier is moved from this machine or by staff."}, 403)
        call = await read_call(practice, request)
        if isinstance(call, Response):
            return call
        return _json(await run_in_threadpool(deed, call))

    return endpoint


async def read_call(practice: P, request: Request) -> Call[P] | Response:
    """Read the body, within bounds; what is neither JSON nor a form reads as nothing given, as theirs reads it."""
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LONGEST_BODY:
            return JSONResponse({"status": 413, "message": "Payload too large."}, 413)
    body = read_body(bytes(raw), request.headers.get("content-type", ""))
    page = request.query_params.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    return Call(practice, request.path_params.get("name", ""), max(number, 1), body, dict(request.query_params))


async def _faulty(fault: Fault, deed: Deed[P], call: Call[P], patience_s: float | None) -> Response:
    if fault.kind in {"slow", "errors_in_200"}:
        await _linger(fault.delay_s if fault.kind == "slow" else 0, patience_s)
        status, body = await run_in_threadpool(deed, call)
        return JSONResponse(body, 200 if fault.kind == "errors_in_200" else status)
    if fault.lands:
        await run_in_threadpool(deed, call)
    if fault.kind == "timeout":
        await _linger(fault.delay_s, patience_s)
    if fault.kind in {"timeout", "drop"}:
        return _Dropped()
    if fault.kind == "html":
        return HTMLResponse("<!doctype html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>", 502)
    return JSONResponse({"status": fault.http_status, "message": "Told to fail."}, fault.http_status)


async def _linger(delay_s: float, patience_s: float | None) -> None:
    """Let `delay_s` pass, or as much of it as the caller waits for."""
    if patience_s is not None and delay_s > patience_s:
        await asyncio.sleep(patience_s)
        raise CallerGone
    await asyncio.sleep(delay_s)


class _Dropped(Response):
    """Promises more than it sends: whoever reads it sees the line go dead."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"status":', "more_body": False})


def _json(answer: Answer) -> Response:
    status, body = answer
    return JSONResponse(body, status)
