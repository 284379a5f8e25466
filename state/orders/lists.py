"""The order list in a tab of a browser: what the URL asks for, up to date without moving rows under the pointer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx

from dokango import topics
from dokango.db import Tx
from dokango.orders import Context, Done, perform_once
from dokango.orders.book.queues import QUEUE, QUEUES
from dokango.orders.lifecycle.commands import Mark
from dokango.orders.lifecycle.decisions.guards import HOLD_WORDS
from dokango.orders.reading import lists
from dokango.paging import Page
from dokango.payments.methods import said_method
from dokango.people.permissions import Permission
from dokango.process import clock
from dokango.text import how_many
from state.kit import live
from state.kit.feedback import done
from state.kit.payload import texts
from state.kit.session import allow, current_actor
from state.kit.ticks import Ticks
from state.kit.turns import Turned
from state.kit.work import now_us, read, write
from state.orders.came_from import CameFromState
from state.orders.order import OrderState
from state.orders.row_text import page_in_words, rows_in_words
from state.orders.undo import taking_back
from state.orders.url import FILTER_NAMES, Asked, read_url


class OrdersState(Ticks, Turned, rx.State):
    """The list, its tabs, and the rows that are chosen."""

    tab: str = "to_verify"
    search: str = ""
    newest_first: bool = False
    sort_url: str = "/orders"
    rows: list[dict[str, str]] = []
    counts: dict[str, int] = {queue.key: 0 for queue in QUEUES}
    chips: list[dict[str, str]] = []
    filters: dict[str, str] = dict.fromkeys(FILTER_NAMES, "")
    news: str = ""
    loading: bool = True
    empty_words: str = ""
    filter_open: bool = False
    peek: str = ""
    peek_before: str = ""
    peek_after: str = ""
    _asked: Asked = Asked()
    _seen_id: int = 0

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        asked = read_url(self.router.url.query_parameters)
        live.watch(self, topics.ORDERS)
        # The drawer's turn leaves the list alone; the very same address again (a reload, a reconnect) reads it anew.
        only_peek = (
            not self.loading and asked.peek != self._asked.peek and asked.url(peek="") == self._asked.url(peek="")
        )
        if asked.tab != self._asked.tab:
            self._choose([])
        self._asked = asked
        (await self.get_state(CameFromState)).orders_url = asked.url(peek="")
        if not only_peek:
            await self._read()
        await self._show_peek()

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def bring_in(self) -> None:
        """Show the rows that came meanwhile."""
        await self._read()

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def find(self, typed: str) -> Any:
        """Search as one types, in all orders unless a tab is chosen afterwards."""
        self.search = typed[:80] if isinstance(typed, str) else ""
        wanted = self.search.strip()
        tab = "all" if wanted and not self._asked.search else self._asked.tab
        return rx.redirect(self._asked.url(search=wanted, tab=tab), replace=True)

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def show_filter(self, is_open: bool) -> None:
        """Open or close the filter form."""
        self.filter_open = bool(is_open)

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def filter(self, form: dict[str, Any]) -> Any:
        """Narrow the list by the filter form."""
        chosen, self.filter_open = texts(form, 80), False
        return rx.redirect(self._asked.url(filters={name: chosen[name] for name in FILTER_NAMES if chosen.get(name)}))

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def open_peek(self, number: str) -> Any:
        """Open the drawer on one row; the address says so."""
        return rx.redirect(self._asked.url(peek=str(number)[:20]), replace=True)

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def close_peek(self, is_open: bool = False) -> Any:
        """Close the drawer."""
        return None if is_open else rx.redirect(self._asked.url(peek=""), replace=True)

    @rx.event
    @allow(Permission.PACK)
    async def assign_chosen(self) -> Any:
        """Put one's own name on the chosen orders."""
        actor = current_actor()
        versions = {row["number"]: int(row["version"]) for row in self.rows if row["number"] in self.chosen}

        def assign(tx: Tx) -> list[Done]:
            mine = Mark(assigned_to=actor.name)
            return [perform_once(tx, Context(actor, clock(), seen), number, mine) for number, seen in versions.items()]

        results = await write(assign)
        self._choose([])
        return done(f"{len(versions)} orders are yours.", taking_back(Mark.action, results))

    async def _read(self) -> None:
        """Read the page asked for, and the counts."""
        asked, now = self._asked, now_us()
        page = await read(lambda tx: page_in_words(tx, asked.wanted(), now))
        self.counts = await live.once("order counts", lists.counts)
        self._seen_id = await live.once("newest order", lists.newest_id)
        self.rows, self.news, self.loading = list(page.rows), "", False
        self._turn(page)
        self.tab, self.search, self.filters = (
            asked.tab,
            asked.search,
            dict.fromkeys(FILTER_NAMES, "") | dict(asked.filters),
        )
        self.newest_first = asked.newest_first
        self.sort_url = asked.url(sort="oldest" if asked.newest_first else "newest")
        self.chips = _chips(asked)
        narrowed = asked.search or asked.filters
        self.empty_words = "Take a filter off, or search for something else." if narrowed else QUEUE[asked.tab].empty
        self._keep_ticks()

    async def _refresh(self) -> None:
        """After a commit: rows on the screen change in place and flash; what is new waits for a click."""
        asked, now = self._asked, now_us()
        self.counts = await live.once("order counts", lists.counts)
        wanted = asked.wanted()
        fresh = await live.once(("orders", wanted), lambda tx: page_in_words(tx, wanted, now))
        current = {row["id"]: row for row in fresh.rows}
        missing = [int(row["id"]) for row in self.rows if row["id"] not in current]
        elsewhere = {row["id"]: row for row in await read(lambda tx: rows_in_words(tx, missing, now))}
        self.rows = [_brought_up_to_date(row, current, elsewhere) for row in self.rows]
        self._keep_ticks()
        shown = {row["id"] for row in self.rows}
        new = [row for row in fresh.rows if row["id"] not in shown]
        self.news = _news(new, self._seen_id)
        if not new:  # else the rows on the screen are another page than the fresh one, and its neighbours others
            self._turn(fresh)

    def _turn(self, page: Page[dict[str, str]]) -> None:
        self._show_turns(page, lambda cursor: self._asked.url(cursor=cursor))

    async def _show_peek(self) -> None:
        """Fill the drawer with the order that the address names."""
        asked = self._asked
        self.peek = asked.peek
        numbers = [row["number"] for row in self.rows]
        at = numbers.index(asked.peek) if asked.peek in numbers else -1
        self.peek_before = asked.url(peek=numbers[at - 1]) if at > 0 else ""
        self.peek_after = asked.url(peek=numbers[at + 1]) if 0 <= at < len(numbers) - 1 else ""
        order = await self.get_state(OrderState)
        await order._open(asked.peek)


def _brought_up_to_date(
    row: dict[str, str], current: dict[str, dict[str, str]], elsewhere: dict[str, dict[str, str]]
) -> dict[str, str]:
    """A row on the screen as it stands now; it stays in its place, dimmed, when it has left the tab."""
    now = current.get(row["id"]) or elsewhere.get(row["id"]) or row
    changed = now["version"] != row["version"]
    left = row["id"] not in current and (changed or row["left"] == "1")
    return {**now, "fresh": "1" if changed else "", "left": "1" if left else ""}


def _news(new: list[dict[str, str]], seen_id: int) -> str:
    """What waits above the list, in words; "" for nothing."""
    placed = sum(int(row["id"]) > seen_id for row in new)
    if placed:
        return how_many(placed, "new order")
    return how_many(len(new), "more row") if new else ""


def _chips(asked: Asked) -> list[dict[str, str]]:
    """Each filter that is on, in words, with the address without it."""
    words: dict[str, Callable[[str], str]] = {
        "method": said_method,
        "held": lambda v: "on hold" if v == lists.ANY_HOLD else f"held: {HOLD_WORDS.get(v, v)}",
        "status": lambda v: v.replace("_", " "),
        "from": lambda v: f"from {v}",
        "to": lambda v: f"until {v}",
        "money": lambda v: v.replace("_", " "),
    }
    return [
        {
            "words": words[name](value) if name in words else value,
            "url": asked.url(filters={other: v for other, v in asked.filters.items() if other != name}),
        }
        for name, value in asked.filters.items()
    ]
