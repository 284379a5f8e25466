"""The way of an order's parcel as its courier tells it, asked by a button."""

from __future__ import annotations

from typing import Any

import anyio.to_thread
import reflex as rx

from dokango import process
from dokango.clock import said
from dokango.courier_errors import CourierError
from dokango.couriers.kind.base import WayStep
from dokango.couriers.process_desk import courier_desk
from dokango.errors import NotFound
from dokango.orders.parcels.way import Way, ask_way
from dokango.people.permissions import Permission
from state.kit.payload import words
from state.kit.session import allow, current_actor

Row = dict[str, str]


class ParcelWayState(rx.State):
    """Of one order at a time: another one's way does not stand under this one's number."""

    number: str = ""
    asking: str = ""
    steps: list[Row] = []
    said: str = ""

    @rx.event(background=True)
    @allow(Permission.VIEW_ORDERS)
    async def ask(self, number: str) -> Any:
        """Ask its courier now."""
        async with self:
            asked, actor = words(number, 20), current_actor()
            self.number, self.asking, self.steps, self.said = asked, asked, [], ""
        try:
            way = await anyio.to_thread.run_sync(lambda: ask_way(courier_desk(), process.database(), actor, asked))
            steps, sentence = steps_of(way), "" if way.steps else f"{way.courier} tells nothing of it yet."
        except (CourierError, NotFound) as error:
            steps, sentence = [], str(error)
        finally:
            async with self:
                self.asking = ""
        async with self:
            if self.number == asked:
                self.steps, self.said = steps, sentence


def steps_of(way: Way) -> list[Row]:
    """The steps in words, the newest first."""
    return [{"id": str(at), "when": _when(step), "words": step.words, "bn": step.words_bn}
            for at, step in reversed(list(enumerate(way.steps)))]  # fmt: skip


def _when(step: WayStep) -> str:
    return "" if step.at_us is None else said(step.at_us)
