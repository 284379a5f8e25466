"""`/track` in plain HTML: an order found by its number and phone."""

from __future__ import annotations

from collections.abc import Mapping

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.db import Tx
from dokango.errors import InvalidInput, NotFound, Throttled
from dokango.language import say
from dokango.orders.customer.pace import TRACK_BY_NETWORK, TRACK_BY_NUMBER, TRACK_BY_PHONE
from dokango.orders.customer.tracking import link_of
from dokango.people.phones import normalise_phone
from dokango.people.throttle import network_of
from dokango.shop.profile import load_profile
from dokango.shop.text import shop_words
from dokango.words import words_of
from dokango_web.door.address import client_ip
from dokango_web.routes.store.fields import button, field, notice
from dokango_web.routes.store.first_page import FirstPage, answer, frame
from dokango_web.routes.store.html import el
from dokango_web.routes.store.visitor import locale_of, page, see_other, too_often, typed_in


async def track_page(request: Request) -> Response:
    """200 with the form."""
    return await _shown(request, {}, "", "", 200)


async def find(request: Request) -> Response:
    """303 to the order's page when number and phone belong together; else the form, with one sentence for both."""
    locale, typed = locale_of(request), await typed_in(request)
    # made plain before it is counted: another way of writing it is no other try
    number = "".join(words_of(typed.get("number", "")[:40]))
    try:
        phone = normalise_phone(typed.get("phone", "")[:40])
        TRACK_BY_NETWORK.take("track", network_of(client_ip(request)))
        TRACK_BY_NUMBER.take("track-number", number)
        TRACK_BY_PHONE.take("track-phone", phone)
        link = await anyio.to_thread.run_sync(process.database().read, lambda tx: link_of(tx, number, phone))
    except InvalidInput as error:
        said = error.fields["phone"] if locale == "en" else say("wrong.phone", locale)
        return await _shown(request, typed, said, "", 422)
    except NotFound as error:
        return await _shown(request, typed, "", say("track.none", locale), error.status)
    except Throttled as many:
        return await _shown(request, typed, "", too_often(many.retry_after_s, locale), many.status)
    return see_other(f"/t/{link}")


async def _shown(request: Request, typed: Mapping[str, str], phone_error: str, wrong: str, status: int) -> Response:
    locale = locale_of(request)

    def draw(tx: Tx) -> FirstPage:
        shop = shop_words(load_profile(tx), locale)
        form = el(
            "form",
            field("track.number", "number", locale, value=typed.get("number", ""),
                  hint=say("track.number.hint", locale), inputmode="numeric", autocomplete="off", maxlength="20"),
            field("phone", "phone", locale, value=typed.get("phone", ""), error=phone_error, type="tel",
                  inputmode="tel", autocomplete="tel", maxlength="40"),
            notice(wrong),
            button(say("track.find", locale)),
            method="post", action="/track", novalidate="",
        )  # fmt: skip
        title = say("track.title", locale)
        inside = el("section", el("h1", title, class_="sf-title"), el("p", say("track.how", locale)), form,
                    class_="sf-panel sf-narrow")  # fmt: skip
        body = frame(locale, shop, inside)
        return FirstPage(f"{title} · {shop['name']}", body, locale, status=status, index=False, route="track")

    return answer(await anyio.to_thread.run_sync(process.database().read, draw), request)


ROUTES = [*page("/track", track_page), *page("/track", find, post=True)]
