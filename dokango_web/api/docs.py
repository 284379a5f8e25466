"""Where people read about the API."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dokango_web.api.openapi import documented
from dokango_web.api.reading_page import page

router = APIRouter()


@router.get("/docs", include_in_schema=False)
async def read_docs(request: Request) -> Response:
    """The API's documentation as a page."""
    return HTMLResponse(page(documented(request.app)))
