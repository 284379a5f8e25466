"""What each step of the lifecycle decides: stock movements, postings and rows, as the lifecycle's table lists them."""

from __future__ import annotations

from collections.abc import Sequence

from dokango.couriers.carriers import in_use
from dokango.couriers.manual import handover
from dokango.couriers.registry import followed_by_hand
from dokango.errors import InvalidInput, Refused
from dokango.ledger import accounts
from dokango.ledger.entries import NewPosting
from dokango.money import taka
from dokango.orders.before import checklist
from dokango.orders.book.money_state import DELIVERED
from dokango.orders.book.rows import Columns
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.decision import (
    AddClaim,
    AddLines,
    BookPayment,
    BookRefund,
    CountDelivery,
    DecideClaim,
    Decision,
    NewOrder,
    OpenShipment,
    ReckonCharge,
    SetShipment,
    Situation,
    TakeTrxId,
)
from dokango.orders.lifecycle.decisions.collecting import ask_less
from dokango.orders.lifecycle.decisions.expiry import put_off
from dokango.orders.lifecycle.decisions.forgiving import forgiven
from dokango.orders.lifecycle.decisions.unplacing import move, released, unplace
from dokango.orders.lifecycle.door_writes import AskLess
from dokango.orders.lifecycle.settled.riders_cash import account_with, taken, told_poisha
from dokango.orders.lifecycle.told import told_by_hand
from dokango.payments.methods import claimable_of
from dokango.payments.sendings import pocket_to_send_by, reference_of
from dokango.payments.trx_ids import normalise
from dokango.people.districts import district_of
from dokango.people.phones import normalise_phone
from dokango.shop.cancel_reasons import in_bangla


def place(s: Situation[NewOrder], command: None) -> Decision:
    """The goods are reserved and the customer owes their price and the delivery; what is to pay says `due`."""
    order = s.order
    total = order.subtotal_poisha + order.delivery_poisha
    reserved = [move(line, "reserved", line.quantity) for line in order.lines if line.tracks_stock]
    return Decision(
        moves=reserved,
        postings=[
            NewPosting(accounts.RECEIVABLE_CUSTOMERS, accounts.REVENUE_SALES, order.subtotal_poisha),
            NewPosting(accounts.RECEIVABLE_CUSTOMERS, accounts.REVENUE_DELIVERY, order.delivery_poisha),
        ],
        writes=[AddLines(order.lines), *([order.claim] if order.claim else [])],
        due=total,
        claim_waits=order.claim is not None,
        data={"channel": order.channel, "total_poisha": total, **_in_advance(order, total)},
    )


def _in_advance(order: NewOrder, total_poisha: int) -> dict[str, int]:
    """What its customer is told to send before it is confirmed, and what the rider collects."""
    advance = int(order.kept["advance_poisha"] or 0)
    return {"advance_poisha": advance, "rest_poisha": total_poisha - advance} if advance else {}


def claim_payment(s: Situation, command: c.ClaimPayment) -> Decision:
    """Keep the customer's word; the order then waits in the queue of payments to verify."""
    method = claimable_of(command.method)
    trx_id = normalise(command.transaction_id)
    sender = normalise_phone(command.sender, "sender") if command.sender else ""
    return Decision(
        writes=[AddClaim(method.key, trx_id, sender)],
        claim_waits=True,
        note=f"{method.label} {trx_id}",
        data={"method": method.key, "transaction_id": trx_id},
    )


def verify_payment(s: Situation, command: c.VerifyPayment) -> Decision:
    """Money found in the wallet: what was due settles the receivable, what is over becomes due back."""
    method = claimable_of(command.method)
    trx_id = normalise(command.transaction_id)
    sender = normalise_phone(command.sender, "sender") if command.sender else ""
    amount = command.amount_poisha
    to_due = min(amount, s.order.due_poisha)
    over = amount - to_due
    cash = method.pocket.account
    postings = [
        NewPosting(cash, accounts.RECEIVABLE_CUSTOMERS, to_due),
        NewPosting(cash, accounts.PAYABLE_REFUNDS, over),
        NewPosting(accounts.WALLET_FEES, cash, s.profile.fee_poisha(method.key, amount)),
    ]
    let_off = forgiven(s, s.order.due_poisha - to_due) if command.forgive else Decision()
    still_due = s.order.due_poisha - to_due + let_off.due
    outcome = f", {taka(still_due)} still due" if still_due else f", {taka(over)} too much" if over else ""
    closes = [DecideClaim("verified")] if s.order.claim_waits else []
    asked = ask_less(s, still_due, f"{taka(amount)} came by {method.label} while the parcel is on its way.")
    return Decision(
        postings=[*postings, *let_off.postings],
        writes=[BookPayment(method.key, trx_id, sender, amount, command.part), *closes, *asked],
        paid=amount,
        due=let_off.due - to_due,
        refund_due=over,
        forgiven=let_off.forgiven,
        claim_waits=False,
        note=", ".join(filter(None, (f"{taka(amount)} by {method.label}, TrxID {trx_id}{outcome}", let_off.note))),
        data={
            **let_off.data,
            "amount_poisha": amount,
            "still_due_poisha": still_due,
            "over_poisha": over,
            "method": method.key,
            "by_rider": s.order.status != DELIVERED,
            **_told_and_asked(asked),
        },
    )


def _told_and_asked(asked: Sequence[AskLess]) -> dict[str, int]:
    """What the rider was told, and what is asked for now, where another amount is."""
    return {
        name: amount
        for ask in asked
        for name, amount in (("told_poisha", ask.told_poisha), ("should_poisha", ask.should_poisha))
    }


def reject_claim(s: Situation, command: c.RejectClaim) -> Decision:
    """Tell the customer why; the id stays taken for other orders, and may be claimed again on its own."""
    claim = s.waiting_claim
    return Decision(
        writes=[TakeTrxId(claim.method, claim.trx_id), DecideClaim("rejected", command.reason)],
        columns=put_off(s),
        claim_waits=False,
        note=f"TrxID {claim.trx_id}: {command.reason}",
        data={"transaction_id": claim.trx_id, "reason": command.reason},
    )


def nothing_more(s: Situation, command: c.Command) -> Decision:
    """The step is only a change of status."""
    return Decision()


def confirm(s: Situation, command: c.Confirm) -> Decision:
    """The order goes on; a check that was red is kept with who passed it."""
    passed = [verdict.check for verdict in s.red]
    return Decision(note=f"passed: {', '.join(passed)}" if passed else "", data={"passed": passed} if passed else {})


def hold(s: Situation, command: c.Hold) -> Decision:
    """Hold with one of the known reasons; other words become the note of “other”."""
    known = command.reason.casefold() in c.HOLD_REASONS
    reason = command.reason.casefold() if known else "other"
    note = command.note if known else " ".join(part for part in (command.reason, command.note) if part)
    return Decision(
        columns={"held_reason": reason, "held_note": note}, note=": ".join(part for part in (reason, note) if part)
    )


def release(s: Situation, command: c.Release) -> Decision:
    """Let it move on."""
    return Decision(columns={"held_reason": None, "held_note": "", **put_off(s)}, note=s.order.held_reason or "")


def pack(s: Situation, command: c.Pack) -> Decision:
    """Packed, fragile when ticked; the order keeps who ticked what of the checklist."""
    fragile: Columns = {} if command.fragile is None else {"fragile": int(command.fragile)}
    ticked = dict(s.ticked)
    if command.checks is not None:
        ticked = {key: s.ticked.get(key, s.actor.name) for key in checklist.known(command.checks)}
    left = checklist.open_of(ticked)
    if left and s.profile.pack_checklist == "required":
        keys = ", ".join(check.key for check in left)
        raise InvalidInput({"checks": f"This shop packs by its checklist. Still open: {keys}. Nothing was packed."})
    note = checklist.in_words(ticked)
    return Decision(columns={"packed": 1, **fragile}, note=note, data={"checks": ticked} if ticked else {})


def ship(s: Situation, command: c.Ship) -> Decision:
    """Handed over: a parcel followed by hand is opened here, a booked one was opened before the courier was called."""
    if command.shipment_id is not None:
        if s.order.shipment_id != command.shipment_id or s.order.booking != "booked":
            raise Refused("ship", "This parcel is no longer the order's live one. Look again.")
        return _shipped(s.order.carrier or s.order.courier or "", command.tracking_code)
    if not command.courier:
        raise Refused("ship", "Say by which courier.")
    if command.courier not in followed_by_hand():
        raise Refused("ship", "A parcel for this courier is booked through its API, from the shipping page.")
    if s.order.shipment_id is not None:
        raise Refused("ship", f"{s.order.carrier} has a parcel of this order already. Ship it with that one.")
    given = handover(command.carrier, command.tracking_code)
    cod_poisha, told = told_by_hand(s.order, command)
    kept = in_use(s.carriers, given.carrier)
    name, code, link = given.carrier, given.tracking_code, ""
    days = s.profile.delivery_days(s.order.district)
    if kept is not None:
        name, link = kept.name, kept.link_to(code)
        days = kept.days(is_home=s.profile.is_home(s.order.district))
    decision = _shipped(name, code, link)
    opened = OpenShipment(command.courier, name, code, cod_poisha, days, told, link)
    decision.writes = [opened, *decision.writes]
    return decision


def _shipped(carrier: str, tracking_code: str, link: str = "") -> Decision:
    followed = {"tracking_link": link} if link else {}
    data = {"carrier": carrier, "tracking_code": tracking_code, **followed}
    return Decision(writes=[ReckonCharge()], note=_with(carrier, tracking_code), data={**data})


def deliver(s: Situation, command: c.Deliver) -> Decision:
    """The goods are sold at cost; what the rider was told to collect is now owed by the courier."""
    cash = taken(s.order.due_poisha, told_poisha(s.order))
    return Decision(
        keeps_cost=True,
        moves=[move(line, "sold", line.quantity) for line in s.lines if line.tracks_stock],
        postings=cash.postings(account_with(s.order)),
        writes=[CountDelivery(), SetShipment({"status": "delivered", "problem": "", "status_at": s.now_us})],
        paid=cash.settled_poisha + cash.over_poisha,
        due=-cash.settled_poisha,
        refund_due=cash.over_poisha,
        courier_due=cash.collected_poisha,
        note=_with(command.note, cash.words),
    )


def cancel(s: Situation, command: c.Cancel) -> Decision:
    """The placing is undone: stock is free again, what was paid is due back."""
    decision = unplace(s)
    decision.moves = released(s)
    decision.note = command.reason
    decision.data |= {"reason": command.reason}
    if bangla := in_bangla(command.reason, s.profile.reasons_in_bangla):
        decision.data["reason_bn"] = bangla
    decision.columns = {"held_reason": None, "held_note": ""}
    return decision


def refund(s: Situation, command: c.PayRefund) -> Decision:
    """Money given back; never more than is due back, and each sending of a wallet's once."""
    pocket = pocket_to_send_by(command.method)
    reference = reference_of(pocket, command.reference)
    if command.amount_poisha > s.order.refund_due_poisha:
        raise Refused("refund", f"Only {taka(s.order.refund_due_poisha)} is due back; nothing was booked.")
    return Decision(
        postings=[NewPosting(accounts.PAYABLE_REFUNDS, pocket.account, command.amount_poisha)],
        writes=[BookRefund(command.method, command.amount_poisha, reference)],
        refund_due=-command.amount_poisha,
        refunded=command.amount_poisha,
        note=_with(f"{taka(command.amount_poisha)} by {pocket.label}", reference),
        data={"amount_poisha": command.amount_poisha},
    )


def edit_address(s: Situation, command: c.EditAddress) -> Decision:
    """A new address, until the parcel is shipped; what it was stays in the audit trail."""
    order = s.order
    new: Columns = {
        "name": command.name, "phone": normalise_phone(command.phone), "address_line": command.line,
        "area": command.area, "city": command.city, "district": district_of(command.district, "district"),
    }  # fmt: skip
    changed = {key: [getattr(order, key), value] for key, value in new.items() if getattr(order, key) != value}
    return Decision(columns=new, note=", ".join(key.replace("_", " ") for key in changed), data={"changed": changed})


def note(s: Situation, command: c.AddNote) -> Decision:
    """A remark."""
    return Decision(note=command.text)


def mark(s: Situation, command: c.Mark) -> Decision:
    """Set what was given."""
    columns: Columns = {}
    if command.assigned_to is not None:
        columns["assigned_to"] = command.assigned_to
    if command.fragile is not None:
        columns["fragile"] = int(command.fragile)
    return Decision(columns=columns, note=", ".join(f"{k.replace('_', ' ')}: {v}" for k, v in columns.items()))


def _with(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
