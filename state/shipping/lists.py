"""The shipping page in a tab of a browser: its two lists, what is chosen, and asking couriers about parcels."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any
from urllib.parse import urlencode

import anyio.to_thread
import reflex as rx

from dokango import process, topics
from dokango.couriers.process_desk import courier_desk
from dokango.couriers.standing import standings
from dokango.db import Tx
from dokango.errors import DokangoError
from dokango.orders import Context
from dokango.orders.parcels import lists
from dokango.orders.parcels.lists import TABS, TO_SHIP, Listed
from dokango.orders.parcels.news import sync_order
from dokango.paging import Page, shown
from dokango.people.permissions import Permission
from dokango.text import how_many
from state.kit import live
from state.kit.feedback import done, told, warned
from state.kit.session import allow, current_actor
from state.kit.ticks import Ticks
from state.kit.turns import Turned, cursor_in
from state.kit.work import now_us, read
from state.problems.url import ROUTE as PROBLEMS
from state.shipping.couriers import CouriersState
from state.shipping.line_text import lines_in_words, silent_since
from state.shipping.text import Row, row_in_words

ROUTE = "/shipping"
_WAS_A_TAB = "trouble"  # in old addresses: what it listed is the desk of problems'


class ShippingState(Ticks, Turned, rx.State):
    """Tabs, rows, ticks, and the progress of *Sync all*."""

    tab: str = TO_SHIP
    rows: list[Row] = []
    counts: dict[str, int] = {}
    lines: list[Row] = []  # how each courier stands
    news: str = ""
    loading: bool = True
    syncing: str = ""
    sync_done: int = 0
    sync_total: int = 0
    _stop: bool = False

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def load(self) -> Any:
        """The page's on_load, after each change of the address too."""
        asked = self.router.url.query_parameters
        tab = str(asked.get("tab", TO_SHIP))
        if tab == _WAS_A_TAB:
            return rx.redirect(PROBLEMS)
        live.watch(self, topics.ORDERS, topics.COURIER_LINES)
        self.tab = tab if tab in TABS else TO_SHIP
        self._cursor = cursor_in(asked.get("cursor", ""))
        await (await self.get_state(CouriersState))._read()
        await self._read()
        wanted = str(asked.get("chosen", ""))[:400].split(",")  # ticked on another page
        self._choose(number for number in self._tickable() if number in wanted)
        return None

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def bring_in(self) -> None:
        """Show the rows that came meanwhile, and let go of those that went."""
        await self._read()

    @rx.event(background=True)
    @allow(Permission.SHIP)
    async def sync_one(self, number: str) -> AsyncGenerator[Any, None]:
        """Ask the courier how one parcel fares."""
        context = Context(current_actor(), process.clock())
        async with self:
            self.syncing = str(number)[:20]
        try:
            synced = await _synced(context, str(number))
            yield done(f"#{number}: {synced.words}.") if synced.changed else told(f"#{number}: still “{synced.words}”.")
        finally:
            async with self:
                self.syncing = ""
                await self._read()

    @rx.event(background=True)
    @allow(Permission.SHIP)
    async def sync_all(self) -> AsyncGenerator[Any, None]:
        """Ask about every parcel on its way, one after the other, until done or stopped."""
        context = Context(current_actor(), process.clock())
        numbers = await read(lists.numbers_to_ask)
        async with self:
            if self.sync_total:
                return
            self._stop, self.sync_done, self.sync_total = False, 0, len(numbers)
        changed, failed = 0, ""
        try:
            for number in numbers:
                async with self:
                    if self._stop:
                        break
                try:
                    changed += (await _synced(context, number)).changed
                except DokangoError as error:
                    failed = f"#{number}: {error}"
                async with self:
                    self.sync_done += 1
        finally:
            async with self:
                asked, self.sync_total = self.sync_done, 0
                await self._read()
        yield warned(failed) if failed else done(_asked_words(asked, changed))

    @rx.event
    @allow(Permission.SHIP)
    async def stop_sync(self) -> None:
        """Ask about no more parcels; what was heard is kept."""
        self._stop = True

    async def _read(self) -> None:
        """Read the page asked for, and the counts."""
        now, tab, cursor = now_us(), self.tab, self._cursor
        page = await read(lambda tx: _page(tx, tab, cursor))
        self.counts = await live.once("shipping counts", lists.counts)
        silent = await self._read_lines(now)
        self.rows = [row_in_words(listed, now, silent) for listed in page.rows]
        self._turn(page)
        self.news, self.loading = "", False
        self._keep_ticks()

    async def _refresh(self) -> None:
        """After a commit: rows on the screen change in place and flash; what is new waits for a click."""
        now, tab, cursor = now_us(), self.tab, self._cursor
        self.counts = await live.once("shipping counts", lists.counts)
        page = await live.once(("shipping", tab, cursor), lambda tx: _page(tx, tab, cursor))
        silent = await self._read_lines(now)
        ids = [int(row["id"]) for row in self.rows]
        current = {
            str(listed.order.id): row_in_words(listed, now, silent)
            for listed in await read(lambda tx: lists.listed(tx, ids))
        }
        self.rows = [_flashed(row, current.get(row["id"], row)) for row in self.rows]
        new = {str(listed.order.id) for listed in page.rows} - {row["id"] for row in self.rows}
        self.news = how_many(len(new), "more order") if new else ""
        if not new:  # else the rows on the screen are another page than the fresh one, and its neighbours others
            self._turn(page)
        self._keep_ticks()

    async def _read_lines(self, now: int) -> dict[str, int]:
        """How the couriers stand; which of them are silent, and since when."""
        found = await live.once("couriers' lines", lambda tx: standings(tx, now))
        self.lines = lines_in_words(found, now)
        return silent_since(found)

    def _tickable(self) -> list[str]:
        """Those that can be sent."""
        waiting = [row for row in self.rows if not row["booking"] and row["work"] == "confirmed"]
        return [row["number"] for row in waiting] if self.tab == TO_SHIP else []

    def _turn(self, page: Page[Listed]) -> None:
        self._show_turns(page, lambda cursor: url(self.tab, cursor=cursor))


def url(tab: str = TO_SHIP, **more: str) -> str:
    """The address of a list; the first tab needs no word."""
    words = {"tab": tab if tab != TO_SHIP else "", **more}
    query = urlencode({name: value for name, value in words.items() if value})
    return f"{ROUTE}?{query}" if query else ROUTE


def _page(tx: Tx, tab: str, cursor: str) -> Page[Listed]:
    return shown(lambda at: lists.parcels_page(tx, tab, at), cursor)


async def _synced(context: Context, number: str) -> Any:
    return await anyio.to_thread.run_sync(lambda: sync_order(courier_desk(), process.database(), context, number))


def _flashed(before: Row, now: Row) -> Row:
    """The row as it is now; it flashes when more than its age differs."""
    same = {name: value for name, value in before.items() if name not in ("age", "asked", "fresh")}
    differs = any(now[name] != value for name, value in same.items())
    return {**now, "fresh": "1" if differs else ""}


def _asked_words(asked: int, changed: int) -> str:
    if not asked:
        return "No parcel is with a courier that can be asked."
    news = how_many(changed, "has news", "have news") if changed else "nothing new"
    return f"Asked about {how_many(asked, 'parcel')}: {news}."
