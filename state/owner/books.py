"""The books page: one tab at a time, as the address asks for it; every figure leads to its entries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from dokango import topics
from dokango.checks import run_checks
from dokango.clock import day_of, said, said_day
from dokango.couriers.carriers import names_written
from dokango.db import Tx
from dokango.errors import NotFound
from dokango.money import taka
from dokango.paging import LONGEST, Page, shown
from dokango.people.permissions import Permission
from dokango.reports.books.account_names import account_name
from dokango.reports.books.bases import BASES, BOOKED
from dokango.reports.books.journal import Entry, entries
from dokango.reports.books.statements import balance_sheet, balances_at, profit_and_loss
from dokango.reports.kit.periods import FIRST_DAY, Period, parse_day, period
from dokango.reports.kit.places import BooksTab
from dokango.reports.kit.spreadsheet import FILE_KINDS
from dokango.reports.not_confirmed import not_confirmed
from dokango.reports.register import standing
from state.kit import live
from state.kit.payload import texts, words
from state.kit.reading import Reading
from state.kit.session import allow
from state.kit.turns import turns
from state.kit.work import now_us, read
from state.owner.books_text import balance_in_words, check_in_words, entry_in_words, statement_in_words

TABS = {tab.key: tab for tab in standing(BooksTab)}
_FIRST = next(iter(TABS))
_ASKED = ("tab", "from", "to", "account", "order", "basis", "cursor")
_CALM_S = 2.0


class BooksState(rx.State):
    """What the tab shows; nothing of it is filled before the gate has let the owner in."""

    loading: bool = True
    tab: str = _FIRST
    by_period: bool = False
    asked: dict[str, str] = dict.fromkeys(_ASKED, "")
    tab_urls: dict[str, str] = {key: f"/books?tab={key}" for key in TABS}
    exports: dict[str, str] = dict.fromkeys(FILE_KINDS, "")
    said: str = ""
    errors: dict[str, str] = {}
    balances: list[dict[str, str]] = []
    balance_totals: dict[str, str] = {}
    statement: dict[str, list[dict[str, str]]] = {}
    statement_totals: dict[str, str] = {}
    unconfirmed: str = ""  # of the profit that is shown
    basis: str = BOOKED
    basis_said: str = BASES[BOOKED]
    basis_urls: dict[str, str] = dict.fromkeys(BASES, "/books")
    entries: list[dict[str, Any]] = []
    previous_url: str = ""
    next_url: str = ""
    narrowed: str = ""
    bounded: bool = True  # whether the period narrows the journal; an order or account opens to its whole history
    news: str = ""
    checks: list[dict[str, Any]] = []
    checks_said: str = ""
    checking: bool = False
    _newest: str = ""  # the key of the book's latest entry when the journal was read

    @rx.event
    @allow(Permission.SEE_BOOKS)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        query = self.router.url.query_parameters
        asked = {name: words(query.get(name, ""), LONGEST) for name in _ASKED}
        today = day_of(now_us())
        reading = Reading(asked)
        span = reading.tried(lambda: _span(asked, today), Period(today.replace(day=1), today))
        self.errors = reading.wrong
        self.tab = asked["tab"] if asked["tab"] in TABS else _FIRST
        self.by_period = TABS[self.tab].by_period
        self.asked = {**asked, "tab": self.tab, "from": span.first.isoformat(), "to": span.last.isoformat()}
        self.tab_urls = {key: self._url(tab=key, account="", order="", cursor="") for key in TABS}
        self.basis = asked["basis"] if asked["basis"] in BASES else BOOKED
        self.basis_said = BASES[self.basis]
        self.basis_urls = {basis: self._url(basis=basis) for basis in BASES}
        self.bounded = self.tab != "journal" or bool(query.get("from")) or not (asked["order"] or asked["account"])
        self._point_exports()
        live.watch(self, topics.ORDERS, topics.STOCK, calm_s=_CALM_S)
        await self._show()

    @rx.event
    @allow(Permission.SEE_BOOKS)
    async def choose(self, form: dict[str, Any]) -> Any:
        """Another period, day, account or order, from the form over the table."""
        typed = {name: value for name, value in texts(form, 120).items() if name in _ASKED}
        return rx.redirect(self._url(**{**typed, "cursor": "", "tab": self.tab}))

    @rx.event
    @allow(Permission.SEE_BOOKS)
    async def check_again(self) -> Any:
        """Prove every invariant anew."""
        self.checking = True
        yield
        await self._check()
        self.checking = False

    @rx.event
    @allow(Permission.SEE_BOOKS)
    async def bring_in(self) -> None:
        """Show the entries that came meanwhile."""
        await self._show()

    async def _refresh(self) -> None:
        """Balances follow by themselves; the journal's rows wait for a click, and a check is run when asked for."""
        if self.tab == "journal":
            newest = await live.once(("newest entry",), lambda tx: entries(tx, limit=1).rows)
            if newest and not self.asked["cursor"] and newest[0].key != self._newest:
                self.news = "There are new entries."
        elif self.tab != "check":
            await self._show()

    async def _show(self) -> None:
        self.news = ""
        span = Period(date.fromisoformat(self.asked["from"]), date.fromisoformat(self.asked["to"]))
        self.said = span.said if self.by_period else f"at the end of {said_day(span.last)}"
        await _SHOWING[self.tab](self, span)
        self.loading = False

    async def _show_balances(self, span: Period) -> None:
        found = await live.once(("balances", span.last), lambda tx: balances_at(tx, span.last))
        self.balances, self.balance_totals = balance_in_words(found, self._entries_of, await _names())

    async def _show_profit(self, span: Period) -> None:
        basis = self.basis
        earned, unsure = await live.once(
            ("profit", span, basis),
            lambda tx: (profit_and_loss(tx, span, basis), not_confirmed(tx, span).amount_poisha),
        )
        self.unconfirmed = taka(unsure, exact=True) if unsure and basis == BOOKED else ""
        parts = {"income": earned.income, "expenses": earned.expenses}
        totals = (earned.income_poisha, earned.expenses_poisha, earned.profit_poisha)
        self.statement, self.statement_totals = statement_in_words(parts, totals, self._entries_of, await _names())

    async def _show_sheet(self, span: Period) -> None:
        state = await live.once(("sheet", span.last), lambda tx: balance_sheet(tx, span.last))
        parts = {"assets": state.assets, "debts": state.liabilities}
        totals = (state.assets_poisha, state.liabilities_poisha, state.profit_poisha)
        self.statement, self.statement_totals = statement_in_words(parts, totals, self._entries_of, await _names())

    async def _show_journal(self, span: Period) -> None:
        asked = dict(self.asked)
        bounded = self.bounded

        def journal(tx: Tx, cursor: str) -> Page[Entry]:
            return entries(
                tx,
                order=asked["order"].lstrip("#") or None,
                account=asked["account"] or None,
                since_us=span.since_us if bounded else 0,
                until_us=span.until_us if bounded else None,
                cursor=cursor,
            )

        try:
            page = await live.once(
                ("journal", bounded, *asked.values()), lambda tx: shown(lambda at: journal(tx, at), asked["cursor"])
            )
        except NotFound as error:
            self.errors = {"order": str(error)}
            self.entries, self.previous_url, self.next_url, self.narrowed = [], "", "", ""
            return
        latest = await live.once(("newest entry",), lambda tx: entries(tx, limit=1).rows)
        self._newest = latest[0].key if latest else ""
        names = await _names()
        self.entries = [entry_in_words(entry, names) for entry in page.rows]
        here = {"tab": "journal", **({} if bounded else {"from": "", "to": ""})}
        self.previous_url, self.next_url = turns(page, lambda at: self._url(**here, cursor=at))
        self.narrowed = account_name(asked["account"], names) if asked["account"] else ""
        self.said = self.said if bounded else "from the beginning"

    async def _check(self, _: Period | None = None) -> None:
        results = await read(run_checks)
        self.checks = [check_in_words(result) for result in results]
        broken = sum(1 for result in results if not result.ok)
        verdict = f"{broken} of {len(results)} do not hold" if broken else f"All {len(results)} hold"
        self.checks_said = f"{verdict}, checked {said(now_us())}"

    def _point_exports(self) -> None:
        """The file of what is shown."""
        asked = {name: self.asked[name] for name in ("from", "to")}
        if self.tab == "profit":
            asked = {**asked, "basis": self.basis}
        if self.tab == "journal":
            first = {} if self.bounded else {"from": FIRST_DAY.isoformat()}
            asked = {**asked, **first, "order": self.asked["order"], "account": self.asked["account"]}
        file = TABS[self.tab].file
        query = urlencode({name: value for name, value in asked.items() if value})
        self.exports = {kind: f"/export/{file}.{kind}?{query}" if file else "" for kind in FILE_KINDS}

    def _entries_of(self, account: str) -> str:
        """The journal of one account, up to the day that is shown."""
        since = {"from": self.asked["from"]} if self.tab == "profit" else {"from": FIRST_DAY.isoformat()}
        return "/books?" + urlencode({"tab": "journal", "account": account, **since, "to": self.asked["to"]})

    def _url(self, **changes: str) -> str:
        query = {name: value for name, value in {**self.asked, **changes}.items() if value}
        return f"/books?{urlencode(query)}"


_SHOWING: dict[str, Callable[[BooksState, Period], Awaitable[None]]] = {
    "balances": BooksState._show_balances,
    "profit": BooksState._show_profit,
    "sheet": BooksState._show_sheet,
    "journal": BooksState._show_journal,
    "check": BooksState._check,
}


async def _names() -> dict[str, str]:
    return await live.once("names of couriers", names_written)


def _span(asked: Mapping[str, str], today: date) -> Period:
    """The days that the address asks for: else the month up to its last day. Raises InvalidInput."""
    last = parse_day(asked["to"], "to") if asked["to"] else today
    return period(parse_day(asked["from"], "from") if asked["from"] else min(last, today).replace(day=1), last)
