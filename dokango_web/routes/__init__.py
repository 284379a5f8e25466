"""Our own routes beside Reflex's pages: plain requests that a browser makes by itself (forms, files, PDFs).

To add one, write it in a module of its own and name it in `native`. A route for staff begins with
`actor = await staff_of(request, Permission.X)` (`callers.py`): it raises NotSignedIn or NotAllowed, which are
answered here. Uploads lie under /upload/ (10 MB at most) and check the content themselves.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from dokango.errors import DokangoError, NotSignedIn
from dokango_web.routes import (
    books,
    claims,
    papers,
    payouts,
    practice_courier,
    products,
    sign_in,
    statements,
    wallet_photos,
)
from dokango_web.routes.store import cart, checkout, home, product, track, tracking


async def _told(request: Request, error: Exception) -> Response:
    """An expected failure, as a page of one sentence; without a session, the sign-in page."""
    assert isinstance(error, DokangoError)  # noqa: S101  registered for nothing else
    if isinstance(error, NotSignedIn) and request.method == "GET":
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?next={quote(here, safe='')}", 303)
    return PlainTextResponse(str(error), error.status)


native = Starlette(
    routes=[
        *sign_in.ROUTES,
        *practice_courier.ROUTES,
        *claims.ROUTES,
        *papers.ROUTES,
        *home.ROUTES,
        *product.ROUTES,
        *cart.ROUTES,
        *checkout.ROUTES,
        *track.ROUTES,
        *tracking.ROUTES,
        *books.ROUTES,
        *products.ROUTES,
        *payouts.ROUTES,
        *statements.ROUTES,
        *wallet_photos.ROUTES,
    ],
    exception_handlers={DokangoError: _told},
)
