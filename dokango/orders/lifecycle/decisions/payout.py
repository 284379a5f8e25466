"""What a courier pays out for a parcel, and what it charges for it: each parcel's charge is booked once.

A charge that turns out to be another is corrected by the difference, a posting of its own. For a prepaid parcel, and
for one that came back, the courier holds no cash: it is owed its charge, until that is paid or taken off a payout.
"""

from __future__ import annotations

from dokango.errors import InvalidInput, Refused
from dokango.ledger import accounts
from dokango.ledger.entries import NewPosting
from dokango.money import taka
from dokango.orders.lifecycle.commands import PayOut
from dokango.orders.lifecycle.decision import Decision, SetCharge, Situation
from dokango.orders.lifecycle.settled.carried import CarriedParcel
from dokango.orders.lifecycle.settled.riders_cash import is_rounding


def pay_out(s: Situation, command: PayOut) -> Decision:
    """The courier's debt shrinks by what arrived at the bank and by what it charges; what was paid to it adds to it."""
    parcel = s.carried.named(command.parcel)
    if parcel is None:
        raise InvalidInput({"parcel": f"This order has no parcel “{command.parcel[:60]}” with a courier."})
    decision = Decision() if command.charge_poisha is None else charged(parcel, command.charge_poisha)
    amount = command.amount_poisha
    if not amount and command.charge_poisha is None:
        raise InvalidInput({"amount_poisha": "Say what arrived at the bank, what the courier charges, or both."})
    if not amount and command.charge_poisha == parcel.charge_poisha:
        raise Refused("pay_out", f"The charge of this parcel is booked already: {taka(parcel.charge_poisha or 0)}.")
    owed = _may_come(s, parcel) + decision.courier_due
    charge = parcel.charge_poisha if command.charge_poisha is None else command.charge_poisha
    gained = _rounding(amount, owed, least_amount(owed, charge or 0))
    decision.courier_due += gained - amount
    decision.postings += [
        NewPosting(parcel.account, accounts.ROUNDING_GAIN, max(0, gained)),
        NewPosting(accounts.CASH_BANK, parcel.account, max(0, amount)),
        NewPosting(parcel.account, accounts.CASH_BANK, max(0, -amount)),
        NewPosting(accounts.ROUNDING_LOSS, parcel.account, max(0, -gained)),
    ]
    moved = f"{taka(amount)} received" if amount > 0 else f"{taka(-amount)} paid to the courier" if amount else ""
    words = ", ".join(part for part in (moved, decision.note) if part)
    decision.note = " · ".join(part for part in (words, command.reference) if part)
    decision.data |= {"parcel": parcel.invoice, "amount_poisha": amount, "reference": command.reference}
    return decision


def charged(parcel: CarriedParcel, charge_poisha: int) -> Decision:
    """Book what a parcel cost; of one whose charge is booked, the difference to that."""
    was = parcel.charge_poisha
    more = charge_poisha - (was or 0)
    said = f"{taka(charge_poisha)} charged" + (f" instead of {taka(was)}" if was and more else "")
    return Decision(
        postings=[
            NewPosting(accounts.COURIER_EXPENSE, parcel.account, max(0, more)),
            NewPosting(parcel.account, accounts.COURIER_EXPENSE, max(0, -more)),
        ],
        writes=[SetCharge(parcel.id, charge_poisha)] if charge_poisha != was else [],
        courier_due=-more,
        note=said if charge_poisha != was else "",
        data={"charge_poisha": charge_poisha, "was_poisha": was, "expected_poisha": parcel.expected_charge_poisha},
    )


def _may_come(s: Situation, parcel: CarriedParcel) -> int:
    """What this courier owes for the order, and what it is about to collect: it may pay before we hear of delivery."""
    on_its_way = parcel.live and s.order.status == "shipped"
    return s.carried.owed_poisha(parcel.account) + (parcel.cod_poisha if on_its_way else 0)


def _rounding(amount: int, owed: int, least: int) -> int:
    """What rounding to whole taka brought, below 0 what it let go; 0 where nothing arrived or more than a taka is left.

    Raises InvalidInput when more would arrive than the courier owes, or more be paid to it than it is owed.
    """
    gained = amount - owed if amount > 0 and owed > 0 and is_rounding(amount - owed) else 0
    if amount > max(0, owed + gained):
        said = f"at most {taka(owed)} after its charge" if owed > 0 else "nothing"
        raise InvalidInput({"amount_poisha": f"The courier owes {said} for this parcel. Correct the amount."})
    if amount < least:
        said = taka(-least) if least < 0 else "nothing"
        raise InvalidInput({"amount_poisha": f"The courier is owed {said} for this parcel. Correct the amount."})
    return gained


def least_amount(owed: int, charge_poisha: int) -> int:
    """The most that can be paid to it, below 0: what it is owed; while it owes us, its charge, taken off elsewhere."""
    return owed if owed <= 0 else -charge_poisha
