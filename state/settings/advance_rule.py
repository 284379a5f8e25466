"""Settings: the rule of advances, its rows in the owner's order, the dialog of one row, and a try on a real order."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, ClassVar

import reflex as rx

from dokango import process, topics
from dokango.db import Tx
from dokango.errors import InvalidInput, NotFound
from dokango.orders.advances.preview import preview
from dokango.orders.advances.rule import CHANGED, MOST_ROWS, NO_RULE, AdvanceRow, AdvanceRule, change_rule, load_rule
from dokango.orders.advances.words import sentence
from dokango.people.permissions import Permission
from dokango.shop.profile import load_profile
from dokango.text import storable
from state.kit import live
from state.kit.dialog import Dialog
from state.kit.feedback import done, told
from state.kit.form import Form, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.work import read, write
from state.settings.advance_rule_typed import FIELDS, fields_of, row_typed

_LONGEST = 80


class AdvanceRuleState(Dialog, Form, rx.State):
    """The rows in words, the one in the dialog, and what the rule says of an order that is tried."""

    rows: list[dict[str, str]] = []
    place: str = ""  # of the row in the dialog, as it is said; "" of a new one
    form: dict[str, str] = dict.fromkeys((*FIELDS, "percent"), "")
    tried: str = ""
    no_errors: ClassVar[dict[str, str]] = dict.fromkeys((*FIELDS, "percent"), "")
    errors: dict[str, str] = no_errors
    _number: str = ""  # of the order that is tried
    _rule: AdvanceRule = NO_RULE  # as it is on the screen
    _opened: AdvanceRule = NO_RULE  # as it was when the dialog was opened

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def load(self) -> None:
        """The page's on_load."""
        live.watch(self, topics.SETTINGS)
        self.tried = self._number = ""
        await self._refresh()

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def ask(self, is_open: bool = True) -> None:
        """Open the dialog for another row."""
        if len(self._rule.rows) >= MOST_ROWS:
            raise InvalidInput({"rule": f"A rule has up to {MOST_ROWS} rows. Remove one first."})
        self._show("", AdvanceRow(asks="percent"))
        self.is_open = is_open is True

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def alter(self, key: str) -> None:
        """Open it for a row that is there."""
        at = _place_of(self._rule.rows, words(key, _LONGEST))
        self._show(str(at + 1), self._rule.rows[at])
        self.is_open = True

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda _, typed: row_typed(typed))
    async def save(self, row: AdvanceRow) -> Any:
        """Keep the row: a new one last, another in its place."""
        rows = list(self._opened.rows)
        if self.place:
            rows[int(self.place) - 1] = row
        else:
            rows.append(row)
        changed = await self._keep(self._opened, rows)
        self.is_open = False
        return done("Saved. It asks of orders placed from now on.") if changed else told("Nothing was changed.")

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def move(self, key: str, up: bool) -> None:
        """A row earlier or later: the first that fits wins."""
        rows = list(self._rule.rows)
        at = _place_of(rows, words(key, _LONGEST))
        other = at - 1 if up is True else at + 1
        if 0 <= other < len(rows):
            rows[at], rows[other] = rows[other], rows[at]
            await self._keep(self._rule, rows)

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def remove(self, key: str) -> Any:
        """Take a row out."""
        gone = _place_of(self._rule.rows, words(key, _LONGEST))
        await self._keep(self._rule, [row for at, row in enumerate(self._rule.rows) if at != gone])
        return done("The row is gone.")

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def try_on(self, number: str) -> None:
        """What the rule would ask of a real order."""
        self._number = storable(words(number, 20)).strip().lstrip("#")
        await self._try()

    async def _try(self) -> None:
        number = self._number
        try:
            self.tried = await read(lambda tx: preview(tx, number)) if number else ""
        except NotFound:
            self.tried = f"There is no order #{number}."

    async def _keep(self, before: AdvanceRule, rows: Sequence[AdvanceRow]) -> bool:
        actor, clock = current_actor(), process.clock()
        rule = AdvanceRule(rows=tuple(rows))
        changed = await write(lambda tx: change_rule(tx, actor, clock, before, rule))
        await self._refresh()
        return changed

    def _show(self, place: str, row: AdvanceRow) -> None:
        self._anew()
        self.place, self.form, self._opened = place, fields_of(row), self._rule

    async def _refresh(self) -> None:
        self._rule, home = await live.once(("rule of advances",), _known)
        last = len(self._rule.rows) - 1
        self.rows = [
            {
                "key": _key(row), "place": str(at + 1), "says": sentence(row, home),
                "first": "1" if at == 0 else "", "last": "1" if at == last else "",
            }
            for at, row in enumerate(self._rule.rows)
        ]  # fmt: skip
        await self._try()


def _known(tx: Tx) -> tuple[AdvanceRule, str]:
    """The rule, and the shop's own district, which its words name."""
    return load_rule(tx), load_profile(tx).home_district


def _key(row: AdvanceRow) -> str:
    return hashlib.sha256(row.model_dump_json().encode()).hexdigest()[:16]


def _place_of(rows: Sequence[AdvanceRow], key: str) -> int:
    """Where a row stands that was on the screen. Raises InvalidInput when it is there no more."""
    place = next((at for at, row in enumerate(rows) if _key(row) == key), None)
    if place is None:
        raise InvalidInput({"rule": CHANGED})
    return place
