"""The preview of a wallet's statement: what its columns are, and what would become of each line."""

from __future__ import annotations

import anyio.to_thread
import reflex as rx

from dokango import process
from dokango.errors import InvalidInput, NotFound
from dokango.importing.table_file import Sheet
from dokango.payments.methods import claimable, said_method
from dokango.people.permissions import Permission
from dokango.settings import settings
from dokango.statements import columns
from dokango.statements.keeping import Outcome, look_at
from dokango.statements.lines import Wallet, lines_of
from dokango.statements.waiting import WaitingStatement, first_choice, waiting_statement, wallet_of
from state.kit.asked_columns import column_asked
from state.kit.payload import words
from state.kit.session import allow
from state.kit.work import read
from state.wallet.text import statement_line_in_words

Row = dict[str, str]


class StatementState(rx.State):
    """With `?file=…` in the address, that statement beside what is kept already."""

    token: str = ""
    file_name: str = ""
    refused: str = ""
    kept: str = ""
    wallets: list[tuple[str, str]] = []
    columns: list[Row] = []
    lines: list[Row] = []
    summary: str = ""
    problem: str = ""

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        query = self.router.url.query_parameters
        self.token = words(query.get("file", ""), 32)
        self.refused, self.kept = words(query.get("refused", ""), 400), words(query.get("kept", ""), 200)
        self.wallets = [(key, method.label) for key, method in claimable().items()]
        self.columns, self.lines, self.summary, self.problem = [], [], "", ""
        opened = await self._file() if self.token else None
        if opened is None:
            return
        sheet = opened[1]
        said = await read(lambda tx: first_choice(tx, sheet))
        self.columns = [column_asked(at, heading, sheet, said) for at, heading in enumerate(columns.asked(sheet))]
        await self._look(*opened)

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def choose(self, at: str, place: str) -> None:
        """A column is something else; nothing is kept before the form is sent."""
        place = words(place, 60)
        self.columns = [{**column, "place": place} if column["at"] == at else column for column in self.columns]
        opened = await self._file()
        if opened is not None:
            await self._look(*opened)

    async def _file(self) -> tuple[WaitingStatement, Sheet] | None:
        """The waiting file and its rows; None, and a sentence, when it has gone or cannot be read."""
        token = self.token
        try:
            waiting = await anyio.to_thread.run_sync(lambda: waiting_statement(settings().data_dir, token))
            sheet = await anyio.to_thread.run_sync(waiting.sheet)
        except (NotFound, InvalidInput) as error:
            self.refused, self.token = f"{error} Choose the file again.", ""
            return None
        self.file_name = f"{waiting.name}, {said_method(waiting.method)}"
        return waiting, sheet

    async def _look(self, waiting: WaitingStatement, sheet: Sheet) -> None:
        choice = {column["heading"]: column["place"] for column in self.columns}
        wallet = await read(lambda tx: wallet_of(tx, waiting.method))
        self.lines, self.summary, self.problem = [], "", ""
        try:
            found = await anyio.to_thread.run_sync(lambda: _looked(sheet, choice, wallet))
        except InvalidInput as error:
            self.problem = str(error)
            return
        self.lines = [statement_line_in_words(one) for one in found.shown]
        self.summary = found.words


def _looked(sheet: Sheet, choice: dict[str, str], wallet: Wallet) -> Outcome:
    return look_at(process.database(), lines_of(sheet, choice, wallet))
