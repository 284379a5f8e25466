"""The list of claims: what waits first, by the end of its courier's window, then what is closed."""

from __future__ import annotations

import reflex as rx

from dokango import topics
from dokango.db import Tx
from dokango.orders.claims import lists
from dokango.orders.claims.lists import ListedClaim
from dokango.paging import Page, shown
from dokango.people.permissions import Permission
from dokango.text import how_many
from state.claims.text import Row, row_of
from state.kit import live
from state.kit.session import allow
from state.kit.turns import Turned
from state.kit.work import now_us, read
from state.problems.tabs import tab_counts
from state.problems.text import CLAIMS_PAGE


class ClaimsState(Turned, rx.State):
    """One page of claims, with the counts of the desk's tabs."""

    rows: list[Row] = []
    counts: dict[str, int] = {}
    news: str = ""
    loading: bool = True

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        self._turn_to_page_asked()
        live.watch(self, topics.ORDERS)
        await self._read()

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def bring_in(self) -> None:
        """Show the claims that came meanwhile, each in its place."""
        await self._read()

    async def _read(self) -> None:
        cursor, now = self._cursor, now_us()
        page = await read(lambda tx: _page(tx, cursor))
        self.counts = await tab_counts()
        self.rows, self.news, self.loading = [row_of(claim, now) for claim in page.rows], "", False
        self._show_turns(page, lambda at: f"{CLAIMS_PAGE}?cursor={at}")

    async def _refresh(self) -> None:
        """After a commit: rows on the screen change in place and flash; what is new waits for a click."""
        cursor, now, ids = self._cursor, now_us(), [int(row["id"]) for row in self.rows]
        self.counts = await tab_counts()
        current = await read(lambda tx: {str(claim.id): row_of(claim, now) for claim in lists.listed(tx, ids)})
        self.rows = [_flashed(row, current.get(row["id"], row)) for row in self.rows]
        page = await live.once(("claims", cursor), lambda tx: _page(tx, cursor))
        new = {claim.id for claim in page.rows} - set(ids)
        self.news = how_many(len(new), "more claim") if new else ""


def _page(tx: Tx, cursor: str) -> Page[ListedClaim]:
    return shown(lambda at: lists.page(tx, at), cursor)


def _flashed(before: Row, now: Row) -> Row:
    """The row as it is now; it flashes when more differs than how long there is still time."""
    same = {name: value for name, value in before.items() if name not in ("due", "left", "fresh")}
    return {**now, "fresh": "1" if any(now[name] != value for name, value in same.items()) else ""}
