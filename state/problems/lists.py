"""The desk of problems: its tabs, rows and filters; what is due first stands first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import reflex as rx

from dokango import process, topics
from dokango.couriers.carriers import said_name
from dokango.couriers.registry import COURIERS
from dokango.db import Tx
from dokango.orders.acts.stand import stands_of
from dokango.orders.cases import lists
from dokango.orders.cases import rows as cases
from dokango.orders.cases.kinds import NEEDS_US
from dokango.orders.cases.rows import CaseRow
from dokango.paging import Page, shown
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.text import how_many
from state.kit import live
from state.kit.payload import fields
from state.kit.session import allow, current_actor
from state.kit.turns import Turned
from state.kit.work import read
from state.problems.tabs import tab_counts
from state.problems.text import Row, row_of
from state.problems.url import Asked, read_url


class ProblemsState(Turned, rx.State):
    """Tabs, rows, and the filters that are in the address."""

    tab: str = NEEDS_US
    rows: list[Row] = []
    counts: dict[str, int] = {}
    kind: str = ""
    courier: str = ""
    who: str = ""
    couriers: list[list[str]] = [["", "Any"]]
    narrowed: bool = False
    plain_url: str = ""
    news: str = ""
    loading: bool = True
    _asked: Asked = Asked()

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        self._asked = asked = read_url(self.router.url.query_parameters)
        self.tab, self.kind, self.courier, self.who = asked.tab, asked.kind, asked.courier, asked.who
        self.narrowed = bool(asked.kind or asked.courier or asked.who)
        self.plain_url = asked.url(kind="", courier="", who="")
        live.watch(self, topics.ORDERS)
        await self._read()

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def narrow(self, form: dict[str, Any]) -> Any:
        """Other filters: another address."""
        chosen = fields(form, 60)
        return rx.redirect(self._asked.url(**{name: chosen.get(name, "") for name in ("kind", "courier", "who")}))

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def bring_in(self) -> None:
        """Show the rows that came meanwhile, and let go of those that went."""
        await self._read()

    async def _read(self) -> None:
        actor, asked = current_actor(), self._asked
        page, rows = await read(lambda tx: _page(tx, actor, asked))
        self.counts = await tab_counts()
        self.couriers = _choices(await live.once("couriers with problems", lists.couriers_of), asked.courier)
        self.rows, self.news, self.loading = rows, "", False
        self._turn(page)

    async def _refresh(self) -> None:
        """After a commit: rows on the screen change in place and flash; what is new waits for a click."""
        actor, asked, ids = current_actor(), self._asked, [int(row["id"]) for row in self.rows]
        self.counts = await tab_counts()
        page = await live.once(("problems", asked, actor.name), lambda tx: _cases(tx, actor, asked))
        current = await read(lambda tx: {row["id"]: row for row in _rows(tx, actor, lists.listed(tx, ids))})
        self.rows = [_flashed(row, current.get(row["id"], row)) for row in self.rows]
        new = {str(case.id) for case in page.rows} - {row["id"] for row in self.rows}
        self.news = how_many(len(new), "more problem") if new else ""
        if not new:  # else the rows on the screen are another page than the fresh one, and its neighbours others
            self._turn(page)

    def _turn(self, page: Page[CaseRow]) -> None:
        self._show_turns(page, lambda cursor: self._asked.url(cursor=cursor))


def _choices(found: Mapping[str, str], chosen: str) -> list[list[str]]:
    """Every courier that has the row of one, or cases that wait; the chosen one stays when its last case has gone."""
    known = {kind.key: kind.name for kind in COURIERS.values() if kind.by_api} | dict(found)
    if chosen and chosen not in known:
        known[chosen] = COURIERS[chosen].name if chosen in COURIERS else said_name(chosen, {})
    return [["", "Any"], *([key, name] for key, name in known.items())]


def _page(tx: Tx, actor: Actor, asked: Asked) -> tuple[Page[CaseRow], list[Row]]:
    page = _cases(tx, actor, asked)
    return page, _rows(tx, actor, page.rows)


def _cases(tx: Tx, actor: Actor, asked: Asked) -> Page[CaseRow]:
    return shown(lambda at: lists.page(tx, asked.at(at).wanted(actor.name)), asked.cursor)


def _rows(tx: Tx, actor: Actor, found: Sequence[CaseRow]) -> list[Row]:
    stands = stands_of(tx, process.clock(), found)
    events = cases.events_of_each(tx, [case.id for case in found])
    return [row_of(stands[case.id], events[case.id], actor) for case in found]


def _flashed(before: Row, now: Row) -> Row:
    """The row as it is now; it flashes when more differs than how long there is still time."""
    same = {name: value for name, value in before.items() if name not in ("due", "fresh")}
    return {**now, "fresh": "1" if any(now[name] != value for name, value in same.items()) else ""}
