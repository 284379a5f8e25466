"""One product's page: its fields and variants as they are typed, saved whole or not at all."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from typing import Any

import reflex as rx

from dokango import process
from dokango.catalogue import pictures, products
from dokango.catalogue.browsing import Browsed, one_product
from dokango.errors import AlreadyExists, DokangoError, InvalidInput, NotFound
from dokango.people.permissions import Permission
from state.catalogue.typed import on_page, options_typed, product_form
from state.kit.feedback import done, told
from state.kit.payload import fields, words
from state.kit.session import allow, current_actor
from state.kit.work import read, write
from state.settings.shop import taka_typed

MOST_LINES = 200
_NEW = {"title": "", "title_bn": "", "category": "", "description": "", "active": "on"}
_NEW_LINE = {
    **dict.fromkeys(("id", "sku", "options", "price", "regular", "low", "weight", "available"), ""),
    "tracks": "on", "sold": "on",
}  # fmt: skip


class ProductState(rx.State):
    """The open product; `product_id` is empty for a new one."""

    loading: bool = True
    product_id: str = ""
    form: dict[str, str] = {}
    lines: list[dict[str, str]] = []
    images: list[str] = []
    slug: str = ""
    errors: dict[str, str] = {}
    failure: str = ""
    missing: str = ""
    pending: bool = False

    @rx.event
    @allow(Permission.EDIT_PRODUCTS)
    async def load(self) -> None:
        """The page's on_load: "new", or a product's id, at the end of the path."""
        which = self.router.url.path.rstrip("/").rpartition("/")[2][:18]
        self.loading, self.errors, self.missing = True, {}, ""
        self.failure = words(self.router.url.query_parameters.get("refused", ""), 400)
        if which == "new":
            self.product_id, self.form, self.images, self.slug = "", dict(_NEW), [], ""
            self.lines = [{**_NEW_LINE, "line": "1"}]
        else:
            await self._read(int(which) if which.isascii() and which.isdigit() else 0)
        self.loading = False

    @rx.event
    @allow(Permission.EDIT_PRODUCTS)
    async def add_line(self) -> None:
        """One more variant."""
        if len(self.lines) < MOST_LINES:
            marks = [int(line["line"]) for line in self.lines]
            self.lines = [*self.lines, {**_NEW_LINE, "line": str(max(marks, default=0) + 1)}]

    @rx.event
    @allow(Permission.EDIT_PRODUCTS)
    async def drop_line(self, mark: str) -> None:
        """A variant that was never saved goes; a saved one is switched off instead."""
        if len(self.lines) > 1:
            self.lines = [line for line in self.lines if line["line"] != mark or line["id"]]

    @rx.event
    @allow(Permission.EDIT_PRODUCTS)
    async def save(self, form: dict[str, Any]) -> AsyncGenerator[Any, None]:
        """Keep all of it, or say by field what is wrong."""
        typed = fields(form, 10_000)
        self.pending, self.errors, self.failure = True, {}, ""
        yield
        actor, clock, lines, which = current_actor(), process.clock(), list(self.lines), self.product_id
        try:
            wanted = product_form(typed, lines, self.images)
            if which:
                changed = await write(lambda tx: products.edit(tx, actor, clock, int(which), wanted))
            else:
                new_id = await write(lambda tx: products.add(tx, actor, clock, wanted))
        except InvalidInput as error:
            self.errors = on_page(error.fields, lines)
            self.failure = "Nothing was saved. Look at the fields marked below."
            return
        except AlreadyExists as error:
            self.errors = {
                f"sku-{line['line']}": str(error) for line in lines if _typed_sku(typed, line) == error.which
            }
            self.failure = str(error)
            return
        except DokangoError as error:
            self.failure = str(error)
            return
        finally:
            self.pending = False
        if not which:
            yield done(f"{wanted.title} is in the catalogue.")
            yield rx.redirect(f"/products/{new_id}", replace=True)
            return
        await self._read(int(which))
        yield done("Saved.") if changed else told("Nothing was changed.")

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


def _typed_sku(typed: dict[str, str], line: dict[str, str]) -> str:
    return typed.get(f"sku-{line['line']}", "")
