"""The packing queue: what waits, what is chosen of it, and the pick list over it."""

from __future__ import annotations

from typing import Any, ClassVar

import reflex as rx

from dokango import topics
from dokango.clock import age_words, said
from dokango.db import Tx
from dokango.money import taka
from dokango.orders.packing import lists
from dokango.paging import Page, shown
from dokango.payments.methods import is_paid_on_delivery
from dokango.people.permissions import Permission
from dokango.text import how_many, said_once
from state.kit import live
from state.kit.dialog import Overlay
from state.kit.session import allow
from state.kit.ticks import Ticks
from state.kit.turns import Turned
from state.kit.work import now_us, read


class PackState(Ticks, Overlay, Turned, rx.State):
    """A page of orders to pack, oldest first. Orders that left the queue stay where they stood until the next load."""

    loaded: bool = False
    total: int = 0
    arrived: int = 0
    rows: list[dict[str, str]] = []
    oldest: str = ""
    pick: list[dict[str, str]] = []
    pick_open: bool = False
    open_vars: ClassVar[tuple[str, ...]] = ("pick_open",)

    @rx.event
    @allow(Permission.PACK)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        live.watch(self, topics.ORDERS, topics.PACKING)
        self._turn_to_page_asked()
        await self._fill()

    @rx.event
    @allow(Permission.PACK)
    async def show_arrived(self) -> None:
        """Bring in what came meanwhile."""
        await self._fill()

    @rx.event
    @allow(Permission.PACK)
    async def show_pick(self, is_open: bool) -> None:
        """Open the pick list over the chosen orders, or close it."""
        self.pick_open = bool(is_open) and bool(self.chosen)
        if self.pick_open:
            numbers = list(self.chosen)
            self.pick = _pick_rows(await read(lambda tx: lists.picks(tx, numbers)))

    async def _fill(self) -> None:
        """The rows of this page, afresh."""
        cursor, now = self._cursor, now_us()

        def view(tx: Tx) -> tuple[Page[lists.ToPack], int, set[int], tuple[lists.ToPack, ...]]:
            page = shown(lambda at: lists.queue(tx, at), cursor)
            first = page if page.previous is None else lists.queue(tx)
            return page, lists.count(tx), lists.begun(tx, [row.id for row in page.rows]), first.rows[:1]

        page, self.total, begun, first = await live.once(("pack", cursor), view)
        self.rows = [_row(row, row.id in begun, now) for row in page.rows]
        self.oldest = first[0].number if first else ""
        self._show_turns(page, lambda at: f"/pack?cursor={at}" if at else "/pack")
        self.arrived = 0
        self._keep_ticks()
        self.loaded = True

    async def _refresh(self) -> None:
        """Somebody changed something: rows are brought up to date in place, none moves."""
        numbers, now = tuple(row["number"] for row in self.rows), now_us()

        def view(tx: Tx) -> tuple[dict[str, Any], int, set[int]]:
            found = lists.standing(tx, numbers)
            return found, lists.count(tx), lists.begun(tx, [row.id for row in found.values()])

        found, total, begun = await live.once(("pack standing", numbers), view)
        self.rows = [_row(found[n], found[n].id in begun, now) for n in numbers if n in found]
        waiting = sum(1 for row in self.rows if not row["gone"])
        if not self.next_url and not self.previous_url:
            self.arrived = max(0, total - waiting)
        self.total = total
        self.oldest = next((row["number"] for row in self.rows if not row["gone"]), self.oldest)
        self._keep_ticks()

    def _tickable(self) -> list[str]:
        """Those that still wait."""
        return [row["number"] for row in self.rows if not row["gone"]]


def _row(row: Any, begun: bool, now: int) -> dict[str, str]:
    place = row.area or row.city
    return {
        "number": row.number,
        "version": str(row.version),
        "age": age_words(row.placed_at, now),
        "exact": said(row.placed_at),
        "name": row.name,
        "place": ", ".join(said_once((place, row.district))),
        "items": how_many(row.units, "item"),
        "note": row.note,
        "fragile": "1" if row.fragile else "",
        "collects": taka(row.due_poisha) if is_paid_on_delivery(row.payment_method) and row.due_poisha else "",
        "begun": "1" if begun and not row.packed else "",
        "gone": _gone(row),
    }


def _gone(row: Any) -> str:
    """Why an order of the page waits no more, as the key of a badge; "" while it does."""
    if row.status != "confirmed":
        return str(row.status)
    if row.held_reason is not None:
        return "held"
    return "packed" if row.packed else ""


def _pick_rows(lines: list[Any]) -> list[dict[str, str]]:
    """One row a SKU: how many, and for whom."""
    found: dict[str, dict[str, Any]] = {}
    for line in lines:
        row = found.setdefault(line.sku, {"line": line, "quantity": 0, "orders": []})
        row["quantity"] += line.quantity
        row["orders"].append(f"#{line.number}" + (f" × {line.quantity}" if line.quantity > 1 else ""))
    return [
        {
            "sku": sku,
            "title": row["line"].title,
            "variant": row["line"].variant_title,
            "image": row["line"].image,
            "quantity": str(row["quantity"]),
            "on_hand": str(row["line"].on_hand),
            "orders": ", ".join(row["orders"]),
        }
        for sku, row in found.items()
    ]
