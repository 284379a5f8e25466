"""One product's page: its fields and variants as they are typed, saved whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar

import reflex as rx

from dokango import process
from dokango.catalogue import pictures, products
from dokango.catalogue.browsing import Browsed, one_product
from dokango.catalogue.forms import ProductForm
from dokango.errors import AlreadyExists, DokangoError, NotFound
from dokango.people.permissions import Permission
from state.catalogue.typed import on_page, options_typed, product_form
from state.kit.feedback import done, told
from state.kit.form import Form, Typed, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.sheet import Line, Sheet
from state.kit.work import read, write
from state.settings.shop import taka_typed

_NEW = {"title": "", "title_bn": "", "category": "", "description": "", "active": "on"}
_NEW_LINE = {
    **dict.fromkeys(("id", "sku", "options", "price", "regular", "low", "weight", "available"), ""),
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
            self._empty_sheet()
        else:
            await self._read(int(which) if which.isascii() and which.isdigit() else 0)
        self.loading = False

    @rx.event
    @allow(Permission.EDIT_PRODUCTS)
    @sends(lambda self, typed: product_form(typed, self.lines, self.images))
    async def save(self, wanted: ProductForm) -> Any:
        """Keep all of it."""
        actor, clock, which = current_actor(), process.clock(), self.product_id
        if not which:
            new_id = await write(lambda tx: products.add(tx, actor, clock, wanted))
            self._next_press()  # the page goes on to the product
            return [done(f"{wanted.title} is in the catalogue."), rx.redirect(f"/products/{new_id}", replace=True)]
        changed = await write(lambda tx: products.edit(tx, actor, clock, int(which), wanted))
        await self._read(int(which))
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
            marks = [line["line"] for line in self.lines]
            self.errors = {f"sku-{mark}": str(error) for mark in marks if typed.get(f"sku-{mark}") == error.which}
        return await super()._say_refused(error, typed)

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
        self.form = {name: getattr(product, name) for name in ("title", "title_bn", "category", "description")}
        self.form |= {"active": "on" if product.active else ""}
        self.lines = _lines(found)


def _lines(found: Browsed) -> list[dict[str, str]]:
    return [
        {
            "line": str(place), "id": str(v.id), "sku": v.sku,
            "options": options_typed(json.loads(v.attributes)), "price": taka_typed(v.price_poisha),
            "regular": taka_typed(v.regular_price_poisha) if v.regular_price_poisha else "",
            "low": str(v.low_stock_level or ""), "weight": str(v.weight_g or ""),
            "tracks": "on" if v.tracks_stock else "", "sold": "on" if v.active else "",
            "available": str(v.available) if v.tracks_stock else "not counted",
        }
        for place, v in enumerate(found.variants, start=1)
    ]  # fmt: skip
