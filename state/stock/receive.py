"""Receiving goods: a sheet of lines that stays as it was typed until it is taken, and is taken once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

import reflex as rx

from dokango import process
from dokango.catalogue.browsing import stocked_skus
from dokango.db import Tx
from dokango.people.permissions import Permission
from dokango.stock.receiving import Receipt
from dokango.stock.sheets import TypedLine, by_field, receipt_of, receive_once
from dokango.text import how_many
from state.kit.dialog import Dialog
from state.kit.feedback import done
from state.kit.form import Form, Typed, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.sheet import MARK, Line, Sheet
from state.kit.work import read, write

_BESIDE_LINES = ("supplier", "reference", "paid_from")


class ReceiveState(Dialog, Sheet, Form, rx.State):
    """The dialog "Receive goods"."""

    choices: list[list[str]] = []
    new_line: ClassVar[Line] = {"sku": ""}
    cells: ClassVar[tuple[str, ...]] = ("sku", "quantity", "cost")

    @rx.event
    @allow(Permission.RECEIVE_STOCK)
    async def open(self, sku: str = "") -> None:
        """An empty sheet, its first line on `sku` when one is named."""
        self._anew()
        self._empty_sheet(sku=words(sku, 120))
        self.choices = await read(sku_choices)
        self.is_open = True

    @rx.event
    @allow(Permission.RECEIVE_STOCK)
    @sends(lambda self, typed: receipt_of(typed_lines(self.lines, typed), *(typed.get(n, "") for n in _BESIDE_LINES)))
    async def submit(self, receipt: Receipt) -> Any:
        """Take the goods in."""
        actor, key = current_actor(), self.press
        await write(lambda tx: receive_once(tx, actor, process.clock(), receipt, key))
        self.is_open = False
        units = sum(line.quantity for line in receipt.lines)
        return done(f"{how_many(units, 'unit')} received.")

    def _fields(self) -> Collection[str]:
        return self._cells() | {*_BESIDE_LINES}

    def _on_page(self, wrong: Mapping[str, str], typed: Typed) -> dict[str, str]:
        return by_field(wrong, typed_lines(self.lines, typed))


def sku_choices(tx: Tx) -> list[list[str]]:
    """[sku, title] of what can lie on a shelf."""
    return [
        [row.sku, f"{row.title} · {row.variant_title}" if row.variant_title else row.title]
        for row in stocked_skus(tx)
    ]  # fmt: skip


def typed_lines(lines: Sequence[Line], typed: Mapping[str, str]) -> list[TypedLine]:
    """The sheet's lines out of a form's fields."""
    return [
        TypedLine(i, typed.get(f"sku-{i}", ""), typed.get(f"quantity-{i}", ""), typed.get(f"cost-{i}", ""))
        for i in (line[MARK] for line in lines)
    ]
