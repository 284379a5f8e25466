"""Reach the practice courier without a socket: a sync httpx transport that runs the app on a loop of its own."""

from __future__ import annotations

import asyncio

import httpx
from starlette.types import ASGIApp, Message, Scope

from dokango.couriers.practice.calls import PATIENCE_S, CallerGone


class InProcess(httpx.BaseTransport):
    """Each request runs on a short-lived event loop in the caller's thread, so any thread may call at any time.

    The read time-out holds against what the courier was told to play, never against how busy this machine is: the
    practice server is told the caller's patience. An answer that stops short of its length is a dropped line.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer `request`; never call it on a thread that runs an event loop."""
        return asyncio.run(self._answer(request))

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        received: list[Message] = []
        body = request.read()
        asked = False

        async def receive() -> Message:
            nonlocal asked
            if asked:
                return {"type": "http.disconnect"}
            asked = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            received.append(message)

        patience_s = request.extensions.get("timeout", {}).get("read")
        try:
            await self._app({**_scope(request), PATIENCE_S: patience_s}, receive, send)
        except CallerGone as error:
            raise httpx.ReadTimeout("The practice courier did not answer in time.", request=request) from error
        return _response(request, received)


def _scope(request: httpx.Request) -> Scope:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "scheme": request.url.scheme,
        "path": request.url.path,
        "raw_path": request.url.raw_path.split(b"?")[0],
        "query_string": request.url.query,
        "server": (request.url.host, request.url.port or 80),
        "client": ("in-process", 0),
        "root_path": "",
    }


def _response(request: httpx.Request, received: list[Message]) -> httpx.Response:
    start = next((message for message in received if message["type"] == "http.response.start"), None)
    if start is None:
        raise httpx.RemoteProtocolError("The practice courier said nothing.", request=request)
    content = b"".join(message.get("body", b"") for message in received if message["type"] == "http.response.body")
    response = httpx.Response(start["status"], headers=start["headers"], content=content, request=request)
    if int(response.headers.get("content-length", len(content))) != len(content):
        raise httpx.RemoteProtocolError("The practice courier broke off.", request=request)
    return response
