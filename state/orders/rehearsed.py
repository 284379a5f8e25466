"""A dialog over one order whose fields are rehearsed as they are left: below them stands what they would write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import reflex as rx

from dokango.couriers.carriers import names_written
from dokango.errors import DokangoError
from dokango.money import taka
from dokango.orders.lifecycle.rehearse import Rehearsal
from dokango.reports.books.account_names import account_name
from state.kit.dialog import Dialog
from state.kit.form import Form, Typed
from state.kit.payload import words
from state.kit.work import read


class Rehearsed(Dialog, Form, rx.State, mixin=True):
    """What is typed, and the postings it would make; the fields of lines begin with one of `line_fields`."""

    number: str = ""
    version: int = 0
    postings: list[dict[str, str]] = []
    line_fields: ClassVar[tuple[str, ...]] = ()  # how the names of fields begin that are about one line
    _typed: dict[str, str] = {}

    async def _rehearse(self) -> None:
        """What the fields would write, without writing it."""
        raise NotImplementedError

    async def _left(self, name: str, typed: str) -> None:
        """A field was left: all of them are rehearsed anew."""
        name = words(name, self.most_chars)
        if self.is_open and name in self._typed:
            self._typed = {**self._typed, name: words(typed, self.most_chars)}
            await self._rehearse()

    async def _show_postings(self, seen: Rehearsal) -> None:
        names = await read(names_written)
        self.postings = [
            {
                "debit": account_name(p.debit, names), "credit": account_name(p.credit, names),
                "amount": taka(p.amount_poisha, exact=True),
            }
            for p in seen.postings
        ]  # fmt: skip

    def _on_page(self, wrong: Mapping[str, str], typed: Typed) -> dict[str, str]:
        of_lines = ("lines", *self.line_fields)
        lines = " ".join(said for field, said in wrong.items() if field.startswith(of_lines))
        rest = {field: said for field, said in wrong.items() if not field.startswith(of_lines)}
        return {**rest, **({"lines": lines} if lines else {})}

    def _stands_under(self, name: str) -> str:
        return "lines" if name.startswith(self.line_fields) else name

    async def _say_refused(self, error: DokangoError, typed: Typed) -> Any:
        if not self.is_open:
            raise error
        return await super()._say_refused(error, typed)
