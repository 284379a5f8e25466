"""The products page: the catalogue as the address asks for it, and the report of the last import."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

import reflex as rx

from dokango import topics
from dokango.catalogue.browsing import Browsed, browse
from dokango.clock import said
from dokango.importing.report import KeptRemark, last_report
from dokango.money import taka
from dokango.paging import shown
from dokango.people.permissions import Permission
from state.kit import live
from state.kit.dialog import Overlay
from state.kit.payload import words
from state.kit.session import allow
from state.kit.turns import Turned, cursor_in


class ProductsState(Overlay, Turned, rx.State):
    """One page of the catalogue."""

    loading: bool = True
    q: str = ""
    rows: list[dict[str, str]] = []
    refused: str = ""
    report: dict[str, str] = {}
    report_refused: list[dict[str, str]] = []
    report_notes: list[dict[str, str]] = []
    is_importing: bool = False
    open_vars: ClassVar[tuple[str, ...]] = ("is_importing",)

    @rx.event
    @allow(Permission.EDIT_PRODUCTS)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        query = self.router.url.query_parameters
        self.q, self._cursor = words(query.get("q", ""), 80), cursor_in(query.get("cursor", ""))
        self.refused = words(query.get("refused", ""), 400)
        self.is_importing = False
        live.watch(self, topics.CATALOGUE, topics.STOCK)
        await self._refresh()
        await self._load_report(shown=query.get("imported", "") == "1")
        self.loading = False

    @rx.event
    @allow(Permission.EDIT_PRODUCTS)
    async def find(self, typed: str) -> Any:
        """Search as one types."""
        self.q = words(typed, 80)
        return rx.redirect(self._url(), replace=True)

    @rx.event
    @allow(Permission.EDIT_PRODUCTS)
    async def ask_for_file(self, is_open: bool = True) -> None:
        """Open or shut the dialog of the import."""
        self.is_importing = is_open is True

    @rx.event
    @allow(Permission.EDIT_PRODUCTS)
    async def show_report(self) -> None:
        """The last import's report again."""
        self.is_importing = False
        await self._load_report(shown=True)

    async def _refresh(self) -> None:
        typed, cursor = self.q, self._cursor
        page = await live.once(("products", typed, cursor), lambda tx: shown(lambda at: browse(tx, typed, at), cursor))
        self.rows = [_in_words(one) for one in page.rows]
        self._show_turns(page, lambda at: self._url(cursor=at))

    async def _load_report(self, *, shown: bool) -> None:
        kept = await live.once(("last import",), last_report)
        self.report = {
            "file": kept["file"], "summary": kept["summary"], "by": kept["by"], "at": said(kept["at"]),
            "encoding": kept["encoding"], "unstocked": str(kept["unstocked"] or ""), "shown": "yes" if shown else "",
        } if kept else {}  # fmt: skip
        self.report_refused = _remarks(kept["refused"]) if kept and shown else []
        self.report_notes = _remarks(kept["notes"]) if kept and shown else []

    def _url(self, **changes: str) -> str:
        query = {name: value for name, value in {"q": self.q, **changes}.items() if value}
        return "/products" + (f"?{urlencode(query)}" if query else "")


def _remarks(rows: Sequence[KeptRemark]) -> list[dict[str, str]]:
    return [{"line": str(row["line"]), "name": row["name"], "words": row["words"]} for row in rows]


def _in_words(one: Browsed) -> dict[str, str]:
    """A product as a row: a price range, what is available of all of it, and how its variants are called."""
    product, sold = one.product, [variant for variant in one.variants if variant.active]
    prices = sorted({variant.price_poisha for variant in sold})
    tracked = [variant for variant in sold if variant.tracks_stock]
    available = sum(variant.available for variant in tracked)
    low = sum(variant.available <= variant.low_stock_level for variant in tracked)
    images = json.loads(product.images)
    return {
        "id": str(product.id), "title": product.title, "title_bn": product.title_bn, "category": product.category,
        "image": images[0] if images else "", "href": f"/products/{product.id}",
        "price": " – ".join(taka(price) for price in (prices if len(prices) < 2 else (prices[0], prices[-1]))),
        "variants": str(len(sold)), "skus": ", ".join(variant.sku for variant in sold[:3]),
        "available": str(available) if tracked else "", "low": f"{low} low" if low else "",
        "state": "listed" if product.active and sold else "off",
    }  # fmt: skip
