"""For those who watch the site: is it well, and how much does it do."""

from __future__ import annotations

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import literal, select
from starlette.requests import Request
from starlette.responses import Response

from dokango.db import Statement
from dokango_web.api.kit import threads
from dokango_web.api.kit.answers import json_response
from dokango_web.api.kit.auth import require_insider
from dokango_web.api.kit.json_route import JsonRoute

router = APIRouter(route_class=JsonRoute, tags=["health"])
_ALIVE = Statement(select(literal(1)))


@router.get("/healthz")
async def healthz(request: Request) -> Response:
    """200 while the database answers."""
    await threads.read(lambda tx: tx.value(_ALIVE))
    return json_response({"status": "ok"})


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """Figures for Prometheus."""
    await require_insider(request)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
