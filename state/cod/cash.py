"""The page of couriers' cash: payouts that came, and the preview of one before it is booked."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import anyio.to_thread
import reflex as rx

from dokango import process, topics
from dokango.courier_errors import CourierError
from dokango.couriers.carriers import names_written, said_name
from dokango.couriers.process_desk import courier_desk
from dokango.couriers.tariffs import load_tariffs
from dokango.db import Tx
from dokango.errors import InvalidInput, NotFound
from dokango.importing.table_file import Sheet
from dokango.payouts import columns
from dokango.payouts.asked import MOST_PAGES, asked_page, fetched
from dokango.payouts.book import done_before
from dokango.payouts.findings import Matched
from dokango.payouts.from_courier import paying_couriers
from dokango.payouts.known import couriers_before
from dokango.payouts.match import match
from dokango.payouts.statement import Statement
from dokango.payouts.waiting import WaitingPayout, first_choice, waiting_payout
from dokango.people.permissions import Permission
from dokango.reports.held_cash import held_by_day
from dokango.settings import settings
from state.cod.text import Row, line_in_words, payout_told, summary_of
from state.kit import live
from state.kit.asked_columns import column_asked
from state.kit.payload import words
from state.kit.session import allow
from state.kit.work import now_us, read

_MOST_LINES = 600


class CourierCashState(rx.State):
    """Whose payouts may come; with `?file=…` in the address, that payout beside what we know."""

    loading: bool = True
    couriers: list[tuple[str, str]] = []
    can_ask: list[tuple[str, str]] = []
    refused: str = ""
    said: str = ""
    asked_of: str = ""  # the courier whose payouts are listed
    told: list[Row] = []
    older: int = 0  # the page of its list that follows; 0 for none
    asking: str = ""  # the courier that has not answered yet
    token: str = ""
    fetched: str = ""  # instead of a file: a payout that the courier's API told
    file_name: str = ""
    file_of: str = ""  # whose payout the file is that is asked for, and its number
    file_number: str = ""
    columns: list[Row] = []
    lines: list[Row] = []
    summary: str = ""
    problem: str = ""
    seen: str = ""  # the print of what is previewed

    @rx.event
    @allow(Permission.SETTLE_COD)
    async def load(self) -> None:
        """The page's on_load."""
        query = self.router.url.query_parameters
        self.token, self.refused = words(query.get("file", ""), 32), words(query.get("refused", ""), 400)
        self.fetched = words(query.get("fetched", ""), 32)
        self.file_of, self.file_number = words(query.get("of", ""), 60), words(query.get("number", ""), 60)
        self.asked_of, self.told, self.older = "", [], 0
        self.said = "The payout is booked." if query.get("done") else ""
        self.columns, self.lines, self.summary, self.problem, self.seen = [], [], "", "", ""
        live.watch(self, topics.ORDERS, topics.SETTINGS, calm_s=2.0)
        await self._refresh()
        if self.token:
            await self._open()
        elif self.fetched:
            await self._open_fetched()
        self.loading = False

    @rx.event
    @allow(Permission.SETTLE_COD)
    async def ask(self, courier: str, at: int = 1) -> AsyncGenerator[None, None]:
        """What this courier says that it paid out, and nobody booked; `at` is the page of its own list."""
        key, page, desk, db = words(courier, 40), min(max(1, at), MOST_PAGES), courier_desk(), process.database()
        self.refused, self.said, self.asked_of, self.told, self.asking, self.older = "", "", "", [], key, 0
        yield
        self.asking = ""
        try:
            told = await anyio.to_thread.run_sync(lambda: asked_page(desk, db, key, page))
        except (NotFound, CourierError) as error:
            self.refused = f"{error} Nothing was booked."
            return
        self.asked_of, self.told = key, [payout_told(payout) for payout in told.payouts]
        self.older = page + 1 if told.older else 0
        if not told.payouts:
            which = "newest page" if page == 1 else f"page {page}"
            self.said = f"Every payout of its {which} is booked: {said_name(key, {})} tells of no other there."

    @rx.event
    @allow(Permission.SETTLE_COD)
    async def choose(self, at: str, place: str) -> None:
        """A column is something else; nothing is written before the form is sent."""
        place = words(place, 60)
        self.columns = [{**column, "place": place} if column["at"] == at else column for column in self.columns]
        opened = await self._file()
        if opened is not None:
            await self._look(*opened)

    async def _refresh(self) -> None:
        now = now_us()
        held, tariffs, names, before = await live.once(
            ("couriers-that-pay",),
            lambda tx: (
                held_by_day(tx, now),
                load_tariffs(tx),
                names_written(tx),
                couriers_before(tx),
            ),
        )
        self.can_ask = [(key, said_name(key, names)) for key in paying_couriers()]
        known = dict.fromkeys((*(one.courier for one in held), *tariffs, *names, *before))
        chosen = [self.file_of] if self.file_of in known else []
        self.couriers = [(courier, said_name(courier, names)) for courier in dict.fromkeys((*chosen, *known))]

    async def _open_fetched(self) -> None:
        token = self.fetched
        try:
            statement = await anyio.to_thread.run_sync(lambda: fetched(settings().data_dir, token))
        except NotFound as error:
            self.refused, self.fetched = f"{error} Ask the courier again.", ""
            return
        self.file_name = f"Payout {statement.called} of {said_name(statement.courier, {})}"
        await self._compare(statement)

    async def _file(self) -> tuple[WaitingPayout, Sheet] | None:
        """The waiting file and its rows; None, and a sentence, when it has gone or cannot be read."""
        token = self.token
        try:
            waiting = await anyio.to_thread.run_sync(lambda: waiting_payout(settings().data_dir, token))
            sheet = await anyio.to_thread.run_sync(waiting.sheet)
        except (NotFound, InvalidInput) as error:
            self.refused, self.token = f"{error} Choose the file again.", ""
            return None
        self.file_name = waiting.name
        return waiting, sheet

    async def _open(self) -> None:
        opened = await self._file()
        if opened is None:
            return
        sheet = opened[1]
        said = await read(lambda tx: first_choice(tx, sheet))
        self.columns = [column_asked(at, heading, sheet, said) for at, heading in enumerate(columns.asked(sheet))]
        await self._look(*opened)

    async def _look(self, waiting: WaitingPayout, sheet: Sheet) -> None:
        choice = {column["heading"]: column["place"] for column in self.columns}
        self.lines, self.summary, self.seen = [], "", ""
        try:
            self.problem = columns.problem_of(columns.placed(sheet, choice))
            if self.problem:
                return
            statement = waiting.statement(sheet, choice)
        except InvalidInput as error:
            self.problem = str(error)
            return
        await self._compare(statement)

    async def _compare(self, statement: Statement) -> None:
        found, done = await read(lambda tx: _looked(tx, statement))
        self.problem = f"This payout was booked before, by {done}. Nothing is booked again." if done else ""
        first = sorted(found.findings, key=lambda finding: not finding.is_difference)
        self.lines = [line_in_words(finding) for finding in first[:_MOST_LINES]]
        self.summary, self.seen = summary_of(found), found.print


def _looked(tx: Tx, statement: Statement) -> tuple[Matched, str]:
    found = match(tx, statement)
    done = done_before(tx, found)
    return found, "" if done is None else f"{done.booked_by}, as {done.reference}"
