"""A parcel of which a part was kept: the kept goods are sold, the others come back, and both go into the books at once.

Of three mugs one was kept and ৳900 collected: one leaves at cost, the sale of two is reversed, and the courier owes
৳900. The two stay promised, neither sold nor free, until the parcel is here and they are taken back line by line.
"""

from __future__ import annotations

from dokango.couriers.kind.parcel_limits import collectable
from dokango.errors import InvalidInput
from dokango.money import POISHA_PER_TAKA, taka
from dokango.orders.book.price import prices
from dokango.orders.book.rows import LineRow
from dokango.orders.lifecycle.commands import DeliverPart
from dokango.orders.lifecycle.decision import CountDelivery, Decision, GoOnWithCase, SetShipment, Situation
from dokango.orders.lifecycle.decisions.unplacing import move
from dokango.orders.lifecycle.door_writes import ComesBack, KnowsCollects
from dokango.orders.lifecycle.settled.riders_cash import account_with, taken
from dokango.orders.lifecycle.settled.taken_back import taken_back


def deliver_part(s: Situation, command: DeliverPart) -> Decision:
    """Kept goods leave at cost, the price of the others is reversed, and what was collected is owed by the courier.

    The delivery charge stays. Raises InvalidInput, a sentence a line.
    """
    kept = _kept(s, command)
    back = {line.id: line.quantity - kept[line.id] for line in s.lines}
    paid_for = prices(s.order, s.lines)
    reversed_ = taken_back(s.order, sum(paid_for.of(line, 0, back[line.id]) for line in s.lines))
    cash = taken(s.order.due_poisha - reversed_.owed_poisha, command.collected_poisha)
    words = ", ".join(_words(line, kept[line.id]) for line in s.lines)
    comes_back = [ComesBack(line.id, back[line.id]) for line in s.lines if back[line.id]]
    return Decision(
        keeps_cost=True,
        moves=[move(line, "sold", kept[line.id]) for line in s.lines if line.tracks_stock and kept[line.id]],
        postings=[*reversed_.postings(s.order), *cash.postings(account_with(s.order))],
        writes=[
            CountDelivery(),
            SetShipment({
                "status": "partial_delivered" if comes_back else "delivered", "problem": "", "status_at": s.now_us,
                "asked_cod_poisha": None,
            }),
            *comes_back,
            KnowsCollects(f"{taka(command.collected_poisha)} was collected", s.actor),
            GoOnWithCase("part_kept" if comes_back else "all_kept", words, s.actor),
        ],
        paid=cash.settled_poisha + cash.over_poisha,
        due=-reversed_.owed_poisha - cash.settled_poisha,
        refund_due=reversed_.back_poisha + cash.over_poisha,
        courier_due=cash.collected_poisha,
        forgiven=-reversed_.forgiven_poisha,
        note=" · ".join(part for part in (words, cash.words, command.note) if part),
        data={"back_poisha": reversed_.back_poisha + cash.over_poisha, **reversed_.data},
    )  # fmt: skip


def _kept(s: Situation, command: DeliverPart) -> dict[int, int]:
    """How many of each line were kept; every line is named once, and something of the parcel was kept."""
    named = [line.sku for line in command.lines]
    wrong = {
        f"lines.{position}.sku": f"{line.sku[:60]} is named twice."
        for position, line in enumerate(command.lines)
        if line.sku in named[:position]
    }
    of_sku = {line.sku: line for line in s.lines}
    for position, said in enumerate(command.lines):
        line = of_sku.get(said.sku)
        if line is None or said.kept > line.quantity:
            was = line.quantity if line else 0
            wrong[f"lines.{position}.kept"] = f"Only {was} of {said.sku[:60]} were in the parcel."
    missing = [line.sku for line in s.lines if line.sku not in named]
    if missing:
        wrong["lines"] = f"Say of every item how many were kept, 0 for none: {', '.join(missing)} is left out."
    elif not any(line.kept for line in command.lines):
        wrong["lines"] = "Nothing was kept: then the parcel comes back. Take it back when it is here."
    if command.collected_poisha % POISHA_PER_TAKA:
        near = collectable(command.collected_poisha)
        wrong["collected_poisha"] = f"Riders collect whole taka. Say {near} for {taka(near)}."
    if wrong:
        raise InvalidInput(wrong)
    kept = {line.sku: line.kept for line in command.lines}
    return {line.id: kept[line.sku] for line in s.lines}


def _words(line: LineRow, kept: int) -> str:
    return f"{kept} of {line.quantity} × {line.sku} kept"
