"""The API's application; `dokango_web/door/` sends /api/, /healthz and /metrics here. It is mounted at no prefix."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from dokango import process
from dokango.errors import DokangoError
from dokango_web.api import (
    actions,
    approvals,
    bookings,
    claims,
    confirming,
    couriers,
    customers,
    customers_money,
    docs,
    health,
    ledger,
    messages,
    open_sums,
    orders,
    payouts,
    previews,
    problems,
    products,
    reports,
    stock,
    undo,
    wallet_lines,
    wallet_messages,
    wallet_statements,
    webhooks,
)
from dokango_web.api.kit import auth, problem_json, threads
from dokango_web.api.kit.head_as_get import HeadAsGet
from dokango_web.api.kit.openapi import REFUSALS, documented

PREFIX = "/api/v1"
ROUTERS = (
    orders.router, confirming.router, previews.router, actions.router, undo.router, bookings.router,
    couriers.router, stock.router, products.router,
    ledger.router, reports.router, problems.router, claims.router, approvals.router, payouts.router,
    open_sums.router, messages.router,
    wallet_messages.router, wallet_statements.router, wallet_lines.router, customers.router,
    customers_money.router,
    webhooks.router,
    docs.router,
)  # fmt: skip


def build() -> FastAPI:
    """The application, with every router of ROUTERS under PREFIX."""
    built = FastAPI(
        title="DokanGo",
        version="1",
        description="The shop over HTTP. Amounts are ints in poisha, 100 to the taka; days are Asia/Dhaka.",
        openapi_url=None,  # dokango_web/api/docs.py answers it, to whom it may concern
        responses=REFUSALS,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers={
            DokangoError: problem_json.expected,
            HTTPException: problem_json.by_status,
            Exception: problem_json.unexpected,
        },
    )
    for router in ROUTERS:
        built.include_router(router, prefix=PREFIX)
    built.include_router(health.router)
    built.add_middleware(HeadAsGet)
    built.state.methods_at = _methods_at
    # FastAPI's own way to change the document
    built.openapi = lambda: documented(built)  # type: ignore[method-assign]
    return built


def _methods_at(path: str) -> list[str]:
    """All that an address takes, from every route that knows it: Starlette names those of the first alone."""
    routes = [(PREFIX, route) for router in ROUTERS for route in router.routes]
    routes += [("", route) for route in health.router.routes]
    found = {
        method
        for prefix, route in routes
        if isinstance(route, APIRoute) and path.startswith(prefix)
        if route.path_regex.match(path.removeprefix(prefix))
        for method in route.methods or ()
    }
    return sorted(found | ({"HEAD"} if "GET" in found else set()))


api = build()


@asynccontextmanager
async def api_lifespan() -> AsyncIterator[None]:
    """Runs the API's own start and end with the site's: a lifespan task of rx.App."""
    database = await threads.in_thread(process.database)
    database.listen(auth.heard)
    await threads.in_thread(lambda: database.hear(auth.heard))
    async with api.router.lifespan_context(api):
        yield
