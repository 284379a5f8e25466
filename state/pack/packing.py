"""Packing many orders at once: the checklist is asked for all of them together, each says how it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

import reflex as rx

from dokango import process
from dokango.errors import DokangoError, InvalidInput
from dokango.orders import Context, Done, perform_once
from dokango.orders.before.checklist import open_of
from dokango.orders.lifecycle.commands import Pack
from dokango.people.permissions import Permission
from dokango.shop.profile import load_profile
from dokango.text import how_many
from state.kit.dialog import Dialog
from state.kit.feedback import done
from state.kit.form import ORDERS, Form, Typed, sends
from state.kit.seen import Seen, each_seen
from state.kit.session import allow, current_actor
from state.kit.work import read, write
from state.orders.undo import taking_back
from state.pack.queue import PackState
from state.pack.typed import checks_of

Row = dict[str, str]


class _Wanted(NamedTuple):
    """The orders as they were on the screen, and what is ticked for all of them."""

    orders: list[Seen]
    checks: tuple[str, ...]


class PackingState(Dialog, Form, rx.State):
    """The chosen orders before and after."""

    rows: list[Row] = []
    results: list[Row] = []
    total: int = 0
    required: bool = False
    errors: dict[str, str] = {"checks": ""}
    no_errors: ClassVar[Mapping[str, str]] = {"checks": ""}

    @rx.event
    @allow(Permission.PACK)
    async def open(self) -> Any:
        """Ask for the checklist of the chosen orders; in a shop that does not ask, pack them at once."""
        queue = await self.get_state(PackState)
        self.rows = [row for row in queue.rows if row["number"] in queue.chosen]
        asks = (await read(load_profile)).pack_checklist
        self.required, self.results, self.total = asks == "required", [], 0
        self._anew()
        self.is_open = bool(self.rows) and asks != "off"
        if not self.rows or asks != "off":
            return None
        went: list[Done] = []
        results = [await _packed(Seen(row["number"], int(row["version"])), None, went) for row in self.rows]
        self.results, self.total = results, len(results)
        self.is_open = any(row["level"] == "bad" for row in results)
        return await self._over(results, went)

    @rx.event(background=True)
    @allow(Permission.PACK)
    @sends(lambda state, typed: _wanted(typed, required=state.required), apart=True, over=ORDERS)
    async def pack(self, wanted: _Wanted) -> Any:
        """Mark each order as packed, as it was seen; each on its own."""
        async with self:
            self.total = len(wanted.orders)
        results: list[Row] = []
        went: list[Done] = []
        for seen in wanted.orders:
            results.append(await _packed(seen, wanted.checks, went))
            async with self:
                self.results = list(results)
        async with self:
            self.is_open = any(row["level"] == "bad" for row in results)
            return await self._over(results, went)

    async def _over(self, results: Sequence[Row], went: Sequence[Done]) -> Any:
        """Those that were not packed stay chosen."""
        queue = await self.get_state(PackState)
        failed = [row["number"] for row in results if row["level"] == "bad"]
        queue._choose(failed)
        await queue._refresh()
        packed = len(results) - len(failed)
        said = f"{how_many(packed, 'order is', 'orders are')} packed."
        return done(said, taking_back(Pack.action, went)) if packed else None


def _wanted(typed: Typed, *, required: bool) -> _Wanted:
    """The form's orders and ticks. Raises InvalidInput for a line that is needed and open."""
    orders, checks = each_seen(typed), checks_of(typed)
    left = open_of(checks) if required else ()
    if left:
        raise InvalidInput({"checks": f"{how_many(len(left), 'needed line is', 'needed lines are')} open. Tick them."})
    return _Wanted(orders, checks)


async def _packed(seen: Seen, checks: tuple[str, ...] | None, went: list[Done]) -> Row:
    """One order of many, and how it went; one that is packed is put to what `went`."""
    context = Context(current_actor(), process.clock(), seen.version)
    try:
        went.append(await write(lambda tx: perform_once(tx, context, seen.number, Pack(checks=checks))))
    except DokangoError as error:
        return {"number": seen.number, "level": "bad", "words": str(error)}
    return {"number": seen.number, "level": "good", "words": "Packed."}
