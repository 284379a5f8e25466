"""Where people read about the API."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dokango_web.api.kit.answers import json_response
from dokango_web.api.kit.auth import require_insider
from dokango_web.api.kit.openapi import documented
from dokango_web.api.kit.reading_page import page

router = APIRouter()


@router.get("/openapi.json", include_in_schema=False)
async def read_openapi(request: Request) -> Response:
    """The API's OpenAPI document."""
    await require_insider(request)
    return json_response(request.app.openapi())


@router.get("/docs", include_in_schema=False)
async def read_docs(request: Request) -> Response:
    """The API's documentation as a page."""
    await require_insider(request)
    return HTMLResponse(page(documented(request.app)))
