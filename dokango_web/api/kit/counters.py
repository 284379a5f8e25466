"""What the API counts for Prometheus: calls by route and status, and how long they took."""

from __future__ import annotations

from functools import lru_cache

from prometheus_client import Counter, Histogram

CALLS = Counter("dokango_api_calls", "Calls of the API, by route and status.", ["method", "route", "status"])
SECONDS = Histogram(
    "dokango_api_seconds", "How long calls of the API took.", ["method", "route"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)  # fmt: skip


def note(method: str, route: str, status: int, seconds: float) -> None:
    """Count one call; `route` is the path as declared, so that there are as many series as routes."""
    _calls(method, route, status).inc()
    _seconds(method, route).observe(seconds)


@lru_cache(maxsize=2_000)
def _calls(method: str, route: str, status: int) -> Counter:
    return CALLS.labels(method, route, str(status))


@lru_cache(maxsize=500)
def _seconds(method: str, route: str) -> Histogram:
    return SECONDS.labels(method, route)
