"""The storefront: the shop's name and contact, what is on the shelf, and one product."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import reflex as rx

from dokango.catalogue import storefront
from dokango.catalogue.categories import MOST_OF_ONE
from dokango.catalogue.storefront import ProductView, VariantView
from dokango.catalogue.text import cards, variant_words
from dokango.db import Tx
from dokango.errors import NotFound
from dokango.language import said_digits, say
from dokango.paging import Page, shown
from dokango.shop.profile import Profile, load_profile
from dokango.shop.text import shop_words
from state.kit.access import allow_public
from state.kit.language import locale_of
from state.kit.turns import Turned, cursor_in
from state.kit.work import read
from state.store.cart import CartState


class ShopState(rx.State):
    """What every customer page says of the shop."""

    shop: dict[str, str] = {
        "name": "", "phone": "", "call": "", "whatsapp": "", "email": "", "about": "", "address": "",
    }  # fmt: skip

    async def _show(self, profile: Profile) -> None:
        self.shop = shop_words(profile, await locale_of(self))


class StorefrontState(Turned, rx.State):
    """The shelf, as the URL's `q` and `category` ask for it."""

    loaded: bool = False
    cards: list[dict[str, str]] = []
    categories: list[dict[str, str]] = []
    typed: str = ""
    category: str = ""

    @rx.event
    @allow_public
    async def load(self) -> None:
        """The page's on_load, and again when the language changes."""
        query = self.router.url.query_parameters
        self.typed = str(query.get("q", ""))[: storefront.LONGEST_SEARCH]
        self.category = str(query.get("category", ""))[:MOST_OF_ONE]
        self._cursor = cursor_in(query.get("cursor", ""))
        locale = await locale_of(self)
        profile, named, page = await read(lambda tx: self._page(tx, locale))
        self.categories = [{"name": name, "words": words} for name, words in named]
        await (await self.get_state(ShopState))._show(profile)
        self.cards = cards(page.rows, locale)
        self._show_turns(page, lambda at: home_url(self.typed, self.category, at))
        self.loaded = True

    @rx.event
    @allow_public
    async def search(self, form: dict[str, Any]) -> Any:
        """To the URL of a search, so that it can be shared and gone back to."""
        typed = form.get("q", "") if isinstance(form, dict) else ""
        typed = typed.strip()[: storefront.LONGEST_SEARCH] if isinstance(typed, str) else ""
        return rx.redirect(home_url(typed))

    def _page(self, tx: Tx, locale: str) -> tuple[Profile, list[tuple[str, str]], Page[ProductView]]:
        page = shown(lambda at: storefront.shelf(tx, typed=self.typed, category=self.category, cursor=at), self._cursor)
        return load_profile(tx), storefront.categories(tx, locale), page


def home_url(typed: str = "", category: str = "", cursor: str = "") -> str:
    """The address of the shelf, or of a page of a search or of a category."""
    query = {"q": typed, "category": category, "cursor": cursor}
    words = urlencode({name: value for name, value in query.items() if value})
    return f"/?{words}" if words else "/"


class ProductState(rx.State):
    """One product, the variant chosen, and how many of it."""

    loaded: bool = False
    found: bool = False
    product: dict[str, str] = {"title": "", "description": "", "category": "", "slug": ""}
    images: list[str] = []
    variants: list[dict[str, str]] = []
    image: str = ""
    sku: str = ""
    price: str = ""
    was: str = ""
    stock: str = ""
    stock_kind: str = ""  # good, few, out
    quantity: int = 1
    can_add: bool = False
    added: str = ""  # what was put into the cart last, in words
    _most: int = 0

    @rx.event
    @allow_public
    async def load(self) -> None:
        """The page's on_load, and again when the language changes."""
        slug = self.router.url.path.rstrip("/").rpartition("/")[2]
        locale = await locale_of(self)
        profile = await read(load_profile)
        await (await self.get_state(ShopState))._show(profile)
        self.added = ""
        try:
            product = await read(lambda tx: storefront.by_slug(tx, slug))
        except NotFound:
            self.found, self.loaded = False, True
            return
        self._show(product, locale)
        self.found = self.loaded = True

    @rx.event
    @allow_public
    async def choose(self, sku: str) -> None:
        """Another variant."""
        locale = await locale_of(self)
        product = await self._product()
        self._pick(next((v for v in product.variants if v.sku == sku), product.variants[0]), locale)
        self.added = ""

    @rx.event
    @allow_public
    async def look_at(self, image: str) -> None:
        """Another picture, large."""
        if image in self.images:
            self.image = image

    @rx.event
    @allow_public
    async def step(self, by: int) -> None:
        """One more or one fewer."""
        if type(by) is int and by in (1, -1):
            self.quantity = max(1, min(self.quantity + by, max(1, self._most)))

    @rx.event
    @allow_public
    async def add(self) -> None:
        """Put the chosen variant into the cart."""
        locale = await locale_of(self)
        if not self.can_add:
            return
        cart = await self.get_state(CartState)
        cart._put(self.sku, self.quantity, locale)
        self.added = self._added_words(locale)
        self.quantity = 1

    def _added_words(self, locale: str) -> str:
        chosen = [v["title"] for v in self.variants if v["sku"] == self.sku] if len(self.variants) > 1 else []
        what = " · ".join((self.product["title"], *chosen))
        return say("added", locale, count=said_digits(self.quantity, locale), what=what)

    async def _product(self) -> ProductView:
        slug = self.product["slug"]
        return await read(lambda tx: storefront.by_slug(tx, slug))

    def _show(self, product: ProductView, locale: str) -> None:
        self.product = {
            "title": product.titled(locale), "description": product.described(locale), "category": product.category,
            "slug": product.slug,
        }  # fmt: skip
        self.images = list(product.images[:8])
        self.variants = [variant_words(variant, locale) for variant in product.variants]
        first = next((v for v in product.variants if not v.sold_out), product.variants[0])
        self._pick(next((v for v in product.variants if v.sku == self.sku), first), locale)

    def _pick(self, variant: VariantView, locale: str) -> None:
        words = variant_words(variant, locale)
        self.sku, self.price, self.was = variant.sku, words["price"], words["was"]
        self.stock, self.stock_kind = words["stock"], words["stock_kind"]
        self.image = variant.image or (self.images[0] if self.images else "")
        self._most = 20 if variant.available is None else min(variant.available, 20)
        self.can_add = not variant.sold_out
        self.quantity = max(1, min(self.quantity, max(1, self._most)))
