"""A parcel that came back undelivered: taken in, inspected now or later, and sent again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from dokango.errors import InvalidInput
from dokango.ledger import accounts
from dokango.ledger.entries import NewPosting
from dokango.money import taka
from dokango.orders.book.rows import OrderRow
from dokango.orders.lifecycle.commands import Inspect, LoseParcel, ReceiveReturn, SendAgain
from dokango.orders.lifecycle.decision import (
    AddInspections,
    AwaitInspection,
    ClearTicks,
    CountUndelivered,
    Decision,
    Found,
    GoOnWithCase,
    ParcelBack,
    SetShipment,
    Situation,
    Write,
)
from dokango.orders.lifecycle.decisions.goods_back import split_parcel
from dokango.orders.lifecycle.decisions.payout import charged
from dokango.orders.lifecycle.decisions.unplacing import move, settled_poisha, unplace
from dokango.stock.levels import Move
from dokango.text import how_many

RESELL, DAMAGED, MISSING, WRONG = "resell", "damaged", "missing", "wrong"
CONDITION_WORDS = {
    RESELL: "back on the shelf", DAMAGED: "damaged, written off", MISSING: "missing, written off",
    WRONG: "not our goods, written off",
}  # fmt: skip


def parcel_came_back(s: Situation, command: ReceiveReturn) -> Decision:
    """As a cancel, less what stays of a payment before, with the courier's charge; goods move when inspected."""
    kept = kept_of(s.order) if command.keep_advance else 0
    decision = unplace(s, kept)
    if command.inspect_later:
        if command.restock is not None or command.lines is not None:
            raise InvalidInput({"inspect_later": "Say what is fit for the shelf, or that it is inspected later."})
        waits, words = s.order.units, "to be inspected"
        said = command.reason or "The parcel is here, to be inspected."
        decision.writes += [AwaitInspection(), GoOnWithCase("back", said, s.actor)]
    else:
        found = tuple(
            Found(line, quantity, RESELL if restock else DAMAGED)
            for line, quantity, restock in split_parcel(s, command)
        )
        decision.moves = _moves(found)
        decision.writes += [AddInspections(found, waited=False), *_gone(s, found)]
        waits = 0
        words = " · ".join(
            dict.fromkeys("back on the shelf" if f.condition == RESELL else "written off" for f in found)
        )
    charge = s.profile.courier_return_charge_poisha
    parcel = s.carried.current
    if parcel is not None and parcel.charge_poisha is None and charge:
        cost = charged(parcel, charge)
        decision.postings += cost.postings
        decision.writes += cost.writes
        decision.courier_due = cost.courier_due
    _book_collected(s, command, decision)
    decision.writes += [CountUndelivered(), ParcelBack()]
    decision.columns = {"kept_poisha": kept, "to_inspect": waits}
    stays = f"{taka(kept)} of what was paid stays" if kept else ""
    took = f"{taka(command.collected_poisha)} collected at the door" if command.collected_poisha else ""
    decision.note = " · ".join(part for part in (words, stays, took, command.reason) if part)
    decision.data |= {"kept_poisha": kept, "back_poisha": decision.refund_due}
    return decision


def _book_collected(s: Situation, command: ReceiveReturn, decision: Decision) -> None:
    """What the rider took although the parcel was refused: its courier owes it. Raises InvalidInput by field."""
    collected = command.collected_poisha
    if not collected:
        return
    parcel = s.carried.current
    if parcel is None:
        raise InvalidInput({"collected_poisha": "No courier had this parcel, so none collected anything for it."})
    decision.postings.append(NewPosting(parcel.account, accounts.REVENUE_RETURN_CHARGES, collected))
    decision.courier_due += collected
    decision.data["collected_poisha"] = collected


def lose(s: Situation, command: LoseParcel) -> Decision:
    """Nothing comes back: all of it is missing. What was paid is due back whole, and the order can be sent again."""
    decision = unplace(s)
    found = tuple(Found(line, line.quantity, MISSING) for line in s.lines)
    decision.moves = _moves(found)
    gone = SetShipment({"live": None, "problem": ""})
    decision.writes += [AddInspections(found, waited=False), CountUndelivered(), gone, *_gone(s, found)]
    decision.columns = {"to_inspect": 0}
    decision.note = command.reason
    decision.data |= {"back_poisha": decision.refund_due}
    return decision


def kept_of(order: OrderRow) -> int:
    """What stays of the customer's payment when the parcel is refused: never more than was paid."""
    return min(order.refusal_keeps_poisha, settled_poisha(order))


def inspect(s: Situation, command: Inspect) -> Decision:
    """What is fit goes back to the shelf; what is damaged, missing or not ours is written off at cost."""
    found = _found(s, command)
    left = (s.order.to_inspect or 0) - sum(part.quantity for part in found)
    words = _in_words(found)
    all_seen: list[Write] = [] if left else [GoOnWithCase("inspected", words, s.actor)]
    waits = f"{how_many(left, 'item')} still to inspect" if left else ""
    return Decision(
        moves=_moves(found),
        writes=[AddInspections(found, waited=True), *all_seen, *_gone(s, found)],
        columns={"to_inspect": left},
        note=" · ".join(part for part in (words, waits, command.note) if part),
        data={"left": left},
    )


def send_again(s: Situation, command: SendAgain) -> Decision:
    """The placing stands again: goods reserved anew, what was not given back counts as paid, what stayed does too."""
    order, kept, due = s.order, s.order.kept_poisha, due_again_poisha(s.order)
    not_given_back = order.total_poisha - kept - due
    again: list[Write] = [ClearTicks(), GoOnWithCase("sent_again", "It goes out once more.", s.actor)]
    return Decision(
        restore_placing=True,
        moves=[move(line, "reserved", line.quantity) for line in s.lines if line.tracks_stock],
        postings=[
            NewPosting(accounts.PAYABLE_REFUNDS, accounts.RECEIVABLE_CUSTOMERS, not_given_back),
            NewPosting(accounts.REVENUE_KEPT, accounts.RECEIVABLE_CUSTOMERS, kept),
        ],
        writes=again,
        columns={"packed": 0, "kept_poisha": 0, "to_inspect": None},
        due=due,
        refund_due=-not_given_back,
        note=" · ".join(
            part for part in (f"{taka(due)} to collect" if due else "nothing to collect", command.note) if part
        ),
        data={"still_due_poisha": due},
    )


def due_again_poisha(order: OrderRow) -> int:
    """What the customer owes of a parcel that is sent again: all but what stayed, and what was not given back yet."""
    return max(0, order.total_poisha - order.kept_poisha - order.refund_due_poisha)


def _found(s: Situation, command: Inspect) -> tuple[Found, ...]:
    """What was found, checked against what waits; raises InvalidInput, a sentence a line."""
    lines = {line.sku: line for line in s.lines}
    named: dict[str, int] = defaultdict(int)
    wrong: dict[str, str] = {}
    found: list[Found] = []
    for position, wanted in enumerate(command.lines):
        line = lines.get(wanted.sku)
        named[wanted.sku] += wanted.quantity
        if line is None or named[wanted.sku] > line.to_inspect:
            waits = line.to_inspect if line else 0
            wrong[f"lines.{position}.quantity"] = f"Only {waits} of {wanted.sku[:60]} wait to be inspected."
        else:
            found.append(Found(line, wanted.quantity, wanted.condition))
    if wrong:
        raise InvalidInput(wrong)
    return tuple(found)


def _gone(s: Situation, found: Iterable[Found]) -> list[Write]:
    """What is written off was in the courier's hands: its loss waits to be claimed."""
    lost = [part for part in found if part.condition != RESELL]
    return [GoOnWithCase("written_off", _in_words(lost), s.actor)] if lost else []


def _in_words(found: Iterable[Found]) -> str:
    return ", ".join(f"{part.quantity} × {part.line.sku} {CONDITION_WORDS[part.condition]}" for part in found)


def _moves(found: tuple[Found, ...]) -> list[Move]:
    return [
        move(part.line, "released" if part.condition == RESELL else "written_off", part.quantity)
        for part in found
        if part.line.tracks_stock
    ]
