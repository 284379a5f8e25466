"""Files that staff send: who may, how much, and of what kind."""

from __future__ import annotations

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dokango.errors import DokangoError
from dokango.people.permissions import Permission
from dokango_web.door.body_limit import BodyLimit
from dokango_web.routes.uploads import take_upload
from state.kit.session import COOKIE
from tests.state.desk import Desk

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


async def _take(request: Request) -> Response:
    upload = await take_upload(request, Permission.EDIT_PRODUCTS, kinds=("csv", "png"), most_bytes=1_000)
    return JSONResponse({"kind": upload.kind, "bytes": len(upload.content)})


async def _told(_: Request, error: Exception) -> Response:
    assert isinstance(error, DokangoError)
    return JSONResponse({"code": error.code, "words": str(error)}, error.status)


SITE = Starlette(routes=[Route("/upload/x", _take, methods=["POST"])], exception_handlers={DokangoError: _told})


async def send(desk: Desk, role: str, content: bytes, name: str = "x.png") -> httpx.Response:
    tab = await desk.browser(role)
    cookies = {COOKIE: tab.secret} if tab.secret else {}
    transport = httpx.ASGITransport(app=BodyLimit(SITE))
    async with httpx.AsyncClient(transport=transport, base_url="http://shop", cookies=cookies) as client:
        return await client.post("/upload/x", files={"file": (name, content)})


@pytest.mark.parametrize(
    ("role", "content", "status"),
    [
        ("manager", PNG, 200),
        ("manager", "sku,title\n1,শাড়ি\n".encode(), 200),
        ("", PNG, 401),
        ("packer", PNG, 403),
        ("manager", b"", 422),
        ("manager", b"MZ\x90\x00 a program by the name of x.png", 422),
        ("manager", PNG * 20, 422),
        ("manager", b"x" * 10_000_001, 413),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_file_is_taken_or_refused(desk: Desk, role: str, content: bytes, status: int) -> None:
    assert (await send(desk, role, content)).status_code == status
