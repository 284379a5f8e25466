"""Who has which tab: the cookie of a browser, and the client tokens that its tabs came with first.

A token is made by the browser and travels in a URL, so it is nobody's identity. A tab's states belong to the browser
that first came with the token; another that comes with it is given a fresh one.
"""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie

from prometheus_client import Gauge

COOKIE = "dokango_visitor"
_COOKIE_BYTES = 18
_MOST_REMEMBERED = 50_000
_VISITOR = re.compile(r"[A-Za-z0-9_-]{24}")
_TOKEN = re.compile(r"[A-Za-z0-9-]{8,64}")
OPEN = Gauge("dokango_sockets_open", "Sockets of pages that are open now.", multiprocess_mode="livesum")


def visitor_in(cookies: str) -> str:
    """The browser that a Cookie header tells; "" for one that comes for the first time."""
    if COOKIE not in cookies:
        return ""
    try:
        morsel = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel and _VISITOR.fullmatch(morsel.value) else ""


def new_visitor() -> str:
    """A name for a browser that comes for the first time."""
    return secrets.token_urlsafe(_COOKIE_BYTES)


def is_token(token: str) -> bool:
    """Whether a page can have made this client token."""
    return _TOKEN.fullmatch(token) is not None


class Visitors:
    """The tokens known and the sockets open in this process."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}
        self._open: Counter[str] = Counter()

    def takes(self, token: str, visitor: str) -> bool:
        """Whether `visitor` may come with `token`: it was the first to do so, and nobody had it before."""
        if len(self._owners) >= _MOST_REMEMBERED:
            self._owners.pop(next(iter(self._owners)))
        return self._owners.setdefault(token, visitor) == visitor

    def forget(self, tokens: Iterable[str]) -> None:
        """These have no states any more: whoever comes with one begins afresh."""
        for token in tokens:
            self._owners.pop(token, None)

    def room(self, network: str, most_of_network: int, most: int) -> bool:
        """Whether one more socket of `network` ("": not counted by itself) may be open."""
        return self._open.total() < most and (not network or self._open[network] < most_of_network)

    def came(self, network: str) -> None:
        """A socket was opened."""
        self._open[network] += 1
        OPEN.inc()

    def went(self, network: str) -> None:
        """It was closed."""
        OPEN.dec()
        self._open[network] -= 1
        if not self._open[network]:
            del self._open[network]


visitors = Visitors()
