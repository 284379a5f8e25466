"""The lines of an order as somebody wants them from now on, beside those that it has: what is moved and written."""

from __future__ import annotations

from dataclasses import dataclass, field

from dokango.errors import InvalidInput
from dokango.money import MOST_POISHA, share_half_up
from dokango.notify.changes import Change
from dokango.orders.book.price import order_discount_poisha
from dokango.orders.book.rows import LineRow
from dokango.orders.book.sold import VariantRow
from dokango.orders.lifecycle.commands import Edit, EditedLine
from dokango.orders.lifecycle.decision import NewLine, Situation
from dokango.orders.lifecycle.decisions.unplacing import move
from dokango.orders.lifecycle.edit_writes import LineChange
from dokango.stock.levels import Move


@dataclass(slots=True)
class EditedLines:
    """What the lines come to then, and what differs. `own_off_poisha` is what is off the order as a whole now."""

    own_off_poisha: int
    subtotal_poisha: int = 0
    off_poisha: int = 0  # of single lines
    units: int = 0
    changed: tuple[LineChange, ...] = ()
    removed: tuple[int, ...] = ()
    added: tuple[NewLine, ...] = ()
    moves: list[Move] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    differ: bool = False  # what has to be in the parcel

    @property
    def net_poisha(self) -> int:
        """All lines after what is off each."""
        return self.subtotal_poisha - self.off_poisha

    def off_order(self, command: Edit) -> int:
        """What is off the order as a whole then: an amount, a part of its goods, or what it was."""
        if command.discount_percent is not None:
            return share_half_up(self.net_poisha, command.discount_percent, 100)
        return self.own_off_poisha if command.discount_poisha is None else command.discount_poisha

    def count(self, quantity: int, price_poisha: int, off_poisha: int) -> None:
        """One more line."""
        self.subtotal_poisha += quantity * price_poisha
        self.off_poisha += off_poisha
        self.units += quantity


def edited_lines(s: Situation, command: Edit) -> EditedLines:
    """The lines that `command` wants, or all as they are. Raises InvalidInput, a sentence a line."""
    found = EditedLines(order_discount_poisha(s.order, s.lines))
    if command.lines is None:
        for line in s.lines:
            found.count(line.quantity, line.unit_price_poisha, line.discount_poisha)
        return found
    has = {line.sku: line for line in s.lines}
    wrong: dict[str, str] = {}
    named = [wanted.sku for wanted in command.lines]
    for position, wanted in enumerate(command.lines):
        if wanted.sku in named[:position]:
            wrong[f"lines.{position}.sku"] = f"{wanted.sku[:60]} is named twice."
            continue
        try:
            if wanted.sku in has:
                _keep(found, has[wanted.sku], wanted)
            else:
                _add(found, s.sold.get(wanted.sku), wanted)
        except InvalidInput as error:
            wrong |= {f"lines.{position}.{name}": said for name, said in error.fields.items()}
    gone = [line for line in s.lines if line.sku not in named]
    if stays := [line.sku for line in gone if line.id in s.looked_at]:
        wrong["lines"] = f"{', '.join(stays)} came back once and was inspected: it cannot be taken out, only fewer."
    if found.subtotal_poisha > MOST_POISHA:
        wrong["lines"] = "That is more than an order can come to."
    if wrong:
        raise InvalidInput(wrong)
    _remove(found, gone)
    return found


def _keep(found: EditedLines, line: LineRow, wanted: EditedLine) -> None:
    """A line that stays, with another quantity, price or discount where it is said."""
    price = line.unit_price_poisha if wanted.unit_price_poisha is None else wanted.unit_price_poisha
    off = _off(wanted, wanted.quantity * price, line.discount_poisha)
    found.count(wanted.quantity, price, off)
    title = _titled(line)
    if wanted.quantity != line.quantity:
        found.changes.append(_change("quantity", title, line.quantity, wanted.quantity))
        found.differ = True
        more = wanted.quantity - line.quantity
        if line.tracks_stock:
            found.moves.append(move(line, "reserved" if more > 0 else "released", abs(more)))
    if price != line.unit_price_poisha:
        found.changes.append(_change("price", title, line.unit_price_poisha, price))
    if off != line.discount_poisha:
        found.changes.append(_change("line_discount", title, line.discount_poisha, off))
    if (wanted.quantity, price, off) != (line.quantity, line.unit_price_poisha, line.discount_poisha):
        found.changed += (LineChange(line.id, wanted.quantity, price, off),)


def _add(found: EditedLines, variant: VariantRow | None, wanted: EditedLine) -> None:
    """A line that was not there."""
    if variant is None:
        raise InvalidInput({"sku": f"“{wanted.sku[:60]}” is not sold here (any more). Take it out."})
    price = variant.price_poisha if wanted.unit_price_poisha is None else wanted.unit_price_poisha
    off = _off(wanted, wanted.quantity * price, 0)
    line = NewLine(
        variant.id, variant.sku, variant.title, variant.variant_title, variant.picture, variant.tracks_stock,
        wanted.quantity, price, off,
    )  # fmt: skip
    found.count(wanted.quantity, price, off)
    found.added += (line,)
    found.differ = True
    found.changes.append(_change("quantity", _titled(line), 0, wanted.quantity))
    if price != variant.price_poisha:
        found.changes.append(_change("price", _titled(line), variant.price_poisha, price))
    if off:
        found.changes.append(_change("line_discount", _titled(line), 0, off))
    if line.tracks_stock:
        found.moves.append(move(line, "reserved", wanted.quantity))


def _remove(found: EditedLines, gone: list[LineRow]) -> None:
    for line in gone:
        found.removed += (line.id,)
        found.changes.append(_change("quantity", _titled(line), line.quantity, 0))
        found.differ = True
        if line.tracks_stock:
            found.moves.append(move(line, "released", line.quantity))


def _off(wanted: EditedLine, amount_poisha: int, was_poisha: int) -> int:
    """What is off a line; raises InvalidInput for more than it costs. What stays shrinks with the line."""
    if wanted.discount_percent is not None:
        return share_half_up(amount_poisha, wanted.discount_percent, 100)
    if wanted.discount_poisha is None:
        return min(was_poisha, amount_poisha)
    if wanted.discount_poisha > amount_poisha:
        raise InvalidInput({"discount_poisha": f"{wanted.sku[:60]}: the discount is more than the line costs."})
    return wanted.discount_poisha


def _titled(line: LineRow | NewLine) -> str:
    return " · ".join(part for part in (line.title, line.variant_title) if part)


def _change(what: str, title: str, before: int, after: int) -> Change:
    return {"what": what, "title": title, "before": before, "after": after}
