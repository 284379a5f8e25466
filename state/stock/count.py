"""Counting the shelf: what was found is compared with the levels and shown before it is saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

import reflex as rx

from dokango import process
from dokango.errors import DokangoError, InvalidInput
from dokango.people.permissions import Permission
from dokango.stock.receiving import Count
from dokango.stock.sheets import Difference, StockMoved, by_field, count_of, count_once, differences
from state.kit.dialog import Dialog
from state.kit.feedback import done
from state.kit.form import Form, Typed, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.sheet import Line, Sheet
from state.kit.work import read, write
from state.stock.receive import sku_choices, typed_lines
from state.stock.text import signed, signed_taka, units


class CountState(Dialog, Sheet, Form, rx.State):
    """The dialog "Count": first the sheet, then what it would change."""

    choices: list[list[str]] = []
    shown: list[dict[str, str]] = []
    new_line: ClassVar[Line] = {"sku": ""}
    cells: ClassVar[tuple[str, ...]] = ("sku", "quantity")
    _count: Count | None = None
    _seen: dict[str, int] = {}

    @rx.event
    @allow(Permission.COUNT_STOCK)
    async def open(self, sku: str = "") -> None:
        """An empty sheet, its first line on `sku` when one is named."""
        self._anew()
        self._empty_sheet(sku=words(sku, 120))
        self.shown, self.choices = [], await read(sku_choices)
        self.is_open = True

    @rx.event
    @allow(Permission.COUNT_STOCK)
    async def edit(self) -> None:
        """Back from the differences to the sheet."""
        self.shown, self.failure = [], ""

    @rx.event
    @allow(Permission.COUNT_STOCK)
    @sends(lambda self, typed: count_of(typed_lines(self.lines, typed), typed.get("reason", "")))
    async def submit(self, counted: Count) -> Any:
        """Show what the sheet would change; the second time, save it."""
        if not self.shown or self._count != counted:
            return await self._look(counted)
        return done(f"Count saved: {await self._save(counted)}.")

    def _fields(self) -> Collection[str]:
        return self._cells() | {"reason"}

    def _on_page(self, wrong: Mapping[str, str], typed: Typed) -> dict[str, str]:
        return by_field(wrong, typed_lines(self.lines, typed))

    async def _say_wrong(self, error: InvalidInput, typed: Typed) -> Any:
        self.shown = []
        return await super()._say_wrong(error, typed)

    async def _say_refused(self, error: DokangoError, typed: Typed) -> Any:
        if isinstance(error, StockMoved) and self._count is not None:
            await self._look(self._count)
        return await super()._say_refused(error, typed)

    async def _look(self, counted: Count) -> None:
        """Show what `counted` would change; to save it takes a press that was made with this before the eyes."""
        found = await read(lambda tx: differences(tx, counted))
        with_cost = current_actor().may(Permission.SEE_COST)
        self._count, self._seen = counted, {difference.sku: difference.on_hand for difference in found}
        self.shown = [_in_words(difference, with_cost=with_cost) for difference in found]
        self._next_press()

    async def _save(self, counted: Count) -> str:
        actor, key, seen = current_actor(), self.press, dict(self._seen)
        await write(lambda tx: count_once(tx, actor, process.clock(), counted, key, seen))
        self.is_open = False
        changed = sum(1 for row in self.shown if row["change"] != "as expected")
        return f"{changed} of {len(self.shown)} SKUs changed" if changed else "everything as expected"


def _in_words(difference: Difference, *, with_cost: bool) -> dict[str, str]:
    promised = difference.counted < difference.reserved
    return {
        "sku": difference.sku,
        "title": difference.title,
        "on_hand": units(difference.on_hand),
        "counted": units(difference.counted),
        "change": signed(difference.units) or "as expected",
        "value": signed_taka(difference.value_poisha) if with_cost else "",
        "promised": f"{difference.reserved} are promised to orders" if promised else "",
    }
