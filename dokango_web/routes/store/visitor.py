"""What a plain request of a customer's says: the language, the words typed into a form; and how it is answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dokango.language import said_digits, say
from dokango.orders.placing.checkout_form import LONGEST_FIELD
from state.kit.language import COOKIE, known_locale

_MOST_FIELDS = 40
_THANKS, _THANKS_S = "dokango_thanks", 600


def locale_of(request: Request) -> str:
    """The visitor's language."""
    return known_locale(request.cookies.get(COOKIE, ""))


async def typed_in(request: Request) -> dict[str, str]:
    """The fields of the form that was sent, each cut to what a field may hold."""
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS)
    return {name: value[:LONGEST_FIELD] for name, value in form.items() if isinstance(value, str)}


def too_often(wait_s: int, locale: str) -> str:
    """What is said to somebody who tried too often."""
    return say("throttled", locale, minutes=said_digits(-(-wait_s // 60), locale))


def thank(response: Response, link: str) -> Response:
    """`response`, and the next plain page behind `link` thanks for its order."""
    response.set_cookie(_THANKS, link, max_age=_THANKS_S, httponly=True, samesite="lax")
    return response


def is_thanked(request: Request, link: str) -> bool:
    """Whether the order behind `link` was placed by a plain form just now, and this is the first look at its page."""
    return request.cookies.get(_THANKS) == link


def thanked(response: Response) -> Response:
    """`response`, after which nobody is thanked again."""
    response.delete_cookie(_THANKS)
    return response


def see_other(path: str) -> Response:
    """To another page after a form: going back or loading anew sends nothing twice."""
    return RedirectResponse(path, 303)


def page(path: str, endpoint: Callable[[Request], Awaitable[Response]], *, post: bool = False) -> list[Route]:
    """The page at `path`, with and without the slash. Answered small: its head holds its style."""
    small = [Middleware(GZipMiddleware, minimum_size=1_000)]
    paths = [path] if path == "/" else [path, f"{path}/"]
    methods = ["POST"] if post else ["GET"]
    return [Route(each, endpoint, methods=methods, middleware=small) for each in paths]
