"""`/p/‹slug›` in plain HTML: the product, and a form that puts it into the cart."""

from __future__ import annotations

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.catalogue import storefront
from dokango.catalogue.storefront import ProductView
from dokango.catalogue.text import variant_words
from dokango.db import Tx
from dokango.errors import NotFound
from dokango.language import say
from dokango.orders.placing.request import MOST_OF_ONE
from dokango.settings import settings
from dokango.shop.profile import load_profile
from dokango.shop.text import shop_words
from dokango_web.routes.store.drawing import nothing_here, picture
from dokango_web.routes.store.fields import button, hidden
from dokango_web.routes.store.first_page import DESCRIPTION, FirstPage, answer, frame
from dokango_web.routes.store.html import Html, el
from dokango_web.routes.store.visitor import locale_of, page


async def product_page(request: Request) -> Response:
    """A product: 200 with its title, price and tags for who shares it, 404 for what is not sold."""
    locale, slug = locale_of(request), request.path_params["slug"]
    return answer(
        await anyio.to_thread.run_sync(process.database().read, lambda tx: _product(tx, slug, locale)), request
    )


def _product(tx: Tx, slug: str, locale: str) -> FirstPage:
    shop = shop_words(load_profile(tx), locale)
    try:
        product = storefront.by_slug(tx, slug)
    except NotFound:
        body = nothing_here(say("gone.title", locale), say("gone.next", locale))
        return FirstPage(say("gone.title", locale), frame(locale, shop, body), locale, status=404, index=False)
    variants = [variant_words(variant, locale) for variant in product.variants]
    image = product.images[0] if product.images else ""
    body = frame(
        locale,
        shop,
        el(
            "div",
            picture(image, "large"),
            el(
                "div",
                el("h1", product.titled(locale), class_="sf-title"),
                _price(variants[0]) if len(variants) == 1 else None,
                _buying(product, locale),
                el("p", product.described(locale), class_="sf-description"),
                class_="sf-buying",
            ),
            class_="sf-product",
        ),
    )
    description = " ".join(f"{variants[0]['price']} · {shop['name']}. {product.described(locale)}".split())[
        :DESCRIPTION
    ]
    title = f"{product.titled(locale)} · {shop['name']}"
    return FirstPage(title, body, locale, description, _absolute(image), route="p/:slug")


def _buying(product: ProductView, locale: str) -> Html:
    """Which one, how many, and the button; no button for what is sold out."""
    open_ones = [variant for variant in product.variants if not variant.sold_out]
    words = [variant_words(variant, locale) for variant in product.variants]
    if not open_ones:
        return el("p", say("sold_out", locale), class_="sf-stock sf-stock-out")
    first = open_ones[0].sku
    choices = [_choice(one, one["sku"] == first) for one in words] if len(words) > 1 else [hidden("sku", first)]
    amount = el("input", id="quantity", name="quantity", type="number", value="1", min="1", max=str(MOST_OF_ONE),
                inputmode="numeric", class_="sf-input sf-many")  # fmt: skip
    return el(
        "form",
        el("div", *choices, class_="sf-choices"),
        el("div", el("label", say("quantity", locale), for_="quantity", class_="sf-label"), amount, class_="sf-field"),
        el("div", button(say("add", locale), "sf-solid sf-grow"), class_="sf-add"),
        method="post",
        action="/cart",
    )


def _price(variant: dict[str, str]) -> Html:
    was = el("s", variant["was"], class_="sf-was") if variant["was"] else None
    price = el("p", el("span", variant["price"], class_="sf-price sf-price-large"), was)
    return el("div", price, el("p", variant["stock"], class_="sf-stock"))


def _choice(variant: dict[str, str], chosen: bool) -> Html:
    gone = variant["stock_kind"] == "out"
    radio = el("input", type="radio", name="sku", value=variant["sku"], checked="" if chosen else None,
               disabled="" if gone else None, class_="dk-hidden")  # fmt: skip
    return el(
        "label",
        radio,
        el("span", variant["title"], class_="sf-choice-name"),
        el("span", f"{variant['price']} · {variant['stock']}", class_="sf-choice-more"),
        class_="sf-choice sf-choice-out" if gone else "sf-choice",
    )


def _absolute(image: str) -> str:
    return f"{settings().site_url}{image}" if image.startswith("/") else image


ROUTES = page("/p/{slug}", product_page)
