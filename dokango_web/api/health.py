"""For those who watch the site: is it well, and how much does it do."""

from __future__ import annotations

import contextlib

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, Gauge
from sqlalchemy import literal, select
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.backups.automatic import last_backup
from dokango.clock import US_PER_S
from dokango.db import Statement, Tx
from dokango.errors import CannotKeep
from dokango.people.counts import counts
from dokango.settings import settings
from dokango.shop.profile import write_setting
from dokango_web import figures
from dokango_web.api.kit import threads
from dokango_web.api.kit.answers import json_response
from dokango_web.api.kit.auth import require_insider
from dokango_web.api.kit.json_route import JsonRoute

router = APIRouter(route_class=JsonRoute, tags=["health"])
_TRIED = "last-tried-to-keep"  # after the disk took nothing: whether it does again
BACKED_UP = Gauge(
    "dokango_backup_last_good_timestamp_seconds", "When the shop last made a copy of itself that was proved; 0: never.",
    multiprocess_mode="mostrecent",
)  # fmt: skip
_ALIVE = Statement(select(literal(1)))


@router.get("/healthz")
async def healthz(request: Request) -> Response:
    """200 while the database answers and keeps what is written; 503 with the reason when it does not."""
    await threads.read(lambda tx: tx.value(_ALIVE))
    database = process.database()
    if database.cannot_keep:
        with contextlib.suppress(CannotKeep):
            await threads.write(_try_to_keep)
    if database.cannot_keep:
        return json_response({"status": "degraded", "reason": database.cannot_keep}, 503)
    if not await threads.in_thread(counts(settings().redis_url).look):
        lost = "Redis does not answer. Everything goes on; each worker counts tries at signing in by itself."
        return json_response({"status": "ok", "redis": lost})
    return json_response({"status": "ok"})


def _try_to_keep(tx: Tx) -> None:
    write_setting(tx, _TRIED, "", by="health", now_us=process.clock().now_us())


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """Figures for Prometheus."""
    await require_insider(request)
    last = await threads.read(last_backup)
    BACKED_UP.set(last.good_us / US_PER_S)
    return Response(figures.latest(), media_type=CONTENT_TYPE_LATEST)
