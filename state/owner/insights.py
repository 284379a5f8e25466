"""The owner's page: one period's figures and charts, and the orders behind a bar."""

from __future__ import annotations

import calendar
import time
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from dokango import topics
from dokango.clock import day_of
from dokango.errors import InvalidInput
from dokango.paging import LONGEST, shown
from dokango.people.permissions import Permission
from dokango.reports.books.bases import BASES, BOOKED
from dokango.reports.books.orders_behind import orders_behind
from dokango.reports.books.profit import GROUPINGS
from dokango.reports.kit.periods import Period, parse_day, period, period_words
from dokango.reports.kit.places import Chart
from dokango.reports.overview import overview
from dokango.reports.register import standing
from state.kit import live
from state.kit.payload import texts, words
from state.kit.reading import Reading
from state.kit.session import allow
from state.kit.turns import turns
from state.kit.work import now_us, read
from state.owner.insights_text import behind_in_words, lists_in_words, periods_in_words, tiles_in_words

_ASKED = ("from", "to", "by", "basis", "bar", "cursor")
RANGES = (("7", "7 days"), ("30", "30 days"), ("90", "90 days"), ("365", "12 months"))
_CALM_S = 3.0
_MOST_DAYS = 92  # more than that by day is no chart any more
_MOST_SPAN = 5 * 366
_EMPTY: dict[str, Any] = {"data": [], "layout": {"height": 260}}


class InsightsState(rx.State):
    """What the page shows; filled only for who may see profit."""

    loading: bool = True
    asked: dict[str, str] = dict.fromkeys(_ASKED, "")
    range_urls: dict[str, str] = {key: "/insights" for key, _ in RANGES}
    range_key: str = "30"
    by_urls: dict[str, str] = dict.fromkeys(GROUPINGS, "/insights")
    by: str = "day"
    basis_urls: dict[str, str] = dict.fromkeys(BASES, "/insights")
    basis: str = BOOKED
    basis_said: str = BASES[BOOKED]
    said: str = ""
    errors: dict[str, str] = {}
    export_query: str = ""
    figures: list[dict[str, str]] = []
    charts: dict[str, dict[str, Any]] = {chart.key: _EMPTY for chart in standing(Chart)}
    profit_table: list[dict[str, str]] = []
    tables: dict[str, list[dict[str, str]]] = {}
    bar_said: str = ""
    bar_rows: list[dict[str, str]] = []
    bar_previous_url: str = ""
    bar_next_url: str = ""
    bar_journal_url: str = ""

    @rx.event
    @allow(Permission.SEE_PROFIT)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        query = self.router.url.query_parameters
        asked = {name: words(query.get(name, ""), LONGEST) for name in _ASKED}
        today = day_of(now_us())
        reading = Reading(asked)
        span = reading.tried(lambda: _span(asked, today), Period(today - timedelta(days=29), today))
        self.errors = reading.wrong
        known_by = asked["by"] if asked["by"] in GROUPINGS else ""
        self.by = "month" if span.days > _MOST_DAYS else known_by or "day"
        was = self._shows()
        self.basis = asked["basis"] if asked["basis"] in BASES else BOOKED
        self.basis_said = BASES[self.basis]
        days = {"from": span.first.isoformat(), "to": span.last.isoformat()}
        self.asked = {**asked, **days, "by": self.by, "basis": self.basis}
        self.said = span.said
        self._links(span, today)
        # A click on a bar changes the address alone: the charts stay as they are.
        if self.loading or was != self._shows():
            await self._show(span)
        await self._open_bar()

    @rx.event
    @allow(Permission.SEE_PROFIT)
    async def choose(self, form: dict[str, Any]) -> Any:
        """Another period, from the form over the charts."""
        typed = {name: value for name, value in texts(form, 40).items() if name in ("from", "to")}
        return rx.redirect(self._url(**typed, bar=""))

    @rx.event
    @allow(Permission.SEE_PROFIT)
    async def click_bar(self, points: list[dict[str, Any]]) -> Any:
        """Open the orders behind a bar of the profit charts."""
        first = points[0] if isinstance(points, list) and points and isinstance(points[0], dict) else {}
        bar = words(first.get("x"), 10)
        return rx.redirect(self._url(bar=bar), replace=True) if _bar_period(bar) else None

    @rx.event
    @allow(Permission.SEE_PROFIT)
    async def open_bar(self, bar: str) -> Any:
        """The same, from the table behind the charts."""
        bar = words(bar, 10)
        return rx.redirect(self._url(bar=bar), replace=True) if _bar_period(bar) else None

    @rx.event
    @allow(Permission.SEE_PROFIT)
    async def close_bar(self, is_open: bool = False) -> Any:
        """Close the drawer."""
        return None if is_open is True else rx.redirect(self._url(bar=""), replace=True)

    async def _refresh(self) -> None:
        await self._show(Period(date.fromisoformat(self.asked["from"]), date.fromisoformat(self.asked["to"])))

    async def _show(self, span: Period) -> None:
        by, basis, now, began = self.by, self.basis, now_us(), time.monotonic()
        live.watch(self, topics.ORDERS, topics.STOCK, calm_s=_CALM_S)
        seen = await live.once(
            ("insights", span, by, basis), lambda tx: overview(tx, span.first, span.last, by, now, basis)
        )
        # The more there is to read, the seldomer: an open page takes a twentieth of the machine at most.
        live.watch(self, topics.ORDERS, topics.STOCK, calm_s=max(_CALM_S, 20 * (time.monotonic() - began)))
        self.figures = tiles_in_words(seen)
        self.charts = {key: {**figure} for key, figure in seen.charts.items()}
        self.profit_table = periods_in_words(seen)
        self.tables = lists_in_words(seen)
        self.loading = False

    async def _open_bar(self) -> None:
        self.bar_rows, self.bar_said, self.bar_previous_url, self.bar_next_url = [], "", "", ""
        span, cursor = _bar_period(self.asked["bar"]), self.asked["cursor"]
        if span is None:
            return
        basis = self.basis
        page = await read(lambda tx: shown(lambda at: orders_behind(tx, span, at, basis=basis), cursor))
        self.bar_said = period_words(self.asked["bar"])
        self.bar_rows = [behind_in_words(row) for row in page.rows]
        self.bar_previous_url, self.bar_next_url = turns(page, lambda at: self._url(cursor=at))
        days = {"from": span.first.isoformat(), "to": span.last.isoformat()}
        self.bar_journal_url = "/books?" + urlencode({"tab": "journal", **days})

    def _links(self, span: Period, today: date) -> None:
        starts = {key: (today - timedelta(days=int(key) - 1)).isoformat() for key, _ in RANGES}
        ends = {"to": today.isoformat(), "by": "", "bar": ""}
        self.range_urls = {key: self._url(**{**ends, "from": start}) for key, start in starts.items()}
        here = [key for key, start in starts.items() if (start, today) == (span.first.isoformat(), span.last)]
        self.range_key = here[0] if here else ""
        self.by_urls = {by: self._url(by=by, bar="") for by in GROUPINGS}
        self.basis_urls = {basis: self._url(basis=basis, bar="") for basis in BASES}
        days = {"from": span.first.isoformat(), "to": span.last.isoformat(), "by": self.by, "basis": self.basis}
        self.export_query = urlencode(days)

    def _shows(self) -> tuple[str, ...]:
        return tuple(self.asked[name] for name in ("from", "to", "by", "basis"))

    def _url(self, **changes: str) -> str:
        """The page's address with `changes`; the orders behind a bar begin with their first page."""
        query = {name: value for name, value in {**self.asked, "cursor": "", **changes}.items() if value}
        return f"/insights?{urlencode(query)}"


def _span(asked: Mapping[str, str], today: date) -> Period:
    """The days that the address asks for, else the last thirty. Raises InvalidInput."""
    last = parse_day(asked["to"], "to") if asked["to"] else today
    last = period(last, last).last  # far enough from the ends of the calendar to count back from it
    span = period(parse_day(asked["from"], "from") if asked["from"] else last - timedelta(days=29), last)
    if span.days > _MOST_SPAN:
        raise InvalidInput({"from": "At most five years at once."})
    return span


def _bar_period(bar: str) -> Period | None:
    """The days of "2026-11-22" or "2026-11"; None for anything else."""
    return Reading().tried(lambda: _days_of(bar), None)


def _days_of(bar: str) -> Period:
    if len(bar) != len("2026-11"):
        return period(parse_day(bar, "bar"), parse_day(bar, "bar"))
    first = parse_day(f"{bar}-01", "bar")
    return period(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))
