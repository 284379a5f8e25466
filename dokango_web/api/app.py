"""The API's application; `dokango_web/door.py` sends /api/, /healthz and /metrics here. It is mounted at no prefix."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

api = FastAPI(title="DokanGo", docs_url=None, redoc_url=None, openapi_url=None)


@asynccontextmanager
async def api_lifespan() -> AsyncIterator[None]:
    """Runs the API's own start and end with the site's: a lifespan task of rx.App."""
    async with api.router.lifespan_context(api):
        yield
