"""The stock page: the shelf as the address asks for it, and the drawer with one SKU's movements."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import reflex as rx

from dokango import topics
from dokango.db import Tx
from dokango.errors import NotFound
from dokango.money import taka
from dokango.people.permissions import Permission
from dokango.reports.movements import movements
from dokango.stock.shelf import PAGE, ShelfPage, ShelfTotals, shelf_page, shelf_totals, shelved
from state.kit import live
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.stock.text import movement_in_words, row_in_words, rows_in_words, units

_ASKED = ("q", "low", "after", "before", "sku")


class StockState(rx.State):
    """What the page shows. Cost and value are sent to those alone who may see them."""

    loading: bool = True
    rows: list[dict[str, str]] = []
    asked: dict[str, str] = dict.fromkeys(_ASKED, "")
    before_url: str = ""
    after_url: str = ""
    low_url: str = "/stock?low=1"
    all_url: str = "/stock"
    low_count: str = ""
    units: str = ""
    value: str = ""
    opened: dict[str, str] = {}
    opened_movements: list[dict[str, str]] = []
    more_movements: bool = False
    missing: str = ""

    @rx.event
    @allow(Permission.VIEW_STOCK)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        query = self.router.url.query_parameters
        self.asked = {name: words(query.get(name, ""), 120) for name in _ASKED}
        live.watch(self, topics.STOCK, topics.CATALOGUE)
        await self._refresh()

    @rx.event
    @allow(Permission.VIEW_STOCK)
    async def find(self, typed: str) -> Any:
        """Search as one types."""
        self.asked = {**self.asked, "q": words(typed, 80)}
        return rx.redirect(self._url(after="", before="", sku=""), replace=True)

    @rx.event
    @allow(Permission.VIEW_STOCK)
    async def open_sku(self, sku: str) -> Any:
        """Open the drawer on one SKU; the address says so."""
        return rx.redirect(self._url(sku=words(sku, 120)), replace=True)

    @rx.event
    @allow(Permission.VIEW_STOCK)
    async def close_sku(self, is_open: bool = False) -> Any:
        """Close the drawer."""
        return None if is_open is True else rx.redirect(self._url(sku=""), replace=True)

    @rx.event
    @allow(Permission.VIEW_STOCK)
    async def turn(self, way: str) -> Any:
        """To the page before or after."""
        return rx.redirect(self.before_url if way == "before" else self.after_url)

    @rx.event
    @allow(Permission.VIEW_STOCK)
    async def older_movements(self) -> None:
        """Add the movements before the last one shown."""
        if not self.opened or not self.opened_movements:
            return
        sku, last = self.opened["sku"], int(self.opened_movements[-1]["id"])
        with_cost = current_actor().may(Permission.SEE_COST)
        found = await live.once(("movements", sku, last), lambda tx: movements(tx, sku, before_id=last))
        self.opened_movements += [movement_in_words(moved, with_cost=with_cost) for moved in found]
        self.more_movements = len(found) == PAGE

    async def _refresh(self) -> None:
        asked = dict(self.asked)
        with_cost = current_actor().may(Permission.SEE_COST)
        page, totals = await live.once(("shelf", *asked.values()), lambda tx: _read_shelf(tx, asked))
        self.rows = rows_in_words(page.rows, with_cost=with_cost)
        self.units, self.low_count = units(totals.units), str(totals.low)
        self.value = taka(totals.value_poisha) if with_cost else ""
        self._turns(page)
        self.low_url, self.all_url = self._url(low="1", after="", before=""), self._url(low="", after="", before="")
        await self._show_sku(asked["sku"], with_cost)
        self.loading = False

    async def _show_sku(self, sku: str, with_cost: bool) -> None:
        self.missing = ""
        if not sku:
            self.opened, self.opened_movements, self.more_movements = {}, [], False
            return
        try:
            row, moved = await live.once(("sku", sku), lambda tx: (shelved(tx, sku), movements(tx, sku)))
        except NotFound as error:
            self.opened, self.opened_movements, self.missing = {}, [], str(error)
            return
        self.opened = row_in_words(row, with_cost=with_cost)
        self.opened_movements = [movement_in_words(m, with_cost=with_cost) for m in moved]
        self.more_movements = len(moved) == PAGE

    def _turns(self, page: ShelfPage) -> None:
        came_back = bool(self.asked["before"])
        skus = [row.sku for row in page.rows]
        has_before = page.has_more if came_back else bool(self.asked["after"])
        has_after = came_back or page.has_more
        self.before_url = self._url(before=skus[0], after="") if skus and has_before else ""
        self.after_url = self._url(after=skus[-1], before="") if skus and has_after else ""

    def _url(self, **changes: str) -> str:
        query = {name: value for name, value in {**self.asked, **changes}.items() if value}
        return "/stock" + (f"?{urlencode(query)}" if query else "")


def _read_shelf(tx: Tx, asked: dict[str, str]) -> tuple[ShelfPage, ShelfTotals]:
    page = shelf_page(
        tx, words=asked["q"], low_only=asked["low"] == "1", after=asked["after"], before=asked["before"]
    )  # fmt: skip
    return page, shelf_totals(tx)
