"""`/checkout` in plain HTML: the form that is sent becomes an order; the live page takes over from it."""

from __future__ import annotations

from collections.abc import Mapping

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.db import Tx
from dokango.errors import Busy, IdempotencyKeyReused, InsufficientStock, InvalidInput, OutcomeUnknown, Throttled
from dokango.language import said_amount, say
from dokango.orders import Context
from dokango.orders.customer.pace import CHECKOUT_BY_NETWORK, CHECKOUT_BY_PHONE
from dokango.orders.placing.asked_otherwise import AskedOtherwise
from dokango.orders.placing.cart import price_cart
from dokango.orders.placing.checkout_form import Placed, place_once, placed_before, wanted_of
from dokango.orders.placing.checkout_text import said_asked, said_errors
from dokango.orders.placing.limit_text import limit_words
from dokango.orders.placing.limits import WebLimit
from dokango.people.actor import customer
from dokango.people.phones import normalise_phone
from dokango.people.throttle import network_of, network_that_counts
from dokango.shop.profile import load_profile
from dokango_web.door.address import client_ip
from dokango_web.routes.store.cart import FULL, cart_in, is_too_long, keep_cart
from dokango_web.routes.store.checkout_form import Told, checkout_form
from dokango_web.routes.store.first_page import answer
from dokango_web.routes.store.visitor import locale_of, page, see_other, thank, too_often, typed_in


async def checkout_page(request: Request) -> Response:
    """200 with the cart and the form, and what is to be said of the cart."""
    locale = locale_of(request)
    if is_too_long(request):
        return await _shown(request, Told(cart=say("cart_long", locale)), 200)
    return await _shown(request, Told(cart=say("cart_full", locale) if FULL in request.query_params else ""), 200)


async def place_order(request: Request) -> Response:
    """Place the order, once for each form however often it is sent: 303 to its page, else 422 with the form and why."""
    typed, locale = await typed_in(request), locale_of(request)
    try:
        placed = await _place(request, typed)
    except InvalidInput as error:
        wrong = error.fields.get("total") or say("wrong.form", locale)
        return await _shown(request, Told(typed, said_errors(error.fields, locale), wrong), 422)
    except InsufficientStock:
        return await _shown(request, Told(typed, wrong=say("wrong.stock", locale)), 409)
    except WebLimit as error:
        return await _shown(request, Told(typed, wrong=await _over(request, error)), error.status)
    except AskedOtherwise as error:
        told = Told(typed, wrong=said_asked(error, locale), phone=normalise_phone(typed.get("phone", "")))
        return await _shown(request, told, error.status)
    except IdempotencyKeyReused:  # this form has placed its order before, with other words in it: that order stands
        before = await _placed_before(typed.get("key", ""))
        return _to_order(before) if before else await _shown(request, Told(typed), 409)
    except Throttled as many:
        return await _shown(request, Told(typed, wrong=too_often(many.retry_after_s, locale)), 429)
    except OutcomeUnknown:
        return await _shown(request, Told(typed, wrong=say("unknown", locale)), 503)
    except Busy:
        return await _shown(request, Told(typed, wrong=say("busy", locale)), 503)
    return _to_order(placed)


def _to_order(placed: Placed) -> Response:
    return thank(keep_cart(see_other(f"/t/{placed.token}?placed=1"), {}), placed.token)


async def _place(request: Request, typed: Mapping[str, str]) -> Placed:
    locale, address, lines = locale_of(request), client_ip(request), cart_in(request)
    CHECKOUT_BY_NETWORK.take("checkout", network_of(address))
    wanted = wanted_of(typed, lines)
    CHECKOUT_BY_PHONE.take("checkout", normalise_phone(wanted.customer.phone, "customer.phone"))
    context, key = Context(customer(wanted.customer.name), process.clock()), typed.get("key", "")[:100]

    def place(tx: Tx) -> Placed:
        before = placed_before(tx, key)
        subtotal_poisha = price_cart(tx, lines).subtotal_poisha
        if before is None and typed.get("shown") != str(subtotal_poisha):
            raise InvalidInput({"total": say("wrong.changed", locale, amount=said_amount(subtotal_poisha, locale))})
        return place_once(tx, context, key, wanted, locale=locale, network=network_that_counts(address))

    return await anyio.to_thread.run_sync(process.database().write, place)


async def _placed_before(key: str) -> Placed | None:
    return await anyio.to_thread.run_sync(process.database().read, lambda tx: placed_before(tx, key))


async def _over(request: Request, error: WebLimit) -> str:
    locale, wanted = locale_of(request), cart_in(request)

    def words(tx: Tx) -> str:
        titles = {line.sku: line.titled(locale) for line in price_cart(tx, wanted).lines}
        return limit_words(error, load_profile(tx), titles, locale)

    return await anyio.to_thread.run_sync(process.database().read, words)


async def _shown(request: Request, told: Told, status: int) -> Response:
    locale, wanted = locale_of(request), cart_in(request)
    read = process.database().read
    return answer(
        await anyio.to_thread.run_sync(read, lambda tx: checkout_form(tx, wanted, told, locale, status)), request
    )


ROUTES = [*page("/checkout", checkout_page), *page("/checkout", place_order, post=True)]
