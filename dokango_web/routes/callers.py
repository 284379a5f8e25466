"""Who sends a plain request: the member of staff whose cookie it carries."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import HTTPConnection

from dokango.errors import NotSignedIn
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango_web.door.address import client_ip
from state.kit.session import acted, actor_of, signed_in


async def staff_of(request: HTTPConnection, *permissions: Permission) -> Actor:
    """The member of staff whose cookie the request carries. Raises NotSignedIn, or NotAllowed without a permission."""
    found = await signed_in(request.headers)
    actor = actor_of(found)
    if actor is None:
        raise NotSignedIn
    await acted(found)
    for permission in permissions:
        actor.require(permission)
    return replace(actor, address=client_ip(request))
