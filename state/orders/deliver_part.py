"""The dialog of a parcel that was kept in part: what was kept, what was collected, and what that would write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import anyio.to_thread
import reflex as rx

from dokango import process
from dokango.errors import DokangoError
from dokango.money import taka, typed_taka
from dokango.orders import Context, perform_once
from dokango.orders.lifecycle.commands import DeliverPart
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.rehearse import Rehearsal, WouldMove, rehearse
from dokango.orders.lifecycle.table import find
from dokango.orders.parcels.part import PartAsked, part_asked
from dokango.people.permissions import Permission
from dokango.reports.movements import KINDS
from state.kit.feedback import done
from state.kit.form import ORDER, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.work import read, write
from state.orders.rehearsed import Rehearsed
from state.orders.typed import KEPT, part_of

NO_ERRORS = {"lines": "", "collected_poisha": "", "note": ""}
Row = dict[str, str]


class DeliverPartState(Rehearsed, rx.State):
    """One parcel, and below its fields what they would write into stock and books: nothing is kept of that."""

    lines: list[Row] = []
    told: str = ""
    said: str = ""  # what the courier wrote of the amount; it stands in the field already
    collected: str = ""
    moves: list[Row] = []
    after: list[Row] = []
    errors: dict[str, str] = NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = NO_ERRORS
    line_fields: ClassVar[tuple[str, ...]] = (KEPT,)

    @rx.event
    @allow(Permission.DELIVER)
    async def open(self, number: str) -> None:
        """Ask about the order as it is now: all kept, until somebody says otherwise."""
        actor, number = current_actor(), words(number, 20)
        find("deliver_part", await read(lambda tx: situation_of(tx, actor, process.clock(), number)))
        asked = await read(lambda tx: part_asked(tx, number))
        self._anew()
        self._take(asked)
        await self._rehearse()
        self.is_open = True

    @rx.event
    @allow(Permission.DELIVER)
    async def weigh(self, name: str, typed: str) -> None:
        """A field was left: show what all of them would write now."""
        await self._left(name, typed)

    @rx.event
    @allow(Permission.DELIVER)
    @sends(lambda _, typed: part_of(typed), over=ORDER)
    async def deliver(self, command: DeliverPart) -> Any:
        """Book it."""
        seen = self._shown_for
        context = Context(current_actor(), process.clock(), seen.version)
        result = await write(lambda tx: perform_once(tx, context, seen.number, command))
        self.is_open = False
        return done(f"Order #{result.number} is delivered in part.")

    def _take(self, asked: PartAsked) -> None:
        order, said = asked.order, asked.said_poisha
        self.number, self.version = order.number, order.version
        self.lines = [
            {
                "field": f"{KEPT}{line.sku}", "sku": line.sku, "sent": str(line.quantity),
                "title": " · ".join(part for part in (line.title, line.variant_title) if part),
            }
            for line in asked.lines
        ]  # fmt: skip
        self.told = taka(asked.told_poisha)
        self.said = "" if said is None else taka(said)
        self.collected = "" if said is None else typed_taka(said)
        fields = {line["field"]: line["sent"] for line in self.lines}
        self._typed = {**fields, "collected_poisha": self.collected}

    async def _rehearse(self) -> None:
        """What the fields would write; nothing while they cannot be read."""
        context, number = Context(current_actor(), process.clock()), self.number
        try:
            command = part_of(self._typed)
            seen = await anyio.to_thread.run_sync(lambda: rehearse(process.database(), context, number, command))
        except DokangoError:
            self.moves, self.postings, self.after = [], [], []
            return
        kept = {line.sku: line.kept for line in command.lines}
        await self._show(seen, {line["sku"]: int(line["sent"]) - kept[line["sku"]] for line in self.lines})

    async def _show(self, seen: Rehearsal, left: Mapping[str, int]) -> None:
        order = seen.order
        self.moves = [
            *({"words": f"{move.quantity} × {move.sku}: {KINDS[move.kind].lower()}", "amount": _cost(move)}
              for move in seen.moves),
            *({"words": f"{units} × {sku}: comes back", "amount": ""} for sku, units in left.items() if units),
        ]  # fmt: skip
        await self._show_postings(seen)
        stands = (
            ("The courier owes", order.courier_due_poisha),
            ("The customer still owes", order.due_poisha),
            ("Due back to the customer", order.refund_due_poisha),
        )
        self.after = [{"label": label, "amount": taka(amount)} for label, amount in stands if amount]


def _cost(move: WouldMove) -> str:
    return f"at cost {taka(abs(move.value_delta_poisha))}" if move.value_delta_poisha else ""
