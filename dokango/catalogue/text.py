"""Products as customers read them: titles, prices and what is left, in their language."""

from __future__ import annotations

from collections.abc import Iterable

from dokango.catalogue.storefront import ProductView, VariantView
from dokango.language import said_amount, said_digits, say


def cards(products: Iterable[ProductView], locale: str) -> list[dict[str, str]]:
    """Products as cards show them."""
    return [card(product, locale) for product in products]


def card(product: ProductView, locale: str) -> dict[str, str]:
    """One product's card: title, price and the one thing to know of its stock."""
    price = said_amount(product.from_poisha, locale)
    reduced = any(v.reduced for v in product.variants)
    few = not product.sold_out and all(v.few or v.sold_out for v in product.variants)
    left = sum(v.available or 0 for v in product.variants)
    badge, kind = "", ""
    if product.sold_out:
        badge, kind = say("sold_out", locale), "out"
    elif few:
        badge, kind = say("few_left", locale, count=said_digits(left, locale)), "few"
    elif reduced:
        badge, kind = say("sale", locale), "sale"
    return {
        "slug": product.slug, "title": product.titled(locale), "image": product.images[0] if product.images else "",
        "price": say("from", locale, amount=price) if product.has_prices else price, "badge": badge, "kind": kind,
    }  # fmt: skip


def variant_words(variant: VariantView, locale: str) -> dict[str, str]:
    """A variant as it can be chosen: its name, price, and what is left of it."""
    if variant.sold_out:
        stock, kind = say("sold_out", locale), "out"
    elif variant.few:
        stock, kind = say("few_left", locale, count=said_digits(variant.available, locale)), "few"
    else:
        stock, kind = say("in_stock", locale), "good"
    was = said_amount(variant.regular_price_poisha or 0, locale) if variant.reduced else ""
    return {
        "sku": variant.sku, "title": variant.titled(locale), "price": said_amount(variant.price_poisha, locale),
        "was": was, "stock": stock, "stock_kind": kind,
    }  # fmt: skip
