"""Confirming many orders: each with its checks first; what is not green is ticked by hand or left out."""

from __future__ import annotations

from typing import Any

import reflex as rx

from dokango.errors import DokangoError, Refused
from dokango.money import taka
from dokango.orders import Context, Done, perform_once
from dokango.orders.lifecycle.commands import Confirm
from dokango.orders.reading.confirming import Looked, look
from dokango.people.permissions import Permission
from dokango.process import clock
from dokango.text import how_many
from state.kit.dialog import Dialog
from state.kit.feedback import done, told
from state.kit.form import ORDERS, Form, sends
from state.kit.seen import Seen, each_seen
from state.kit.session import allow, current_actor
from state.kit.work import now_us, read, write
from state.orders.lists import OrdersState
from state.orders.undo import taking_back

Row = dict[str, str]
NONE_TICKED = "Tick the orders that you want to confirm."


class ConfirmingState(Dialog, Form, rx.State):
    """The chosen orders before and after; the boxes carry which version of each was looked at."""

    rows: list[Row] = []
    green: int = 0
    results: list[Row] = []
    total: int = 0

    @rx.event
    @allow(Permission.CONFIRM)
    async def open(self) -> None:
        """Look the chosen orders over; nothing is confirmed yet."""
        actor, now = current_actor(), now_us()
        numbers = list((await self.get_state(OrdersState)).chosen)
        looked = await read(lambda tx: [look(tx, actor, number, now) for number in numbers])
        self.rows = [_in_words(one) for one in looked]
        self.green = sum(row["ticked"] != "" for row in self.rows)
        self.results, self.total = [], 0
        self._anew()
        self.is_open = bool(self.rows)

    @rx.event(background=True)
    @allow(Permission.CONFIRM)
    @sends(lambda _, typed: each_seen(typed), apart=True, over=ORDERS)
    async def confirm(self, wanted: list[Seen]) -> Any:
        """Confirm each order that is ticked, as it was looked at; each says how it went."""
        if not wanted:
            raise Refused("confirm", NONE_TICKED)
        async with self:
            self.total = len(wanted)
        went: list[Done] = []
        for seen in wanted:
            result = await _confirmed(Context(current_actor(), clock(), seen.version), seen.number, went)
            async with self:
                self.results = [*self.results, result]
        async with self:
            settled = {row["number"] for row in self.results if row["level"] == "good"}
            self.is_open = len(settled) < len(self.results)
            orders = await self.get_state(OrdersState)
            orders._choose(number for number in orders.chosen if number not in settled)
            await orders._read()
        said = f"{how_many(len(settled), 'order is', 'orders are')} confirmed."
        return done(said, taking_back(Confirm.action, went)) if went else told(said)


def _in_words(looked: Looked) -> Row:
    """A row of the dialog: what speaks against the order, and whether its box is ticked from the start."""
    said = [f"{verdict.check}: {verdict.words}" for verdict in looked.warnings]
    level = "bad" if looked.why or any(v.level == "bad" for v in looked.warnings) else "warn" if said else "good"
    return {
        "number": looked.number,
        "version": str(looked.version),
        "name": looked.name,
        "total": taka(looked.total_poisha),
        "level": level,
        "words": looked.why or " ".join(said) or "All checks are green.",
        "ticked": "1" if level == "good" else "",
        "can": "" if looked.why else "1",
    }


async def _confirmed(context: Context, number: str, went: list[Done]) -> Row:
    """One order of many, and how it went; one that is confirmed is put to what `went`."""
    try:
        went.append(await write(lambda tx: perform_once(tx, context, number, Confirm())))
    except DokangoError as error:
        return {"number": number, "level": "bad", "words": str(error)}
    return {"number": number, "level": "good", "words": "Confirmed. It waits to be packed."}
