"""No request brings more bytes than its path may."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dokango_web.door.address import client_ip
from dokango_web.refusals import refused

MOST_BYTES = 1_000_000
MOST_UPLOAD_BYTES = 10_000_000
UPLOADS = "/upload/"


class _TooLarge(HTTPException):
    """The body went over its limit while it was read; an application inside may answer it as any 413."""

    def __init__(self) -> None:
        super().__init__(413)


class BodyLimit:
    """Answers 413 to a body over 1 MB (10 MB under /upload/), announced or not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        most = MOST_UPLOAD_BYTES if scope["path"].startswith(UPLOADS) else MOST_BYTES
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isdigit() and int(announced) > most:
            await _refuse(scope, receive, send, most)
            return
        await self._counted(scope, receive, send, most)

    async def _counted(self, scope: Scope, receive: Receive, send: Send, most: int) -> None:
        taken, started = 0, False

        async def counting() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise _TooLarge
            return message

        async def noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, counting, noting)
        except _TooLarge:
            if started:
                _note(scope)
            else:
                await _refuse(scope, receive, send, most)


def _note(scope: Scope) -> None:
    refused("door", "a body too large", scope["path"], address=client_ip(HTTPConnection(scope)))


async def _refuse(scope: Scope, receive: Receive, send: Send, most: int) -> None:
    _note(scope)
    body = {
        "type": "about:blank", "title": "Too large", "status": 413, "code": "too-large",
        "detail": f"At most {most // 1_000_000} MB can be sent here. Nothing was done.",
    }  # fmt: skip
    await JSONResponse(body, 413, media_type="application/problem+json")(scope, receive, send)
