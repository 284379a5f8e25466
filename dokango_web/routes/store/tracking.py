"""`/t/‹token›` in plain HTML: where an order stands, and what its customer may do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.clock import Clock
from dokango.db import Tx
from dokango.errors import Conflict, InvalidInput, NotFound, Throttled
from dokango.language import say
from dokango.orders import Done
from dokango.orders.customer import steps
from dokango.orders.customer.answering import answer as take_answer
from dokango.orders.customer.answering import days
from dokango.orders.customer.pace import STEPS_BY_LINK
from dokango.orders.customer.refusal_text import refusal, said_errors
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import Described, describe, wallets_to_pay
from dokango.orders.customer.withdrawing import withdraw
from dokango.shop.profile import load_profile
from dokango.shop.text import shop_words
from dokango_web.routes.store.drawing import nothing_here
from dokango_web.routes.store.first_page import FirstPage, answer, frame
from dokango_web.routes.store.tracking_form import Told, asking, cancelling, goes_to, paying, taking_back, wishing
from dokango_web.routes.store.tracking_parts import history, ordered, parcel, standing
from dokango_web.routes.store.visitor import is_thanked, locale_of, page, see_other, thanked, too_often, typed_in

# A tracking link is a secret: kept by no cache, told to no other site, listed by no search engine. "no-referrer" would
# take the origin from its own forms too, and nothing could tell them from another site's.
_SECRET = {
    "cache-control": "no-store",
    "referrer-policy": "same-origin",
    "x-robots-tag": "noindex, nofollow",
}
Step = Callable[[Tx, Clock, str, Mapping[str, str]], Done | str]
_STEPS: dict[str, Step] = {
    "claim": steps.send_trx_id,
    "address": lambda tx, clock, token, typed: steps.fix_address(tx, clock, token, typed, _version(typed)),
    "answer": take_answer,
    "take-back": withdraw,
    "wish": lambda tx, clock, token, typed: steps.ask_change(tx, clock, token, typed, _version(typed)),
    "cancel": lambda tx, clock, token, typed: steps.cancel(tx, clock, token, typed.get("why", ""), _version(typed)),
}


async def tracking_page(request: Request) -> Response:
    """The order behind a link: 200 with its words, 404 for a link that leads nowhere."""
    if not is_thanked(request, request.path_params["token"]):
        return await _shown(request, Told(), 200)
    return thanked(await _shown(request, Told(), 200, thanks=True))


async def take_step(request: Request) -> Response:
    """One step of the customer's: 303 to the page as it stands then, else the page and why not."""
    token, locale, typed = request.path_params["token"], locale_of(request), await typed_in(request)
    step = _STEPS.get(request.path_params["step"])
    if step is None:
        raise NotFound("page", request.path_params["step"][:40])
    try:
        STEPS_BY_LINK.take("steps", token[:200])
        await anyio.to_thread.run_sync(process.database().write, lambda tx: step(tx, process.clock(), token, typed))
    except InvalidInput as error:
        return await _shown(request, Told(typed, said_errors(error, locale), say("wrong.form", locale)), 422)
    except Conflict as error:
        return await _shown(request, Told(typed, wrong=refusal(error, locale)), error.status)
    except Throttled as many:
        return await _shown(request, Told(typed, wrong=too_often(many.retry_after_s, locale)), many.status)
    except NotFound:
        return await _shown(request, Told(), 404)
    return see_other(f"/t/{token}")


def _version(typed: Mapping[str, str]) -> int | None:
    said = typed.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None


async def _shown(request: Request, told: Told, status: int, *, thanks: bool = False) -> Response:
    locale, token = locale_of(request), request.path_params["token"]
    read = process.database().read

    def draw(tx: Tx) -> FirstPage:
        return _tracking(tx, token, told, locale, status, thanks=thanks)

    return answer(await anyio.to_thread.run_sync(read, draw), request)


def _tracking(tx: Tx, token: str, told: Told, locale: str, status: int, *, thanks: bool) -> FirstPage:
    shop = shop_words(load_profile(tx), locale)
    try:
        tracked = by_link(tx, token)
    except NotFound:
        body = nothing_here(say("unknown.title", locale), say("unknown.next", locale))
        return FirstPage(
            say("unknown.title", locale), frame(locale, shop, body), locale, status=404, headers=_SECRET, index=False
        )
    described: Described = describe(tracked, locale)
    order = {**described.order, "token": token, "version": str(tracked.version)}
    body = frame(
        locale,
        shop,
        standing(order, described.steps, told.wrong, locale, thanks=thanks),
        asking(order, days(process.clock().now_us()), told, locale),
        taking_back(order, locale),
        paying(wallets_to_pay(tracked, locale), order, told, locale),
        ordered(described.order, described.lines, described.sums, locale),
        parcel(order, locale),
        goes_to(order, told, locale),
        wishing(order, told, locale),
        history(described.history, locale),
        cancelling(order, locale),
    )
    return FirstPage(
        f"{order['title']} · {shop['name']}", body, locale, order["standing"], status=status, headers=_SECRET,
        index=False, route="t/:link",
    )  # fmt: skip


ROUTES = [
    *page("/t/{token}", tracking_page),
    *page("/t/{token}/{step}", take_step, post=True),
]
