"""Goods that come back after delivery: which lines, at which price and cost, to the shelf or written off."""

from __future__ import annotations

from dataclasses import dataclass

from dokango.errors import InvalidInput, Refused
from dokango.money import share_half_up
from dokango.orders.book.price import prices
from dokango.orders.book.rows import LineRow
from dokango.orders.lifecycle.commands import ReceiveReturn
from dokango.orders.lifecycle.decision import Decision, GoOnWithCase, MarkReturned, Situation, Write
from dokango.orders.lifecycle.decisions.unplacing import move
from dokango.orders.lifecycle.door_writes import RestBack
from dokango.orders.lifecycle.settled.taken_back import taken_back
from dokango.stock.levels import Move


@dataclass(frozen=True, slots=True)
class _Back:
    """One part of a line that is back: goods that were sold, or some that the customer never kept."""

    line: LineRow
    quantity: int
    restock: bool
    before: int = 0  # of sold goods: units of the line that came back earlier
    kept: bool = True

    @property
    def words(self) -> str:
        """For a timeline."""
        return f"{self.quantity} × {self.line.sku} {'restocked' if self.restock else 'written off'}"


def goods_came_back(s: Situation, command: ReceiveReturn) -> Decision:
    """Sold goods return at the cost they left at; their price (with delivery, when chosen) is owed less, or due back.

    What the customer never kept is only free again, or written off: its sale was reversed when they did not keep it.
    """
    if command.collected_poisha:
        words = "The rider took the price of this order: only of a parcel that was refused is a charge collected."
        raise InvalidInput({"collected_poisha": words})
    back = _what(s, command)
    sold = [part for part in back if part.kept]
    paid_for = prices(s.order, s.lines)
    delivery = paid_for.delivery_poisha if _gives_back_delivery(s, command) else 0
    price = sum(paid_for.of(part.line, part.line.not_kept + part.before, part.quantity) for part in sold) + delivery
    reversed_ = taken_back(s.order, price, customer_paid=command.customer_paid)
    words = ", ".join(part.words for part in back)
    return Decision(
        moves=[_move(part) for part in back if part.line.tracks_stock],
        postings=reversed_.postings(s.order),
        writes=[*(_write(part) for part in back), *_rest_is_back(s, back, words), *_came_broken(s, back)],
        columns={"delivery_returned": 1} if _gives_back_delivery(s, command) else {},
        paid=-reversed_.courier_poisha + min(0, reversed_.rounded_poisha),
        due=-reversed_.owed_poisha,
        refund_due=reversed_.back_poisha,
        courier_due=-reversed_.courier_poisha - max(0, reversed_.rounded_poisha),
        forgiven=-reversed_.forgiven_poisha,
        to="returned" if _is_all(s, back) else None,
        note=" · ".join(part for part in (words, reversed_.words, command.reason) if part),
        data={"back_poisha": reversed_.back_poisha, **reversed_.data},
    )


def _move(part: _Back) -> Move:
    line = part.line
    if not part.kept:
        return move(line, "released" if part.restock else "written_off", part.quantity)
    return move(line, "returned" if part.restock else "lost", part.quantity, _cost_of(part))


def _write(part: _Back) -> Write:
    if not part.kept:
        return RestBack(part.line.id, part.quantity)
    return MarkReturned(part.line.id, part.quantity, _cost_of(part))


def _rest_is_back(s: Situation, back: list[_Back], words: str) -> list[Write]:
    """The case of what was not kept is over when the last of it is here."""
    waited = sum(line.coming_back for line in s.lines)
    here = sum(part.quantity for part in back if not part.kept)
    return [GoOnWithCase("rest_back", words, s.actor)] if waited and here == waited else []


def _came_broken(s: Situation, back: list[_Back]) -> list[Write]:
    """What the customer never kept was in the courier's hands both ways: what of it is written off can be claimed."""
    broken = [part.words for part in back if not part.kept and not part.restock]
    return [GoOnWithCase("written_off", ", ".join(broken), s.actor)] if broken else []


def split_parcel(s: Situation, command: ReceiveReturn) -> list[tuple[LineRow, int, bool]]:
    """A refused parcel, line by line: (line, quantity, restock). It comes back whole, so all of it must be named.

    Raises InvalidInput when `lines` leave something out.
    """
    back = _what(s, command)
    named = {line.id: sum(part.quantity for part in back if part.line.id == line.id) for line in s.lines}
    missing = [f"{line.quantity - named[line.id]} × {line.sku}" for line in s.lines if named[line.id] < line.quantity]
    if missing:
        words = ", ".join(missing)
        raise InvalidInput(
            {"lines": f"The parcel was never delivered, so all of it must be named; {words} is left out. "
             "What is lost or damaged is named with restock false."}
        )  # fmt: skip
    return [(part.line, part.quantity, part.restock) for part in back]


def _what(s: Situation, command: ReceiveReturn) -> list[_Back]:
    """The parts that came, checked against what can still come; raises InvalidInput or Refused."""
    left = {line.sku: line for line in s.lines if _can_come(line)}
    if not left:
        raise Refused("receive_return", "Everything of this order came back already.")
    if command.lines is None:
        restock = command.restock is not False
        waits = any(line.coming_back for line in s.lines)
        return [
            part for line in left.values()
            for part in _parts(line, 0, line.coming_back if waits else _can_come(line), restock)
        ]  # fmt: skip
    if not command.lines:
        raise InvalidInput({"lines": "Say which items came back."})
    wrong: dict[str, str] = {}
    back: list[_Back] = []
    for position, wanted in enumerate(command.lines):
        line = left.get(wanted.sku)
        named = sum(part.quantity for part in back if part.line.sku == wanted.sku)
        possible = 0 if line is None else _can_come(line)
        if line is None or named + wanted.quantity > possible:
            wrong[f"lines.{position}.quantity"] = f"Only {possible} of {wanted.sku[:60]} can come back."
        else:
            back += _parts(line, named, wanted.quantity, wanted.restock)
    if wrong:
        raise InvalidInput(wrong)
    return back


def _can_come(line: LineRow) -> int:
    return line.sold - line.returned_quantity + line.coming_back


def _parts(line: LineRow, named: int, quantity: int, restock: bool) -> list[_Back]:
    """`quantity` units more of a line, after `named` of it: first those that are on their way back, then sold ones."""
    unkept = min(quantity, max(0, line.coming_back - named))
    earlier = line.returned_quantity + max(0, named - line.coming_back)
    parts = [_Back(line, unkept, restock, kept=False), _Back(line, quantity - unkept, restock, earlier)]
    return [part for part in parts if part.quantity]


def _cost_of(part: _Back) -> int:
    """The captured cost of these units; over several returns a line gives back its cost to the last poisha."""
    line = part.line
    return share_half_up(line.cost_poisha, part.before + part.quantity, line.sold) - share_half_up(
        line.cost_poisha, part.before, line.sold
    )


def _gives_back_delivery(s: Situation, command: ReceiveReturn) -> bool:
    if command.include_delivery and s.order.delivery_returned:
        raise InvalidInput({"include_delivery": "The delivery charge was given back already."})
    return bool(command.include_delivery)


def _is_all(s: Situation, back: list[_Back]) -> bool:
    """Whether with `back` every unit of the order has returned."""
    now_back = {line.id: sum(part.quantity for part in back if part.line.id == line.id) for line in s.lines}
    return all(_can_come(line) == now_back[line.id] for line in s.lines)
