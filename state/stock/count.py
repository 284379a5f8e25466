"""Counting the shelf: what was found is compared with the levels and shown before it is saved."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator
from typing import Any

import reflex as rx

from dokango import process
from dokango.errors import DokangoError, InvalidInput
from dokango.people.permissions import Permission
from dokango.stock.receiving import Count
from dokango.stock.sheets import Difference, StockMoved, by_field, count_of, count_once, differences
from state.kit.dialog import Overlay
from state.kit.feedback import done
from state.kit.payload import texts, words
from state.kit.session import allow, current_actor
from state.kit.work import read, write
from state.stock.receive import MOST_LINES, sku_choices, typed_lines
from state.stock.text import signed, signed_taka, units


class CountState(Overlay, rx.State):
    """The dialog "Count": first the sheet, then what it would change."""

    is_open: bool = False
    line_ids: list[str] = []
    first_sku: str = ""
    choices: list[list[str]] = []
    errors: dict[str, str] = {}
    failure: str = ""
    pending: bool = False
    shown: list[dict[str, str]] = []
    _key: str = ""
    _count: Count | None = None
    _seen: dict[str, int] = {}

    @rx.event
    @allow(Permission.COUNT_STOCK)
    async def open(self, sku: str = "") -> None:
        """An empty sheet, its first line on `sku` when one is named."""
        self.line_ids, self.first_sku, self.shown = ["1"], words(sku, 120), []
        self.errors, self.failure, self._key = {}, "", secrets.token_urlsafe(12)
        self.choices = await read(sku_choices)
        self.is_open = True

    @rx.event
    @allow(Permission.COUNT_STOCK)
    async def close(self, is_open: bool = False) -> None:
        """Shut the dialog."""
        self.is_open = is_open is True

    @rx.event
    @allow(Permission.COUNT_STOCK)
    async def add_line(self) -> None:
        """One more line."""
        if len(self.line_ids) < MOST_LINES:
            self.line_ids = [*self.line_ids, str(int(self.line_ids[-1]) + 1) if self.line_ids else "1"]

    @rx.event
    @allow(Permission.COUNT_STOCK)
    async def drop_line(self, line_id: str) -> None:
        """One line less; one always stays."""
        if len(self.line_ids) > 1:
            self.line_ids = [other for other in self.line_ids if other != line_id]

    @rx.event
    @allow(Permission.COUNT_STOCK)
    async def edit(self) -> None:
        """Back from the differences to the sheet."""
        self.shown, self.failure = [], ""

    @rx.event
    @allow(Permission.COUNT_STOCK)
    async def submit(self, form: dict[str, Any]) -> AsyncGenerator[Any, None]:
        """Show what the sheet would change; the second time, save it."""
        typed = texts(form)
        lines = typed_lines(self.line_ids, typed)
        already_shown = self._count if self.shown else None
        self.pending, self.errors, self.failure = True, {}, ""
        yield
        try:
            self._count = count_of(lines, typed.get("reason", ""))
            if already_shown != self._count:
                await self._look()
            else:
                units_changed = await self._save(self._count)
                yield done(f"Count saved: {units_changed}.")
        except InvalidInput as error:
            self.errors, self.shown = by_field(error, lines), []
            self.failure = str(error) if "lines" in self.errors else ""
        except StockMoved as error:
            await self._look()
            self.failure = str(error)
        except DokangoError as error:
            self.failure = str(error)
        finally:
            self.pending = False

    async def _look(self) -> None:
        counted = self._count
        assert counted is not None  # noqa: S101  set by the only caller
        found = await read(lambda tx: differences(tx, counted))
        with_cost = current_actor().may(Permission.SEE_COST)
        self._seen = {difference.sku: difference.on_hand for difference in found}
        self.shown = [_in_words(difference, with_cost=with_cost) for difference in found]

    async def _save(self, counted: Count) -> str:
        actor, key, seen = current_actor(), self._key, dict(self._seen)
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
