"""Which network address a request comes from."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from dokango.settings import settings


def client_ip(request: HTTPConnection) -> str:
    """The caller's address: the socket's own, or what the trusted proxies in front of us say."""
    hops = settings().trusted_proxy_hops
    lines = ",".join(request.headers.getlist("x-forwarded-for"))  # several lines are one list (RFC 9110, 5.3)
    said = [part.strip() for part in lines.split(",") if part.strip()]
    if hops and len(said) >= hops:
        return said[-hops]
    return request.client.host if request.client else "unknown"
