"""Who sends a plain request: the member of staff whose cookie it carries, and the address it comes from."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from dokango.errors import NotSignedIn
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.settings import settings
from state.kit.session import signed_in


async def staff_of(request: HTTPConnection, *permissions: Permission) -> Actor:
    """The member of staff whose cookie the request carries. Raises NotSignedIn, or NotAllowed without a permission."""
    found = await signed_in(request.headers)
    if found is None:
        raise NotSignedIn
    for permission in permissions:
        found.actor.require(permission)
    return found.actor


def client_ip(request: HTTPConnection) -> str:
    """The caller's address: the socket's own, or what the trusted proxies in front of us say."""
    hops = settings().trusted_proxy_hops
    lines = ",".join(request.headers.getlist("x-forwarded-for"))  # several lines are one list (RFC 9110, 5.3)
    said = [part.strip() for part in lines.split(",") if part.strip()]
    if hops and len(said) >= hops:
        return said[-hops]
    return request.client.host if request.client else "unknown"
