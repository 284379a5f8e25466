"""Receiving goods: a sheet of lines that stays as it was typed until it is taken, and is taken once."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator
from typing import Any

import reflex as rx

from dokango import process
from dokango.catalogue.browsing import stocked_skus
from dokango.db import Tx
from dokango.errors import DokangoError, InvalidInput
from dokango.people.permissions import Permission
from dokango.stock.sheets import TypedLine, by_field, receipt_of, receive_once
from dokango.text import how_many
from state.kit.dialog import Overlay
from state.kit.feedback import done
from state.kit.payload import texts, words
from state.kit.session import allow, current_actor
from state.kit.work import read, write

MOST_LINES = 100


class ReceiveState(Overlay, rx.State):
    """The dialog "Receive goods"."""

    is_open: bool = False
    line_ids: list[str] = []
    first_sku: str = ""
    choices: list[list[str]] = []
    errors: dict[str, str] = {}
    failure: str = ""
    pending: bool = False
    _key: str = ""

    @rx.event
    @allow(Permission.RECEIVE_STOCK)
    async def open(self, sku: str = "") -> None:
        """An empty sheet, its first line on `sku` when one is named."""
        self.line_ids, self.first_sku = ["1"], words(sku, 120)
        self.errors, self.failure, self._key = {}, "", secrets.token_urlsafe(12)
        self.choices = await read(sku_choices)
        self.is_open = True

    @rx.event
    @allow(Permission.RECEIVE_STOCK)
    async def close(self, is_open: bool = False) -> None:
        """Shut the dialog."""
        self.is_open = is_open is True

    @rx.event
    @allow(Permission.RECEIVE_STOCK)
    async def add_line(self) -> None:
        """One more line."""
        if len(self.line_ids) < MOST_LINES:
            self.line_ids = [*self.line_ids, str(int(self.line_ids[-1]) + 1) if self.line_ids else "1"]

    @rx.event
    @allow(Permission.RECEIVE_STOCK)
    async def drop_line(self, line_id: str) -> None:
        """One line less; one always stays."""
        if len(self.line_ids) > 1:
            self.line_ids = [other for other in self.line_ids if other != line_id]

    @rx.event
    @allow(Permission.RECEIVE_STOCK)
    async def submit(self, form: dict[str, Any]) -> AsyncGenerator[Any, None]:
        """Take the goods in, or say by field what is wrong."""
        typed = texts(form)
        lines = typed_lines(self.line_ids, typed)
        self.pending, self.errors, self.failure = True, {}, ""
        yield
        actor, key = current_actor(), self._key
        try:
            receipt = receipt_of(
                lines, typed.get("supplier", ""), typed.get("reference", ""), typed.get("paid_from", "")
            )
            await write(lambda tx: receive_once(tx, actor, process.clock(), receipt, key))
        except InvalidInput as error:
            self.errors = by_field(error, lines)
            self.failure = "" if _shown(self.errors, lines) else str(error)
            return
        except DokangoError as error:
            self.failure = str(error)
            return
        finally:
            self.pending = False
        self.is_open = False
        units = sum(line.quantity for line in receipt.lines)
        yield done(f"{how_many(units, 'unit')} received.")


def sku_choices(tx: Tx) -> list[list[str]]:
    """[sku, title] of what can lie on a shelf."""
    return [
        [row.sku, f"{row.title} · {row.variant_title}" if row.variant_title else row.title]
        for row in stocked_skus(tx)
    ]  # fmt: skip


def typed_lines(line_ids: list[str], typed: dict[str, str]) -> list[TypedLine]:
    """The sheet's lines out of a form's fields."""
    return [
        TypedLine(i, typed.get(f"sku-{i}", ""), typed.get(f"quantity-{i}", ""), typed.get(f"cost-{i}", ""))
        for i in line_ids
    ]


def _shown(errors: dict[str, str], lines: list[TypedLine]) -> bool:
    """Whether every error stands under a field of the sheet."""
    fields = {f"{name}-{line.id}" for line in lines for name in ("sku", "quantity", "cost")}
    return set(errors) <= fields | {"supplier", "reference", "paid_from"}
