"""The practice couriers on the site's own port, under /_practice/‹courier›, while parcels go to them.

The first courier that has one answers under /_practice itself. Its keys are known to everybody, so only this machine
and staff's API keys reach it there.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from dokango.couriers.practice.server import PracticeServer, from_this_machine
from dokango.couriers.process_desk import courier_desk
from dokango.couriers.registry import COURIERS
from dokango.errors import DokangoError
from dokango.people.permissions import Permission
from dokango_web.api.kit.auth import key_holder
from dokango_web.api.kit.threads import in_thread
from dokango_web.door.hosts import on_this_machine

_sites: dict[int, ASGIApp] = {}


async def may_move(request: Request) -> bool:
    """This machine itself, by its own name and without a proxy, or an API key whose role ships."""
    if on_this_machine(request) and from_this_machine(request):
        return True
    try:
        return (await key_holder(request)).may(Permission.SHIP)
    except DokangoError:
        return False


async def practice_site(scope: Scope, receive: Receive, send: Send) -> None:
    """ASGI: a practice courier's own handle, or 404 when a real account is set."""
    courier, below = _asked(scope)
    server = await in_thread(lambda: _practising(courier))
    if server is None:
        await PlainTextResponse("There is no practice courier here.", 404)(scope, receive, send)
        return
    if not await may_move(Request(scope, receive)):
        await PlainTextResponse("The practice courier answers this machine and staff only.", 403)(scope, receive, send)
        return
    site = _sites.get(id(server))
    if site is None:
        site = _sites[id(server)] = server.site()
    await site(below, receive, send)


def _asked(scope: Scope) -> tuple[str, Scope]:
    """Which courier an address names, and the scope as its handle sees it."""
    root = scope.get("root_path", "")
    first = scope["path"].removeprefix(root).lstrip("/").partition("/")[0]
    if first in COURIERS and COURIERS[first].practice is not None:
        return first, {**scope, "root_path": f"{root}/{first}"}
    return next((kind.key for kind in COURIERS.values() if kind.practice is not None), ""), scope


def _practising(courier: str) -> PracticeServer | None:
    desk = courier_desk()
    return desk.practice(courier) if desk.practises(courier) else None


ROUTES = [Mount("/_practice", app=practice_site)]
