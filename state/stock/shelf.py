"""The stock page: the shelf as the address asks for it, and the drawer with one SKU's movements."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import reflex as rx

from dokango import topics
from dokango.db import Tx
from dokango.errors import NotFound
from dokango.money import taka
from dokango.orders.reading.unconfirmed_units import unconfirmed_units
from dokango.paging import LONGEST, Page, shown
from dokango.people.permissions import Permission
from dokango.reports.movements import Moved, movements
from dokango.stock.shelf import OnShelf, ShelfTotals, shelf_page, shelf_totals, shelved
from state.kit import live
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.turns import Turned, turns
from state.stock.text import movement_in_words, row_in_words, rows_in_words, units

_ASKED = ("q", "low", "cursor", "sku", "moved")


class StockState(Turned, rx.State):
    """What the page shows. Cost and value are sent to those alone who may see them."""

    loading: bool = True
    rows: list[dict[str, str]] = []
    asked: dict[str, str] = dict.fromkeys(_ASKED, "")
    low_url: str = "/stock?low=1"
    all_url: str = "/stock"
    low_count: str = ""
    units: str = ""
    value: str = ""
    opened: dict[str, str] = {}
    opened_movements: list[dict[str, str]] = []
    later_moves_url: str = ""  # the newest stand on the first page: the one before holds what moved later
    earlier_moves_url: str = ""
    missing: str = ""

    @rx.event
    @allow(Permission.VIEW_STOCK)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        query = self.router.url.query_parameters
        self.asked = {name: words(query.get(name, ""), LONGEST) for name in _ASKED}
        live.watch(self, topics.STOCK, topics.CATALOGUE)
        await self._refresh()

    @rx.event
    @allow(Permission.VIEW_STOCK)
    async def find(self, typed: str) -> Any:
        """Search as one types."""
        self.asked = {**self.asked, "q": words(typed, 80)}
        return rx.redirect(self._url(cursor="", sku="", moved=""), replace=True)

    @rx.event
    @allow(Permission.VIEW_STOCK)
    async def open_sku(self, sku: str) -> Any:
        """Open the drawer on one SKU; the address says so."""
        return rx.redirect(self._url(sku=words(sku, 120), moved=""), replace=True)

    @rx.event
    @allow(Permission.VIEW_STOCK)
    async def close_sku(self, is_open: bool = False) -> Any:
        """Close the drawer."""
        return None if is_open is True else rx.redirect(self._url(sku="", moved=""), replace=True)

    async def _refresh(self) -> None:
        asked = dict(self.asked)
        with_cost = current_actor().may(Permission.SEE_COST)
        page, totals, kept = await live.once(("shelf", *asked.values()), lambda tx: _read_shelf(tx, asked))
        self.rows = rows_in_words(page.rows, kept, with_cost=with_cost)
        self.units, self.low_count = units(totals.units), str(totals.low)
        self.value = taka(totals.value_poisha) if with_cost else ""
        self._show_turns(page, lambda cursor: self._url(cursor=cursor))
        self.low_url, self.all_url = self._url(low="1", cursor=""), self._url(low="", cursor="")
        await self._show_sku(asked["sku"], asked["moved"], with_cost)
        self.loading = False

    async def _show_sku(self, sku: str, cursor: str, with_cost: bool) -> None:
        self.missing, self.opened, self.opened_movements = "", {}, []
        self.later_moves_url = self.earlier_moves_url = ""
        if not sku:
            return
        try:
            row, page, kept = await live.once(("sku", sku, cursor), lambda tx: _read_sku(tx, sku, cursor))
        except NotFound as error:
            self.missing = str(error)
            return
        self.opened = row_in_words(row, kept, with_cost=with_cost)
        self.opened_movements = [movement_in_words(m, with_cost=with_cost) for m in page.rows]
        self.later_moves_url, self.earlier_moves_url = turns(page, lambda moved: self._url(moved=moved))

    def _url(self, **changes: str) -> str:
        query = {name: value for name, value in {**self.asked, **changes}.items() if value}
        return "/stock" + (f"?{urlencode(query)}" if query else "")


def _read_shelf(tx: Tx, asked: dict[str, str]) -> tuple[Page[OnShelf], ShelfTotals, dict[str, int]]:
    def read(cursor: str) -> Page[OnShelf]:
        return shelf_page(tx, words=asked["q"], low_only=asked["low"] == "1", cursor=cursor)

    page = shown(read, asked["cursor"])
    return page, shelf_totals(tx), unconfirmed_units(tx, [row.sku for row in page.rows])


def _read_sku(tx: Tx, sku: str, cursor: str) -> tuple[OnShelf, Page[Moved], int]:
    kept = unconfirmed_units(tx, [sku]).get(sku, 0)
    return shelved(tx, sku), shown(lambda at: movements(tx, sku, at), cursor), kept
