"""The packing bench: one order, its items under the scanner, and the checklist."""

from __future__ import annotations

import json
from typing import Any

import reflex as rx

from dokango import audit, process, topics
from dokango.clock import age_words, said
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.db import Tx
from dokango.errors import DokangoError, InvalidInput, NotFound
from dokango.orders import Context, Done, perform_once
from dokango.orders.before.checklist import CHECKLIST
from dokango.orders.book.rows import OrderRow
from dokango.orders.lifecycle.commands import Mark, Pack
from dokango.orders.lifecycle.decisions.guards import may_pack
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.packing import checklist, lists
from dokango.papers.gathering import full_address
from dokango.papers.standing import Says, standing_of
from dokango.payments.methods import said_method
from dokango.people.permissions import Permission
from dokango.people.phones import said_phone
from dokango.text import how_many
from dokango.words import words_of
from state.kit import feedback, live
from state.kit.payload import texts
from state.kit.seen import seen_by
from state.kit.session import allow, current_actor
from state.kit.work import now_us, read, write
from state.orders.undo import taking_back

_MOST_CHARS = 80


class BenchState(rx.State):
    """The order named in the URL (`?order=1042`); without one the page shows the queue."""

    number: str = ""
    missing: str = ""
    head: dict[str, str] = {}
    lines: list[dict[str, str]] = []
    checks: list[dict[str, str]] = []
    fragile: bool = False
    why: str = ""  # why it cannot be marked as packed now
    over: str = ""  # it is not to be packed any more, and who saw to that
    said: str = ""
    level: str = "info"
    packing: bool = False
    version: int = 0

    @rx.event
    @allow(Permission.PACK)
    async def load(self) -> None:
        """The page's on_load."""
        self.number = str(self.router.url.query_parameters.get("order", "")).strip().lstrip("#")[:_MOST_CHARS]
        self.said, self.level, self.missing = "", "info", ""
        if self.number:
            live.watch(self, topics.of_order(self.number), topics.STOCK)  # until its goods are known
            await self._refresh()
            goods = (topics.of_sku(line["sku"]) for line in self.lines)
            live.watch(self, topics.of_order(self.number), *goods)

    @rx.event
    @allow(Permission.PACK)
    async def scan(self, form: dict[str, Any]) -> Any:
        """A code from the scanner: an item of the open order, or the number of an order to open."""
        code = texts(form, _MOST_CHARS).get("code", "")
        if not code:
            return None
        if another := await self._another_order(code):
            return rx.redirect(f"/pack?order={another}")
        if not self.number:
            self._say("bad", f"There is no order {code}. Scan the number on a slip or label.")
            return None
        actor, number = current_actor(), self.number
        try:
            piece = await write(lambda tx: checklist.scan(tx, actor, process.clock(), number, code))
        except DokangoError as error:
            self._say("bad", str(error))
            return None
        self._say("good", f"{piece.title}: {piece.done} of {piece.wanted}")
        await self._refresh()
        return None

    @rx.event
    @allow(Permission.PACK)
    async def count(self, sku: str, on: bool) -> None:
        """All pieces of a line are in the box, ticked by hand; or none."""
        line = next((line for line in self.lines if line["sku"] == sku), None)
        if line is None:
            raise InvalidInput({"sku": "This order has no such line. Reload the page."})
        actor, number, quantity = current_actor(), self.number, int(line["wanted"]) if on else 0
        await write(lambda tx: checklist.count(tx, actor, process.clock(), number, sku, quantity))
        await self._refresh()

    @rx.event
    @allow(Permission.PACK)
    async def tick(self, key: str, on: bool) -> None:
        """One line of the checklist."""
        actor, number = current_actor(), self.number
        await write(lambda tx: checklist.tick(tx, actor, process.clock(), number, str(key), bool(on)))
        await self._refresh()

    @rx.event
    @allow(Permission.PACK)
    async def set_fragile(self, on: bool) -> None:
        """FRAGILE goes on the label."""
        context, number = Context(current_actor(), process.clock(), self.version), self.number
        await write(lambda tx: perform_once(tx, context, number, Mark(fragile=bool(on))))
        await self._refresh()

    @rx.event
    @allow(Permission.PACK)
    async def finish(self, number: str, version: int) -> Any:
        """Everything is ticked: the parcel on the screen is packed, and the next order comes onto the bench."""
        seen = seen_by(number, version)
        if self.why or self.packing or seen.number != self.number:
            return
        context = Context(current_actor(), process.clock(), seen.version)
        self.packing = True
        yield
        try:
            packed, following = await write(lambda tx: _pack(tx, context, number))
        finally:
            self.packing = False
        yield feedback.done(f"Order #{number} is packed.", taking_back(Pack.action, [packed]))
        yield rx.redirect(f"/pack?order={following}" if following else "/pack")

    async def _refresh(self) -> None:
        number, actor = self.number, current_actor()
        if not number:
            return
        try:
            found = await read(lambda tx: _bench(tx, actor, number))
        except NotFound as error:
            self.missing, self.head, self.lines, self.checks = str(error), {}, [], []
            return
        self.head, self.lines, self.checks = found["head"], found["lines"], found["checks"]
        self.fragile, self.version = found["fragile"], found["version"]
        self.why, self.over = found["why"], found["over"]

    async def _another_order(self, code: str) -> str:
        """The number that `code` is, in whatever digits it was typed; "" when no other order has it."""
        number = "".join(words_of(code))
        if number == self.number or any(line["sku"].casefold() == code.casefold() for line in self.lines):
            return ""
        return number if await read(lambda tx: lists.standing(tx, [number])) else ""

    def _say(self, level: str, sentence: str) -> None:
        # The same words twice would not be read aloud twice: a scanner that beeps again must be heard again.
        self.said = sentence + ("\u200b" if sentence == self.said else "")
        self.level = level


def _pack(tx: Tx, context: Context, number: str) -> tuple[Done, str]:
    """Take the lifecycle's step; and the number of the oldest order that still waits."""
    packed = perform_once(tx, context, number, Pack())
    return packed, next((row.number for row in lists.queue(tx).rows if row.number != number), "")


def _bench(tx: Tx, actor: Any, number: str) -> dict[str, Any]:
    situation = situation_of(tx, actor, process.clock(), number)
    order = situation.order
    lines, ticks = lists.bench_lines(tx, order.id), checklist.ticks_of(tx, order.id)
    at_bench = order.status == "confirmed" and not order.packed
    asked = situation.profile.pack_checklist != "off"
    left = checklist.what_is_left(lines, ticks, asked=asked) if at_bench else []
    held = may_pack(situation) if at_bench else ""
    return {
        "head": _head(order, shipments.live_of(tx, order.id)),
        "lines": [_line(line, ticks) for line in lines],
        "checks": [
            {
                "key": c.key,
                "stage": c.stage,
                "words": c.words,
                "done": "1" if ticks.get(c.key) else "",
                "needed": "1" if c.needed else "",
            }
            for c in CHECKLIST
            if asked
        ],
        "fragile": bool(order.fragile),
        "version": order.version,
        "why": held or (f"{' and '.join(left)}." if left else ""),
        "over": "" if at_bench else _over(tx, order),
    }


def _over(tx: Tx, order: Any) -> str:
    last = audit.last_of_order(tx, order.id)
    state = "packed" if order.packed and order.status == "confirmed" else order.status
    return f"This order is {state}. Last: {audit.said_actor(last.actor, last.actor_kind)}, {said(last.happened_at)}."


def _head(order: OrderRow, parcel: ParcelRow | None) -> dict[str, str]:
    standing = standing_of(order, parcel)
    return {
        "name": order.name,
        "phone": said_phone(order.phone),
        "digits": order.phone,
        "address": full_address(order),
        "note": order.note,
        "payment": standing.words + (f" · {said_method(order.payment_method)}" if standing.says is Says.PAID else ""),
        "age": age_words(order.placed_at, now_us()),
        "exact": said(order.placed_at),
        "items": how_many(order.units, "item"),
        "held": order.held_note or order.held_reason or "",
    }


def _line(line: Any, ticks: dict[str, int]) -> dict[str, str]:
    done = min(line.quantity, ticks.get(checklist.SKU + line.sku, 0))
    attributes = json.loads(line.attributes or "{}")
    variant = line.variant_title or " · ".join(f"{k} {v}" for k, v in attributes.items())
    return {
        "sku": line.sku,
        "title": line.title,
        "variant": variant,
        "image": line.image,
        "wanted": str(line.quantity),
        "progress": f"{done} of {line.quantity}",
        "done": "1" if done == line.quantity else "",
        "on_hand": str(line.on_hand) if line.tracks_stock else "–",
    }
