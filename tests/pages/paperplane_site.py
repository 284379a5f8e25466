"""The site with one courier more: `python -m tests.pages.paperplane_site`, in place of `python -m dokango_web`."""

from __future__ import annotations

from starlette.types import ASGIApp

from dokango.couriers.registry import COURIERS
from dokango_web.__main__ import serve
from dokango_web.build import ensure_built
from tests.pages import telling_site
from tests.paperplane import PAPERPLANE


def site() -> ASGIApp:
    """The factory that each worker calls: the courier's line in COURIERS, before the site reads it."""
    COURIERS[PAPERPLANE.key] = PAPERPLANE
    return telling_site.site()


if __name__ == "__main__":
    ensure_built()
    serve("tests.pages.paperplane_site:site")
