"""The page on which staff say what the columns of a file are, with what would come of it."""

from __future__ import annotations

import anyio.to_thread
import reflex as rx

from dokango import process
from dokango.errors import NotFound
from dokango.importing.findings import FoundProduct, Remark
from dokango.importing.preview import Preview, UnknownColumn, preview, unknown_columns
from dokango.importing.remembered import recall
from dokango.importing.table_file import Sheet, read_sheet
from dokango.importing.waiting import waiting_file
from dokango.money import taka
from dokango.people.permissions import Permission
from dokango.settings import settings
from state.kit.payload import words
from state.kit.session import allow
from state.kit.work import read


class ImportColumnsState(rx.State):
    """The waiting file of the URL (`?file=…`), what each column is said to be, and the preview."""

    loading: bool = True
    token: str = ""
    file_name: str = ""
    missing: str = ""
    refused: str = ""
    columns: list[dict[str, str]] = []
    summary: str = ""
    problem: str = ""
    products: list[dict[str, str]] = []
    not_taken: list[dict[str, str]] = []

    @rx.event
    @allow(Permission.EDIT_PRODUCTS)
    async def load(self) -> None:
        """The page's on_load."""
        query = self.router.url.query_parameters
        self.token, self.refused = words(query.get("file", ""), 32), words(query.get("refused", ""), 400)
        self.loading, self.missing, self.columns = True, "", []
        sheet = await self._sheet()
        if sheet is not None:
            said = await read(lambda tx: recall(tx, sheet)) or {}
            found = await anyio.to_thread.run_sync(lambda: unknown_columns(sheet))
            self.columns = [_column(at, one, said.get(one.heading, "")) for at, one in enumerate(found)]
            await self._look(sheet)
        self.loading = False

    @rx.event
    @allow(Permission.EDIT_PRODUCTS)
    async def choose(self, at: str, place: str) -> None:
        """A column is something else; nothing is written before the form is sent."""
        place = words(place, 60)
        self.columns = [{**column, "place": place} if column["at"] == at else column for column in self.columns]
        sheet = await self._sheet()
        if sheet is not None:
            await self._look(sheet)

    async def _sheet(self) -> Sheet | None:
        """The file's table; None, and a sentence, when it has gone."""
        token = self.token
        try:
            waiting = await anyio.to_thread.run_sync(lambda: waiting_file(settings().data_dir, token))
        except NotFound as error:
            self.missing, self.columns = str(error), []
            return None
        self.file_name = waiting.name
        return await anyio.to_thread.run_sync(lambda: read_sheet(waiting.raw))

    async def _look(self, sheet: Sheet) -> None:
        choice = {column["heading"]: column["place"] for column in self.columns}
        seen = await anyio.to_thread.run_sync(lambda: preview(sheet, choice, process.clock()))
        self._show(seen)

    def _show(self, seen: Preview) -> None:
        wrong = dict(seen.wrong)
        self.columns = [{**column, "error": wrong.get(column["heading"], "")} for column in self.columns]
        self.summary, self.problem = seen.summary, seen.problem
        self.products = [_product(product) for product in seen.products]
        self.not_taken = [_remark(remark) for remark in seen.refused]


def _column(at: int, column: UnknownColumn, place: str) -> dict[str, str]:
    return {
        "at": str(at), "heading": column.heading, "spelled": column.spelled, "samples": " · ".join(column.samples),
        "place": place, "error": "",
    }  # fmt: skip


def _product(product: FoundProduct) -> dict[str, str]:
    first = product.variants[0]
    return {
        "line": str(product.line), "title": product.title, "sku": first.form.sku,
        "price": taka(first.form.price_poisha),
        "stock": str(first.stock) if first.stock else "–", "categories": " | ".join(product.categories),
        "variants": str(len(product.variants)),
    }  # fmt: skip


def _remark(remark: Remark) -> dict[str, str]:
    return {"line": str(remark.line), "name": remark.name, "words": remark.words}
