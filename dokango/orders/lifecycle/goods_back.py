"""Goods that come back after delivery: which lines, at which price and cost, to the shelf or written off."""

from __future__ import annotations

from dataclasses import dataclass

from dokango.errors import InvalidInput, Refused
from dokango.ledger import accounts
from dokango.ledger.entries import NewPosting
from dokango.money import share_half_up, taka
from dokango.orders.book.rows import LineRow
from dokango.orders.lifecycle.commands import ReceiveReturn
from dokango.orders.lifecycle.decision import Decision, MarkReturned, Situation
from dokango.stock.levels import Move


@dataclass(frozen=True, slots=True)
class _Back:
    """One part of a line that is back."""

    line: LineRow
    quantity: int
    restock: bool
    before: int  # units of the line that came back earlier


def goods_came_back(s: Situation, command: ReceiveReturn) -> Decision:
    """The price of the goods (and delivery, when chosen) is due back; they return at the cost they left at."""
    back = _what(s, command)
    decision = Decision(note=command.reason)
    price = 0
    for part in back:
        cost = _cost_of(part)
        price += part.quantity * part.line.unit_price_poisha
        decision.writes.append(MarkReturned(part.line.id, part.quantity, cost))
        if part.line.tracks_stock:
            kind = "returned" if part.restock else "lost"
            decision.moves.append(
                Move(part.line.variant_id, kind, part.quantity, cost, sku=part.line.sku, title=part.line.title)
            )
    delivery = _delivery(s, command)
    decision.postings = [NewPosting(accounts.REVENUE_RETURNS, accounts.PAYABLE_REFUNDS, price + delivery)]
    decision.columns = {"delivery_returned": 1} if delivery else {}
    decision.refund_due = price + delivery
    decision.to = "returned" if _is_all(s, back) else None
    words = ", ".join(f"{p.quantity} × {p.line.sku} {'restocked' if p.restock else 'written off'}" for p in back)
    decision.note = " · ".join(part for part in (words, f"{taka(price + delivery)} due back", command.reason) if part)
    return decision


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
    left = {line.sku: line for line in s.lines if line.quantity > line.returned_quantity}
    if not left:
        raise Refused("receive_return", "Everything of this order came back already.")
    if command.lines is None:
        restock = command.restock is not False
        return [
            _Back(line, line.quantity - line.returned_quantity, restock, line.returned_quantity)
            for line in left.values()
        ]
    if not command.lines:
        raise InvalidInput({"lines": "Say which items came back."})
    wrong: dict[str, str] = {}
    back: list[_Back] = []
    for position, wanted in enumerate(command.lines):
        line = left.get(wanted.sku)
        named = sum(part.quantity for part in back if part.line.sku == wanted.sku)
        possible = 0 if line is None else line.quantity - line.returned_quantity
        if line is None or named + wanted.quantity > possible:
            wrong[f"lines.{position}.quantity"] = f"Only {possible} of {wanted.sku} can come back."
        else:
            back.append(_Back(line, wanted.quantity, wanted.restock, line.returned_quantity + named))
    if wrong:
        raise InvalidInput(wrong)
    return back


def _cost_of(part: _Back) -> int:
    """The captured cost of these units; over several returns a line gives back its cost to the last poisha."""
    line = part.line
    return share_half_up(line.cost_poisha, part.before + part.quantity, line.quantity) - share_half_up(
        line.cost_poisha, part.before, line.quantity
    )


def _delivery(s: Situation, command: ReceiveReturn) -> int:
    if not command.include_delivery:
        return 0
    if s.order.delivery_returned:
        raise InvalidInput({"include_delivery": "The delivery charge was given back already."})
    return s.order.delivery_poisha


def _is_all(s: Situation, back: list[_Back]) -> bool:
    """Whether with `back` every unit of the order has returned."""
    now_back = {line.id: sum(part.quantity for part in back if part.line.id == line.id) for line in s.lines}
    return all(line.returned_quantity + now_back[line.id] == line.quantity for line in s.lines)
