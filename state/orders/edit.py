"""The dialog that changes an order before it is shipped: all of it in fields, and what they would do to it below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import anyio.to_thread
import reflex as rx

from dokango import process
from dokango.errors import DokangoError
from dokango.money import taka, typed_taka
from dokango.orders import Context, perform_once
from dokango.orders.book import rows
from dokango.orders.book.price import order_discount_poisha
from dokango.orders.book.rows import LineRow, OrderRow
from dokango.orders.lifecycle.commands import MOST_LINES, Edit
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.rehearse import Rehearsal, rehearse
from dokango.orders.lifecycle.table import find
from dokango.people.permissions import Permission
from dokango.reports.movements import KINDS
from dokango.shop.profile import load_profile
from state.kit.feedback import done
from state.kit.form import ORDER, Typed, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.work import read, write
from state.orders.entry import orderable
from state.orders.rehearsed import Rehearsed
from state.orders.typed import EACH, OFF, PIECES, edit_of
from state.orders.undo import taking_back

PLAIN = ("name", "phone", "line", "area", "city", "district", "note", "payment_method", "delivery_poisha", "discount")
NO_ERRORS = dict.fromkeys((*PLAIN, "lines", "reason", "answers_wish"), "")
_STANDS = (("Total", "total_poisha"), ("Due", "due_poisha"), ("Due back to the customer", "refund_due_poisha"))
_ON_LABEL = ("name", "phone", "address_line", "area", "city", "district")
Row = dict[str, str]


class EditState(Rehearsed, rx.State):
    """One order as it should be, and below it what that would change: nothing is kept of that before it is saved."""

    lines: list[Row] = []
    given: dict[str, str] = dict.fromkeys(PLAIN, "")
    search: str = ""
    found: list[Row] = []
    said: str = ""  # what would change, in words
    refused: str = ""  # why it cannot be so
    moves: list[str] = []
    after: list[Row] = []
    packer: str = ""  # what whoever packs has to do then
    tariff: str = ""
    wish: str = ""  # what the customer asks for
    errors: dict[str, str] = NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = NO_ERRORS
    line_fields: ClassVar[tuple[str, ...]] = (PIECES, EACH, OFF)
    most_chars: ClassVar[int] = 1_000
    _before: dict[str, Any] = {}

    @rx.event
    @allow(Permission.EDIT_ORDER)
    async def open(self, number: str) -> None:
        """Show the order as it is now."""
        actor, number = current_actor(), words(number, 20)
        find("edit", await read(lambda tx: situation_of(tx, actor, process.clock(), number)))
        order = await read(lambda tx: rows.by_number(tx, number))
        lines = await read(lambda tx: rows.lines_of(tx, order.id))
        self._anew()
        self._take(order, lines)
        await self._rehearse()
        self.is_open = True

    @rx.event
    @allow(Permission.EDIT_ORDER)
    async def weigh(self, name: str, typed: str) -> None:
        """A field was left: show what all of them would change now."""
        await self._left(name, typed)

    @rx.event
    @allow(Permission.EDIT_ORDER)
    async def find(self, typed: str) -> None:
        """Products by the words of their title or a SKU."""
        self.search = words(typed, 80)
        asked, has = self.search, {line["sku"] for line in self.lines}
        found = await read(lambda tx: orderable(tx, asked)) if asked else []
        self.found = [line for line in found if line["sku"] not in has]

    @rx.event
    @allow(Permission.EDIT_ORDER)
    async def add(self, sku: str) -> Any:
        """Put one of a SKU that was found into the order."""
        line = next((line for line in self.found if line["sku"] == sku), None)
        if line is not None and len(self.lines) < MOST_LINES:
            each = typed_taka(int(line["price_poisha"]))
            self._put({"sku": sku, "title": line["title"], "pieces": "1", "each": each, "off": "0"})
            await self._rehearse()
        self.search, self.found = "", []
        return rx.set_focus("edit-search")

    @rx.event
    @allow(Permission.EDIT_ORDER)
    async def drop(self, sku: str) -> None:
        """Take a line out."""
        self.lines = [line for line in self.lines if line["sku"] != sku]
        kept = {line["sku"] for line in self.lines}
        self._typed = {
            name: said for name, said in self._typed.items() if name in PLAIN or _sku_of(name) in {*kept, ""}
        }  # fmt: skip
        await self._rehearse()

    @rx.event
    @allow(Permission.EDIT_ORDER)
    @sends(lambda _, typed: edit_of(typed), over=ORDER)
    async def save(self, command: Edit) -> Any:
        """Change it."""
        seen = self._shown_for
        context = Context(current_actor(), process.clock(), seen.version)
        result = await write(lambda tx: perform_once(tx, context, seen.number, command))
        self.is_open = False
        return done(f"Order #{result.number} is changed. {self.packer}".strip(), taking_back(Edit.action, [result]))

    def _take(self, order: OrderRow, lines: tuple[LineRow, ...]) -> None:
        self.number, self.version = order.number, order.version
        off = order_discount_poisha(order, lines)
        self.given = {
            "name": order.name, "phone": order.phone, "line": order.address_line, "area": order.area,
            "city": order.city, "district": order.district, "note": order.note,
            "payment_method": order.payment_method, "delivery_poisha": typed_taka(order.delivery_poisha),
            "discount": typed_taka(off),
        }  # fmt: skip
        self._typed, self.lines = {**self.given, "reason": ""}, []
        self._before = {name: getattr(order, name) for name in (*_ON_LABEL, "packed", *(at for _, at in _STANDS))}
        self.search, self.found, self.wish = "", [], order.wish
        for line in lines:
            self._put(
                {
                    "sku": line.sku, "title": " · ".join(part for part in (line.title, line.variant_title) if part),
                    "pieces": str(line.quantity), "each": typed_taka(line.unit_price_poisha),
                    "off": typed_taka(line.discount_poisha),
                }
            )  # fmt: skip

    def _put(self, line: Row) -> None:
        """One more line, its fields filled in."""
        names = {name: before + line["sku"] for name, before in (("pieces", PIECES), ("each", EACH), ("off", OFF))}
        self.lines = [*self.lines, {**line, **{f"{name}_name": field for name, field in names.items()}}]
        self._typed = {**self._typed, **{field: line[name] for name, field in names.items()}}

    async def _rehearse(self) -> None:
        """What the fields would change; why not, where they cannot be so."""
        context, number = Context(current_actor(), process.clock()), self.number
        self.said, self.refused, self.packer = "", "", ""
        self.moves, self.postings, self.after = [], [], []
        profile, district = await read(load_profile), self._typed["district"]
        self.tariff = f"By the settings {taka(profile.delivery_poisha(district))} to {district}." if district else ""
        try:
            command = edit_of({**self._typed, "reason": self._typed["reason"] or "preview"})
            seen = await anyio.to_thread.run_sync(lambda: rehearse(process.database(), context, number, command))
        except DokangoError as error:
            self.refused = str(error)
            return
        await self._show(seen)

    async def _show(self, seen: Rehearsal) -> None:
        order = seen.order
        self.said = seen.note.removesuffix(" · preview")
        self.moves = [f"{move.quantity} × {move.sku}: {KINDS[move.kind].lower()}" for move in seen.moves]
        await self._show_postings(seen)
        amounts = [(label, self._before[name], getattr(order, name)) for label, name in _STANDS]
        self.after = [
            {"label": label, "before": taka(was), "amount": taka(now), "differs": "1" if was != now else ""}
            for label, was, now in amounts
            if was or now
        ]  # fmt: skip
        if self._before["packed"]:
            label = any(getattr(order, name) != self._before[name] for name in _ON_LABEL)
            anew = "It goes back to be packed anew." if not order.packed else ""
            self.packer = anew or ("Print its label again." if label else "")

    def _on_page(self, wrong: Mapping[str, str], typed: Typed) -> dict[str, str]:
        named = {field.replace("discount_poisha", "discount"): said for field, said in wrong.items()}
        return super()._on_page(named, typed)


def _sku_of(name: str) -> str:
    """The SKU that a line's field is about; "" for any other field."""
    return next((name.removeprefix(before) for before in (PIECES, EACH, OFF) if name.startswith(before)), "")
