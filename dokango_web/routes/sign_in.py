"""Signing in and out: native form posts, so that the browser takes an HttpOnly cookie and loads the page afresh."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dokango import process
from dokango.errors import Throttled
from dokango.people import sessions, sign_ins, staff
from dokango.people.counts import counts
from dokango.people.throttle import Throttle, network_of, plain_login
from dokango.settings import settings
from dokango_web import refusals
from dokango_web.door.address import client_ip
from dokango_web.routes.hashing_queue import HashingQueue
from state.kit.session import COOKIE, cookie_name, forget, secret_in
from state.kit.way_on import local_path
from state.kit.work import read, write

_counts = counts(settings().redis_url)
_by_person = Throttle("8 per 5 minutes", _counts)
_by_network = Throttle("60 per 5 minutes", _counts)
# Guesses of one login from everywhere together; the networks from which that person came in before are not held up.
_by_login = Throttle("40 per 1 hour", _counts)
_queue = HashingQueue()
_hashing = anyio.CapacityLimiter(2)  # argon2 takes a core and 64 MB; guesses queue up instead of filling the machine
_HOME = "/orders"
_MOST_CHARS = 200


async def sign_in(request: Request) -> Response:
    """Take login and password; 303 to where the person was going, or back to the form with the reason."""
    form = await request.form(max_files=0, max_fields=8)
    login, password = str(form.get("login", ""))[:_MOST_CHARS].strip(), str(form.get("password", ""))
    going_to = local_path(str(form.get("next", "")))
    network, person = network_of(client_ip(request)), plain_login(login)
    known = await read(lambda tx: sign_ins.known_networks(tx, person, process.clock().now_us()))
    whose = "" if known is None else person  # what else was typed may be a password, and is not logged
    try:
        _by_network.take("sign-in", network)
        _by_person.take("sign-in", person, network)
        if network not in (known or ()):
            _by_login.take("sign-in", person)
        async with _queue.place(network):
            found = await anyio.to_thread.run_sync(
                lambda: process.database().read(lambda tx: staff.authenticate(tx, login, password)), limiter=_hashing
            )
    except Throttled as many:
        refusals.refused("sign-in", "too many tries", address=client_ip(request), login=whose)
        return _back("throttled", login, going_to, wait=many.retry_after_s)
    address, agent, clock = client_ip(request), request.headers.get("user-agent", ""), process.clock()
    if found is None:
        refusals.refused("sign-in", "wrong password", address=address, login=whose)
        await write(lambda tx: sign_ins.refused(tx, login, "wrong password", clock, address))
        return _back("wrong", login, going_to)
    _by_person.forgive("sign-in", person, network)  # a right answer says nothing of other logins tried from there
    secret, opened = await write(lambda tx: sign_ins.begin(tx, found.id, clock, agent, address))
    asked = opened is None or opened.asked is not None
    response = RedirectResponse(step_url(going_to) if asked else going_to or _HOME, 303)
    _take_off_other_names(response)
    response.set_cookie(
        cookie_name(),
        secret,
        max_age=sessions.LASTS_US // 1_000_000,
        httponly=True,
        samesite="lax",
        secure=_secure(request),
    )
    return response


async def sign_out(request: Request) -> Response:
    """End the session and forget the cookie; 303 to the sign-in page."""
    secret = secret_in(request.headers.get("cookie", ""))
    if secret:
        clock, address = process.clock(), client_ip(request)
        await write(lambda tx: sign_ins.end(tx, secret, clock, address))
        forget()
    response = RedirectResponse("/sign-in?why=out", 303)
    _take_off_other_names(response)
    response.delete_cookie(cookie_name(), httponly=True, samesite="lax", secure=_secure(request))
    return response


def step_url(going_to: str) -> str:
    """Where somebody is asked for what is still missing, on their way to `going_to`."""
    return "/sign-in/step" + (f"?next={quote(going_to, safe='')}" if going_to else "")


def _back(why: str, login: str, going_to: str, wait: int = 0) -> Response:
    query = {"why": why, "login": login, "next": going_to, "wait": str(wait) if wait else ""}
    return RedirectResponse("/sign-in?" + urlencode({k: v for k, v in query.items() if v}), 303)


def _take_off_other_names(response: Response) -> None:
    """A cookie from when the site's URL had another scheme is never read; it need not be carried along either."""
    if cookie_name() != COOKIE:
        response.delete_cookie(COOKIE, httponly=True, samesite="lax")


def _secure(request: Request) -> bool:
    return request.url.scheme == "https" or settings().site_url.startswith("https://")


ROUTES = [
    Route("/sign-in", sign_in, methods=["POST"]),
    Route("/sign-out", sign_out, methods=["POST"]),
]
