"""The list of customers: who was heard of last first, narrowed by a tab and searched."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import reflex as rx

from dokango import topics
from dokango.customers import lists
from dokango.customers.acts import labels_of_many
from dokango.db import Tx
from dokango.paging import Page, shown
from dokango.people.permissions import Permission
from state.customers.text import CUSTOMERS_PAGE, Row, row_of
from state.kit import live
from state.kit.payload import words
from state.kit.session import allow
from state.kit.turns import cursor_in, turns
from state.kit.work import now_us

_LONGEST = 80
TABS = {
    "": "All", "blocked": "Blocked", "owed": "We owe them", "owing": "They owe us", "credit": "With credit",
    "returns": "Many returns",
}  # fmt: skip


class CustomersState(rx.State):
    """One page of customers."""

    rows: list[Row] = []
    q: str = ""
    tab: str = ""
    previous_url: str = ""
    next_url: str = ""
    loading: bool = True
    _cursor: str = ""

    @rx.event
    @allow(Permission.VIEW_CUSTOMERS)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        query = self.router.url.query_parameters
        tab = words(query.get("tab", ""), 20)
        self.q, self.tab = words(query.get("q", ""), _LONGEST), tab if tab in TABS else ""
        self._cursor = cursor_in(query.get("cursor", ""))
        live.watch(self, topics.CUSTOMERS, topics.ORDERS)
        await self._refresh()
        self.loading = False

    @rx.event
    @allow(Permission.VIEW_CUSTOMERS)
    async def find(self, typed: str) -> Any:
        """Search as one types."""
        self.q = words(typed, _LONGEST)
        return rx.redirect(address(self.tab, self.q), replace=True)

    async def _refresh(self) -> None:
        asked, now = (self.q, self.tab, self._cursor), now_us()
        page = await live.once(("customers", *asked), lambda tx: _page(tx, *asked, now))
        self.rows = list(page.rows)
        self.previous_url, self.next_url = turns(page, lambda at: address(self.tab, self.q, at))


def address(tab: str, q: str = "", cursor: str = "") -> str:
    """Where a page of the list stands."""
    query = {name: value for name, value in {"tab": tab, "q": q, "cursor": cursor}.items() if value}
    return CUSTOMERS_PAGE + (f"?{urlencode(query)}" if query else "")


def _page(tx: Tx, q: str, tab: str, cursor: str, now: int) -> Page[Row]:
    page = shown(lambda at: lists.page(tx, q, tab, at), cursor)
    labels = labels_of_many(tx, [row.id for row in page.rows])
    return page.of(row_of(row, labels.get(row.id, []), now) for row in page.rows)
