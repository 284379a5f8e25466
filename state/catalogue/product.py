"""One product's page: its fields and variants as they are typed, saved whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar

import reflex as rx

from dokango import process
from dokango.catalogue import pictures
from dokango.catalogue.browsing import Browsed, one_product
from dokango.catalogue.skus import free_sku
from dokango.db import Tx
from dokango.errors import AlreadyExists, DokangoError, NotFound
from dokango.people.permissions import Permission
from dokango.stock.opening import add_with_stock, edit_with_stock
from state.catalogue.typed import WORDS, Wanted, on_page, options_typed, product_wanted, sku_typed
from state.kit.feedback import done, told
from state.kit.form import Form, Typed, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.sheet import Line, Sheet
from state.kit.work import read, write
from state.settings.shop import taka_typed

_NEW = {**dict.fromkeys(WORDS, ""), "active": "on"}
_NEW_LINE = {
    **dict.fromkeys(("id", "sku", "options", "options_bn", "price", "regular", "low", "weight"), ""),
    **dict.fromkeys(("available", "quantity", "cost"), ""),
    "tracks": "on", "sold": "on",
}  # fmt: skip


class ProductState(Sheet, Form, rx.State):
    """The open product; `product_id` is empty for a new one."""

    loading: bool = True
    product_id: str = ""
    form: dict[str, str] = {}
    images: list[str] = []
    slug: str = ""
    missing: str = ""
    _title: str = ""  # what SKUs are suggested by
    new_line: ClassVar[Line] = _NEW_LINE
    most_lines: ClassVar[int] = 200
    most_chars: ClassVar[int] = 10_000
    look_below: ClassVar[str] = "Nothing was saved. Look at the fields marked below."

    @rx.event
    @allow(Permission.EDIT_PRODUCTS)
    async def load(self) -> None:
        """The page's on_load: "new", or a product's id, at the end of the path."""
        which = self.router.url.path.rstrip("/").rpartition("/")[2][:18]
        self._anew()
        self.loading, self.missing = True, ""
        self.failure = words(self.router.url.query_parameters.get("refused", ""), 400)
        if which == "new":
            self.product_id, self.form, self.images, self.slug = "", dict(_NEW), [], ""
            self._title = ""
            self._empty_sheet()
        else:
            await self._read(int(which) if which.isascii() and which.isdigit() else 0)
        self.loading = False

    @rx.event
    @allow(Permission.EDIT_PRODUCTS)
    async def suggest(self, title: str) -> None:
        """The title was typed: each new variant's SKU, shown in a field that nobody has typed in."""
        self._title = words(title, 200)
        await self._suggest()

    @rx.event
    @allow(Permission.EDIT_PRODUCTS)
    @sends(lambda self, typed: product_wanted(typed, self.lines, self.images))
    async def save(self, wanted: Wanted) -> Any:
        """Keep all of it, with the opening stock of what is new."""
        actor, clock, which, key = current_actor(), process.clock(), self.product_id, self.press
        form, stock = wanted.form, wanted.stock
        wanted.refuse_uncounted(self.lines)
        if not which:
            new_id = await write(lambda tx: add_with_stock(tx, actor, clock, form, stock, key=key))
            self._next_press()  # the page goes on to the product
            return [done(f"{form.title} is in the catalogue."), rx.redirect(f"/products/{new_id}", replace=True)]
        changed = await write(lambda tx: edit_with_stock(tx, actor, clock, int(which), form, stock, key=key))
        await self._read(int(which))
        self._next_press()
        return done("Saved.") if changed else told("Nothing was changed.")

    @rx.event
    @allow(Permission.EDIT_PRODUCTS)
    async def drop_picture(self, address: str) -> None:
        """Take a picture off."""
        await self._with_picture(pictures.drop_picture, address)

    @rx.event
    @allow(Permission.EDIT_PRODUCTS)
    async def put_first(self, address: str) -> None:
        """Let lists show this picture."""
        await self._with_picture(pictures.put_first, address)

    def _may_drop(self, line: Line) -> bool:
        return not line["id"]  # a saved variant is switched off instead

    def _on_page(self, wrong: Mapping[str, str], typed: Typed) -> dict[str, str]:
        return on_page(wrong, self.lines)

    async def _say_refused(self, error: DokangoError, typed: Typed) -> Any:
        if isinstance(error, AlreadyExists):
            same = [line["line"] for line in self.lines if sku_typed(typed, line) == error.which]
            self.errors = {f"sku-{mark}": str(error) for mark in same}
        return await super()._say_refused(error, typed)

    async def _grown(self) -> None:
        await self._suggest()

    async def _suggest(self) -> None:
        if self._title:
            title, lines = self._title, self.lines
            self.lines = await read(lambda tx: _with_skus(tx, title, lines))

    async def _with_picture(self, deed: Any, address: str) -> None:
        actor, which, chosen = current_actor(), int(self.product_id or 0), words(address, 1_000)
        await write(lambda tx: deed(tx, actor, process.clock(), which, chosen))
        found = await read(lambda tx: one_product(tx, which))
        self.images = json.loads(found.product.images)

    async def _read(self, product_id: int) -> None:
        try:
            found = await read(lambda tx: one_product(tx, product_id))
        except NotFound as error:
            self.missing, self.form, self.lines, self.images = str(error), {}, [], []
            return
        product = found.product
        self.product_id, self.slug, self.images = str(product.id), product.slug, json.loads(product.images)
        self._title = product.title
        self.form = {name: getattr(product, name) for name in WORDS}
        self.form |= {"active": "on" if product.active else ""}
        self.lines = _lines(found)


def _with_skus(tx: Tx, title: str, lines: list[Line]) -> list[Line]:
    """The lines with a SKU for each that is new, none of them another's."""
    beside = {line["sku"] for line in lines if line["id"]}
    named = []
    for line in lines:
        named.append(line if line["id"] else {**line, "sku": free_sku(tx, title, beside)})
        beside.add(named[-1]["sku"])
    return named


def _lines(found: Browsed) -> list[dict[str, str]]:
    return [
        {
            "line": str(place), "id": str(v.id), "sku": v.sku,
            "options": options_typed(json.loads(v.attributes)), "options_bn": v.title_bn,
            "price": taka_typed(v.price_poisha),
            "regular": taka_typed(v.regular_price_poisha) if v.regular_price_poisha else "",
            "low": str(v.low_stock_level or ""), "weight": str(v.weight_g or ""),
            "tracks": "on" if v.tracks_stock else "", "sold": "on" if v.active else "",
            "available": str(v.available) if v.tracks_stock else "not counted",
        }
        for place, v in enumerate(found.variants, start=1)
    ]  # fmt: skip
