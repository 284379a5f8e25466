"""The practice courier on the site's own port, under /_practice, while parcels go to it.

Its keys are known to everybody, so only this machine and staff's API keys reach it there.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Router
from starlette.types import Receive, Scope, Send

from dokango.couriers.practice.app import anyone, from_this_machine, practice_router
from dokango.couriers.process_desk import courier_desk
from dokango.errors import DokangoError
from dokango.people.permissions import Permission
from dokango.settings import settings
from dokango_web.api.auth import key_holder
from dokango_web.api.threads import in_thread

_routers: dict[int, Router] = {}


async def may_move(request: Request) -> bool:
    """This machine itself, when no proxy speaks for others, or an API key whose role ships."""
    if not settings().trusted_proxy_hops and from_this_machine(request):
        return True
    try:
        return (await key_holder(request)).may(Permission.SHIP)
    except DokangoError:
        return False


async def practice_site(scope: Scope, receive: Receive, send: Send) -> None:
    """ASGI: the practice courier's router, or 404 when a real account is set."""
    desk = courier_desk()
    if not await in_thread(lambda: desk.practising):
        await PlainTextResponse("There is no practice courier here.", 404)(scope, receive, send)
        return
    if not await may_move(Request(scope, receive)):
        await PlainTextResponse("The practice courier answers this machine and staff only.", 403)(scope, receive, send)
        return
    practice = await in_thread(desk.practice)
    router = _routers.get(id(practice))
    if router is None:
        router = _routers[id(practice)] = practice_router(practice, anyone)
    await router(scope, receive, send)


ROUTES = [Mount("/_practice", app=practice_site)]
