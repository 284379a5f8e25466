"""The amount that a rider collects, while it changes: money that came on the way, and what people find out of it.

Told ৳660, and ৳560 comes by wallet while the parcel travels: the rider should take ৳100. Until somebody knows whether
the courier was told, both are shown; then the parcel says what its rider collects, or the books what they collected.
"""

from __future__ import annotations

from dokango.couriers.kind.parcel_limits import collectable
from dokango.errors import InvalidInput, Refused
from dokango.ledger import accounts
from dokango.ledger.entries import NewPosting
from dokango.money import POISHA_PER_TAKA, taka
from dokango.orders.book.money_state import DELIVERED
from dokango.orders.lifecycle.commands import SayCollects
from dokango.orders.lifecycle.decision import Decision, SetShipment, Situation
from dokango.orders.lifecycle.door_writes import AskLess, KnowsCollects
from dokango.orders.lifecycle.settled.riders_cash import Taken, account_with, corrected, taken, told_poisha


def ask_less(s: Situation, due_poisha: int, why: str) -> list[AskLess]:
    """What to ask of the courier when no more than `due_poisha` is due: nothing while its rider was told no more."""
    if s.order.shipment_id is None or s.order.status == DELIVERED:
        return []
    told, should = told_poisha(s.order), collectable(due_poisha)
    return [AskLess(told, should, why, s.actor)] if should < told else []


def say_collects(s: Situation, command: SayCollects) -> Decision:
    """On the way: what the rider was told from now on. Delivered: what they took, and the books follow."""
    if command.collects_poisha % POISHA_PER_TAKA:
        near = collectable(command.collects_poisha)
        raise InvalidInput({"collects_poisha": f"Riders collect whole taka. Say {near} for {taka(near)}."})
    if s.order.status == DELIVERED:
        return _correct(s, command)
    told, collects = told_poisha(s.order), command.collects_poisha
    words = f"the rider collects {taka(collects)}"
    words += f", and was told {taka(told)} before" if collects != told else " as told first"
    return Decision(
        writes=[
            SetShipment({"cod_poisha": collects, "asked_cod_poisha": None}),
            KnowsCollects(words, s.actor),
        ],
        note=" · ".join(part for part in (words, command.note) if part),
        data={"told_poisha": told, "collects_poisha": collects},
    )


def _correct(s: Situation, command: SayCollects) -> Decision:
    """The books as if the rider had taken this much: each posting moves by the difference.

    What was given back already of money that was never taken is due again.
    """
    booked, order = s.at_the_door, s.order
    found = taken(order.due_poisha + booked.settled_poisha, command.collects_poisha)
    less = booked.collected_poisha - found.collected_poisha
    if less > max(0, order.courier_due_poisha):
        raise Refused(
            "say_collects", f"The courier has paid out more than {taka(command.collects_poisha)} of this order already."
        )
    back = order.refund_due_poisha + found.over_poisha - booked.over_poisha
    given_back = max(0, -back)
    words = f"the rider collected {taka(found.collected_poisha)}"
    words += f", not {taka(booked.collected_poisha)}" if less else " as booked"
    return Decision(
        postings=[
            *corrected(booked, found, account_with(order)),
            NewPosting(accounts.RECEIVABLE_CUSTOMERS, accounts.PAYABLE_REFUNDS, given_back),
        ],
        writes=[SetShipment({"asked_cod_poisha": None}), KnowsCollects(words, s.actor)],
        paid=_received(found) - _received(booked),
        due=found.left_poisha + given_back - order.due_poisha,
        refund_due=max(0, back) - order.refund_due_poisha,
        courier_due=-less,
        note=" · ".join(part for part in (words, command.note) if part),
        data={"told_poisha": booked.collected_poisha, "collects_poisha": found.collected_poisha},
    )


def _received(cash: Taken) -> int:
    return cash.settled_poisha + cash.over_poisha
