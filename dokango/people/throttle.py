"""Too many tries: counted per caller."""

from __future__ import annotations

import math
import time
import unicodedata
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from limits import parse

from dokango.errors import Throttled
from dokango.people.counts import Counts


class Throttle:
    """At most `rule` ("8 per 5 minutes") for each key."""

    def __init__(self, rule: str, counts: Counts | None = None) -> None:
        self._rule = parse(rule)
        self._counts = counts or Counts()

    def take(self, *key: str) -> None:
        """Count one try under `key`; raises Throttled when it is one too many."""
        if not self._counts.ask(lambda limiter: limiter.hit(self._rule, *key)):
            opens_at = self._counts.ask(lambda limiter: limiter.get_window_stats(self._rule, *key)).reset_time
            raise Throttled(max(1, math.ceil(opens_at - time.time())))

    def forgive(self, *key: str) -> None:
        """Forget the tries under `key`: the last one was right."""
        self._counts.ask(lambda limiter: limiter.clear(self._rule, *key))


def network_of(address: str) -> str:
    """What one caller can pick addresses from: an IPv4 address, or the /64 of IPv6 that every line has to itself."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(found, IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((found, 64), strict=False))


def network_that_counts(address: str) -> str:
    """The network of a visitor from the internet, for counting what it has open; else "".

    This machine's and a private address tell a proxy, or a shop's own people: counted as one visitor, they would
    stand for everybody.
    """
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(known, IPv6Address) and known.ipv4_mapped is not None:
        known = known.ipv4_mapped
    return network_of(address) if known.is_global else ""


def plain_login(typed: str) -> str:
    """A login as it is counted: however it was written, the same person's."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()[:200]
