"""Plain GETs of a customer's pages: `/`, `/p/‹slug›` and `/t/‹token›` answered with their words in HTML."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote

import anyio.to_thread
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dokango import process
from dokango.catalogue import storefront
from dokango.catalogue.text import cards, variant_words
from dokango.db import Tx
from dokango.errors import NotFound
from dokango.language import say
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import describe, wallets_to_pay
from dokango.paging import shown
from dokango.settings import settings
from dokango.shop.profile import load_profile
from dokango.shop.text import shop_words
from dokango_web.routes.first_page import FirstPage, answer, frame
from dokango_web.routes.html import Html, el
from state.kit.language import COOKIE, known_locale
from state.kit.turns import cursor_in, turns
from state.store.storefront import home_url

# A tracking link is a secret: kept by no cache, told to no other site, listed by no search engine.
_SECRET = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow",
}
_DESCRIPTION = 160


async def home_page(request: Request) -> Response:
    """The shelf, as the query asks for it: 200 with a page of its products."""
    locale = _locale(request)
    typed = request.query_params.get("q", "")[: storefront.LONGEST_SEARCH]
    category = request.query_params.get("category", "")[:100]
    cursor = cursor_in(request.query_params.get("cursor", ""))
    read = process.database().read
    return answer(await anyio.to_thread.run_sync(read, lambda tx: _home(tx, typed, category, cursor, locale)))


async def checkout_page(request: Request) -> Response:
    """The checkout: its frame, until the live page knows the cart that the browser keeps."""
    locale = _locale(request)
    return answer(await anyio.to_thread.run_sync(process.database().read, lambda tx: _checkout(tx, locale)))


async def tracking_page(request: Request) -> Response:
    """The order behind a link: 200 with its words, 404 for a link that leads nowhere."""
    locale, token = _locale(request), request.path_params["token"]
    return answer(await anyio.to_thread.run_sync(process.database().read, lambda tx: _tracking(tx, token, locale)))


async def product_page(request: Request) -> Response:
    """A product: 200 with its title, price and tags for who shares it, 404 for what is not sold."""
    locale, slug = _locale(request), request.path_params["slug"]
    return answer(await anyio.to_thread.run_sync(process.database().read, lambda tx: _product(tx, slug, locale)))


def _locale(request: Request) -> str:
    return known_locale(request.cookies.get(COOKIE, ""))


def _home(tx: Tx, typed: str, category: str, cursor: str, locale: str) -> FirstPage:
    shop = shop_words(load_profile(tx))
    page = shown(lambda at: storefront.shelf(tx, typed=typed, category=category, cursor=at), cursor)
    previous_url, next_url = turns(page, lambda at: home_url(typed, category, at))
    items = [
        el(
            "li",
            el(
                "a",
                _picture(card["image"], "card"),
                el("h3", card["title"], class_="sf-card-title"),
                el("p", card["price"], class_="sf-price"),
                el("span", card["badge"], class_=f"sf-badge sf-badge-{card['kind']}") if card["badge"] else None,
                href=f"/p/{quote(card['slug'])}",
                class_="sf-card",
            ),
        )
        for card in cards(page.rows, locale)
    ]
    empty = "none" if typed or category else "empty"
    shelf = (
        el("ul", *items, class_="sf-grid")
        if items
        else _nothing(say(f"{empty}.title", locale), say(f"{empty}.next", locale))
    )
    about = el("p", shop["about"], class_="sf-about sf-lead") if shop["about"] else None
    pager = _pager(previous_url, next_url, locale)
    body = frame(locale, shop, about, shelf, pager)
    return FirstPage(shop["name"], body, locale, shop["about"][:_DESCRIPTION], route="")


def _pager(previous_url: str, next_url: str, locale: str) -> Html | None:
    """The way to the pages beside this one, as components/ui/pager.py draws it."""
    if not (previous_url or next_url):
        return None
    ways = (("page.previous", previous_url, "prev"), ("page.next", next_url, "next"))
    links = [el("a", say(word, locale), href=url, rel=rel, class_="sf-button") for word, url, rel in ways if url]
    return el("nav", *links, class_="dk-pager", aria_label=say("pages", locale))


def _checkout(tx: Tx, locale: str) -> FirstPage:
    shop = shop_words(load_profile(tx))
    body = frame(
        locale,
        shop,
        el("h1", say("checkout", locale), class_="sf-title"),
        el("p", say("loading", locale), role="status"),
    )
    return FirstPage(f"{say('checkout', locale)} · {shop['name']}", body, locale, index=False, route="checkout")


def _tracking(tx: Tx, token: str, locale: str) -> FirstPage:
    shop = shop_words(load_profile(tx))
    try:
        tracked = by_link(tx, token)
    except NotFound:
        body = _nothing(say("unknown.title", locale), say("unknown.next", locale))
        return FirstPage(
            say("unknown.title", locale), frame(locale, shop, body), locale, status=404, headers=_SECRET, index=False
        )
    page = describe(tracked, locale)
    body = frame(
        locale,
        shop,
        _standing(page.order, page.steps, locale),
        _to_pay(wallets_to_pay(tracked, locale), page.order),
        _ordered(page.lines, page.sums, locale),
        _parcel(page.order, locale),
        _history(page.history, locale),
    )
    title = f"{page.order['title']} · {shop['name']}"
    return FirstPage(title, body, locale, page.order["standing"], headers=_SECRET, index=False, route="t/:link")


def _product(tx: Tx, slug: str, locale: str) -> FirstPage:
    shop = shop_words(load_profile(tx))
    try:
        product = storefront.by_slug(tx, slug)
    except NotFound:
        body = _nothing(say("gone.title", locale), say("gone.next", locale))
        return FirstPage(say("gone.title", locale), frame(locale, shop, body), locale, status=404, index=False)
    variants = [variant_words(variant, locale) for variant in product.variants]
    image = product.images[0] if product.images else ""
    body = frame(
        locale,
        shop,
        el(
            "div",
            _picture(image, "large"),
            el(
                "div",
                el("h1", product.titled(locale), class_="sf-title"),
                el("ul", *[el("li", f"{v['title']}: {v['price']} · {v['stock']}") for v in variants]),
                el("p", product.description, class_="sf-description"),
                class_="sf-buying",
            ),
            class_="sf-product",
        ),
    )
    description = " ".join(f"{variants[0]['price']} · {shop['name']}. {product.description}".split())[:_DESCRIPTION]
    title = f"{product.titled(locale)} · {shop['name']}"
    return FirstPage(title, body, locale, description, _absolute(image), route="p/:slug")


def _standing(order: Mapping[str, str], steps: list[dict[str, str]], locale: str) -> Html:
    bar = [
        el(
            "li",
            el("span", "✓" if step["done"] else "", class_="sf-step-dot", aria_hidden="true"),
            el("span", step["word"]),
            el("span", f", {say('step.done', locale)}", class_="dk-hidden") if step["done"] else None,
            class_="sf-step",
            data_done="true" if step["done"] else "false",
            aria_current="step" if step["here"] else None,
        )
        for step in steps
    ]
    return el(
        "section",
        el("p", f"{order['title']} · {order['placed']}", class_="sf-soft-text"),
        el("h1", order["standing"], class_="sf-standing", data_tone=order["tone"]),
        el("ol", *bar, class_="sf-steps", aria_label=say("steps", locale)) if bar else None,
        el("p", order["kept"]) if order["kept"] else None,
        el("p", order["expected"]) if order["expected"] else None,
        class_="sf-panel",
    )


def _to_pay(wallets: list[dict[str, str]], order: Mapping[str, str]) -> Html | None:
    if order["claim"]:
        return el("section", el("p", order["claim"]), class_="sf-panel")
    if not wallets:
        return None
    ways = [
        el("p", f"{w['label']}: {w['send']} ", el("span", w["number"], class_="sf-code"), f" {w['how']}")
        for w in wallets
    ]
    return el("section", el("h2", order["asks"], class_="sf-h2"), *ways, class_="sf-panel")


def _ordered(lines: list[dict[str, str]], sums: list[dict[str, str]], locale: str) -> Html:
    items = [
        el(
            "li",
            _picture(line["image"], "line"),
            el("span", " · ".join(part for part in (line["title"], line["variant"]) if part)),
            el("span", f"× {line['quantity']}", class_="sf-soft-text"),
            el("span", line["amount"], class_="sf-line-amount"),
            class_="sf-line sf-line-short",
        )
        for line in lines
    ]
    rows = [
        el(
            "div",
            el("dt", s["label"]),
            el("dd", s["amount"]),
            class_="sf-sum sf-sum-strong" if s["strong"] else "sf-sum",
        )
        for s in sums
    ]
    return el(
        "section",
        el("h2", say("what", locale), class_="sf-h2"),
        el("ul", *items, class_="sf-lines"),
        el("dl", *rows, class_="sf-sums"),
        class_="sf-panel",
    )


def _parcel(order: Mapping[str, str], locale: str) -> Html | None:
    rows = [(say("courier", locale), order["carrier"]), (say("code", locale), order["code"])]
    shown = [el("div", el("dt", label), el("dd", value), class_="sf-sum") for label, value in rows if value]
    if not shown:
        return None
    return el(
        "section",
        el("h2", say("parcel", locale), class_="sf-h2"),
        el("dl", *shown, class_="sf-sums"),
        class_="sf-panel",
    )


def _history(history: list[dict[str, str]], locale: str) -> Html:
    events = [el("li", el("span", e["what"]), el("time", e["when"], class_="sf-soft-text")) for e in history]
    return el(
        "section",
        el("h2", say("history", locale), class_="sf-h2"),
        el("ol", *events, class_="sf-history"),
        class_="sf-panel",
    )


def _nothing(title: str, what_next: str) -> Html:
    return el("div", el("h1", title, class_="sf-empty-title"), el("p", what_next), class_="sf-empty")


def _picture(source: str, size: str) -> Html:
    look = f"sf-picture sf-picture-{size}"
    return el("img", src=source, alt="", loading="lazy", class_=look) if source else el("span", class_=look)


def _absolute(image: str) -> str:
    return f"{settings().site_url}{image}" if image.startswith("/") else image


def _page(path: str, endpoint: Callable[[Request], Awaitable[Response]]) -> Route:
    """Answered small: the head of a page holds its style, which a bad line would feel."""
    return Route(path, endpoint, middleware=[Middleware(GZipMiddleware, minimum_size=1_000)])


ROUTES = [
    _page("/", home_page),
    _page("/checkout", checkout_page),
    _page("/checkout/", checkout_page),
    _page("/t/{token}", tracking_page),
    _page("/t/{token}/", tracking_page),
    _page("/p/{slug}", product_page),
    _page("/p/{slug}/", product_page),
]
