"""Settings: the rule that chooses couriers, its rows in the owner's order, and the dialog of one row."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, ClassVar

import reflex as rx

from dokango import process, topics
from dokango.couriers.carriers import load_carriers
from dokango.couriers.choosing.rule import MOST_ROWS, WAYS, CourierRule, RuleRow, change_rule, load_rule
from dokango.couriers.choosing.words import by_words, conditions
from dokango.couriers.registry import COURIERS
from dokango.db import Tx
from dokango.errors import InvalidInput, NotFound
from dokango.people.permissions import Permission
from dokango.shop.profile import load_profile
from state.kit import live
from state.kit.dialog import Dialog
from state.kit.feedback import done, told
from state.kit.form import Form, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.work import write
from state.settings.courier_rule_typed import AREAS, FIELDS, fields_of, row_typed

NOBODY = ("", "Nobody: a person chooses")
EVERY_ORDER = "every order"
_LONGEST_KEY = 80


class CourierRuleState(Dialog, Form, rx.State):
    """The rows in words, and the one in the dialog."""

    rows: list[dict[str, str]] = []
    otherwise: str = ""
    takers: list[list[str]] = []  # who can take a row's orders
    others: list[list[str]] = []  # who can take all others
    key: str = ""  # of the row in the dialog; "" of a new one
    form: dict[str, str] = dict.fromkeys((*FIELDS, *(name for _, name in AREAS)), "")
    no_errors: ClassVar[dict[str, str]] = dict.fromkeys(FIELDS, "")
    errors: dict[str, str] = no_errors
    _rule: CourierRule = CourierRule()  # as it is on the screen
    _opened: CourierRule = CourierRule()  # as it was when the dialog was opened

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def load(self) -> None:
        """The page's on_load."""
        live.watch(self, topics.SETTINGS)
        await self._refresh()

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def ask(self, is_open: bool = True) -> None:
        """Open the dialog for another row."""
        if len(self._rule.rows) >= MOST_ROWS:
            raise InvalidInput({"rule": f"A rule has up to {MOST_ROWS} rows. Remove one first."})
        self._show("", RuleRow(by=self.takers[0][0] if self.takers else next(iter(WAYS))))
        self.is_open = is_open is True

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def alter(self, key: str) -> None:
        """Open it for a row that is there."""
        self._show(words(key, _LONGEST_KEY), self._rule.rows[self._place(key)])
        self.is_open = True

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda self, typed: row_typed(typed, [key for key, _ in self.takers]))
    async def save(self, row: RuleRow) -> Any:
        """Keep the row: a new one last, another in its place."""
        rows = list(self._opened.rows)
        if self.key:
            rows[_place_in(rows, self.key)] = row
        else:
            rows.append(row)
        changed = await self._keep(self._opened, rows)
        self.is_open = False
        return done("Saved. It chooses for every order from now on.") if changed else told("Nothing was changed.")

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def move(self, key: str, up: bool) -> None:
        """A row earlier or later: the first that fits wins."""
        rows, place = list(self._rule.rows), self._place(key)
        other = place - 1 if up is True else place + 1
        if 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
            await self._keep(self._rule, rows)

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def remove(self, key: str) -> Any:
        """Take a row out."""
        place = self._place(key)
        await self._keep(self._rule, [row for at, row in enumerate(self._rule.rows) if at != place])
        return done("The row is gone.")

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def take_others(self, by: str) -> Any:
        """Who takes what no row fits."""
        if by not in [key for key, _ in self.others]:
            raise NotFound("courier", words(by, _LONGEST_KEY))
        await self._keep(self._rule, self._rule.rows, by)
        return done("Saved.")

    async def _keep(self, before: CourierRule, rows: Sequence[RuleRow], otherwise: str | None = None) -> bool:
        actor, clock = current_actor(), process.clock()
        rule = CourierRule(rows=tuple(rows), otherwise=before.otherwise if otherwise is None else otherwise)
        changed = await write(lambda tx: change_rule(tx, actor, clock, before, rule))
        await self._refresh()
        return changed

    def _place(self, key: str) -> int:
        return _place_in(self._rule.rows, str(key))

    def _show(self, key: str, row: RuleRow) -> None:
        self._anew()
        self.key, self.form, self._opened = key, fields_of(row), self._rule

    async def _refresh(self) -> None:
        self._rule, names, home = await live.once(("courier rule",), _known)
        self.takers = [*([way, said.capitalize()] for way, said in WAYS.items()), *([k, n] for k, n in names.items())]
        gone = {row.by for row in (*self._rule.rows,)} | {self._rule.otherwise}
        self.takers += [[by, f"{by} (gone)"] for by in sorted(gone - {key for key, _ in self.takers} - {""})]
        self.others = [list(NOBODY), *self.takers]
        self.otherwise = self._rule.otherwise
        last = len(self._rule.rows) - 1
        self.rows = [
            {
                "key": _key(row), "place": str(at + 1), "by": by_words(row.by, names),
                "orders": ", ".join(conditions(row, home)) or EVERY_ORDER,
                "first": "1" if at == 0 else "", "last": "1" if at == last else "",
            }
            for at, row in enumerate(self._rule.rows)
        ]  # fmt: skip


def _known(tx: Tx) -> tuple[CourierRule, dict[str, str], str]:
    """The rule, the couriers that can be in it, and the shop's own district."""
    names = {kind.key: kind.name for kind in COURIERS.values() if kind.by_api}
    names |= {one.key: one.name for one in load_carriers(tx) if one.key not in COURIERS}
    return load_rule(tx), names, load_profile(tx).home_district


def _key(row: RuleRow) -> str:
    return hashlib.sha256(row.model_dump_json().encode()).hexdigest()[:16]


def _place_in(rows: Sequence[RuleRow], key: str) -> int:
    """Where a row stands that was on the screen. Raises InvalidInput when it is there no more."""
    place = next((at for at, row in enumerate(rows) if _key(row) == key), None)
    if place is None:
        raise InvalidInput({"rule": "Somebody else changed the rule meanwhile. Look at it again; nothing was kept."})
    return place
