"""`/` in plain HTML: the shelf, its search and its categories."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.catalogue import storefront
from dokango.catalogue.text import cards
from dokango.db import Tx
from dokango.language import say
from dokango.paging import shown
from dokango.shop.profile import load_profile
from dokango.shop.text import shop_words
from dokango_web.routes.store.drawing import nothing_here, picture
from dokango_web.routes.store.first_page import DESCRIPTION, FirstPage, answer, frame
from dokango_web.routes.store.html import Html, el
from dokango_web.routes.store.visitor import locale_of, page
from state.kit.turns import cursor_in, turns
from state.store.storefront import home_url


async def home_page(request: Request) -> Response:
    """The shelf, as the query asks for it: 200 with a page of its products."""
    locale = locale_of(request)
    typed = request.query_params.get("q", "")[: storefront.LONGEST_SEARCH]
    category = request.query_params.get("category", "")[:100]
    cursor = cursor_in(request.query_params.get("cursor", ""))
    read = process.database().read
    return answer(await anyio.to_thread.run_sync(read, lambda tx: _home(tx, typed, category, cursor, locale)), request)


def _home(tx: Tx, typed: str, category: str, cursor: str, locale: str) -> FirstPage:
    shop = shop_words(load_profile(tx), locale)
    found = shown(lambda at: storefront.shelf(tx, typed=typed, category=category, cursor=at), cursor)
    previous_url, next_url = turns(found, lambda at: home_url(typed, category, at))
    items = [
        el(
            "li",
            el(
                "a",
                picture(card["image"], "card"),
                el("h3", card["title"], class_="sf-card-title"),
                el("p", card["price"], class_="sf-price"),
                el("span", card["badge"], class_=f"sf-badge sf-badge-{card['kind']}") if card["badge"] else None,
                href=f"/p/{quote(card['slug'])}",
                class_="sf-card",
            ),
        )
        for card in cards(found.rows, locale)
    ]
    empty = "none" if typed or category else "empty"
    shelf = (
        el("ul", *items, class_="sf-grid")
        if items
        else nothing_here(say(f"{empty}.title", locale), say(f"{empty}.next", locale))
    )
    about = el("p", shop["about"], class_="sf-about sf-lead") if shop["about"] else None
    pager = _pager(previous_url, next_url, locale)
    find = el(
        "div",
        _search(typed, locale),
        _categories(storefront.categories(tx, locale), category, locale),
        class_="sf-find",
    )
    body = frame(locale, shop, about, find, shelf, pager)
    return FirstPage(shop["name"], body, locale, shop["about"][:DESCRIPTION], route="")


def _search(typed: str, locale: str) -> Html:
    return el(
        "form",
        el("label", say("search", locale), for_="q", class_="dk-hidden"),
        el("input", id="q", name="q", type="search", maxlength="80", value=typed, placeholder=say("search", locale),
           class_="sf-input"),
        el("button", say("search.go", locale), type="submit", class_="sf-button"),
        method="get", action="/", role="search", class_="sf-search",
    )  # fmt: skip


def _categories(named: list[tuple[str, str]], here: str, locale: str) -> Html | None:
    if len(named) < 2:
        return None
    chips = [("", say("all", locale)), *named]
    links = [
        el(
            "a",
            words,
            href=f"/?{urlencode({'category': name})}" if name else "/",
            class_="sf-chip",
            aria_current="page" if name == here else "false",
        )
        for name, words in chips
    ]
    return el("nav", *links, class_="sf-chips", aria_label=say("products", locale))


def _pager(previous_url: str, next_url: str, locale: str) -> Html | None:
    """The way to the pages beside this one, as components/ui/lists/pager.py draws it."""
    if not (previous_url or next_url):
        return None
    ways = (("page.previous", previous_url, "prev"), ("page.next", next_url, "next"))
    links = [el("a", say(word, locale), href=url, rel=rel, class_="sf-button") for word, url, rel in ways if url]
    return el("nav", *links, class_="dk-pager", aria_label=say("pages", locale))


ROUTES = page("/", home_page)
