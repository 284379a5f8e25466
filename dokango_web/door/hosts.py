"""By which names the site may be called. A page of another site can let its own name mean this machine (DNS rebinding):
then its Host is that name, and neither its socket nor its requests are ours."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from dokango.settings import settings

_LOOPBACK = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
_FORWARDED = ("x-forwarded-for", "x-real-ip", "forwarded")


def name_of(host: str) -> str:
    """The name in a Host header, without its port; "" when it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def is_ours(host: str) -> bool:
    """The public name, an address, or a name that only the shop's own network knows (no dot, or .local)."""
    name = name_of(host)
    if not name:
        return False
    if name == name_of(urlsplit(settings().site_url).netloc) or "." not in name or name.endswith(".local"):
        return True
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def on_this_machine(connection: HTTPConnection) -> bool:
    """Whether the caller sits on this machine, calls it by that name, and no proxy speaks for somebody else."""
    peer = connection.client.host if connection.client else ""
    name = name_of(connection.headers.get("host", ""))
    forwarded = settings().trusted_proxy_hops or any(header in connection.headers for header in _FORWARDED)
    return peer in _LOOPBACK and not forwarded and (name == "localhost" or name in _LOOPBACK)
