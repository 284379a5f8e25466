"""A payment that was booked by mistake is taken back: what it paid is due again, and its money is nobody's.

৳900 by bKash stood on the wrong order: ৳900 are due on it again, the wallet has them as before, and the TrxID is free.
"""

from __future__ import annotations

from dokango.clock import said
from dokango.errors import Refused
from dokango.ledger import accounts
from dokango.ledger.entries import NewPosting
from dokango.money import taka
from dokango.orders.book.rows import Columns, OrderRow
from dokango.orders.lifecycle.commands import ReversePayment
from dokango.orders.lifecycle.decision import Decision, Situation
from dokango.orders.lifecycle.decisions.expiry import put_off
from dokango.orders.lifecycle.decisions.guards import nothing_asked, open_booking
from dokango.orders.lifecycle.reversal_writes import BookReversal
from dokango.payments.methods import account_of, is_paid_on_delivery, said_method
from dokango.payments.reversals import PaidRow, PostedRow

_FEES, _FORGIVEN = accounts.WALLET_FEES, accounts.ROUNDING_LOSS


def may_reverse(s: Situation) -> str:
    """Only while all that was paid lies where it was booked: nothing of it went on."""
    order = s.order
    if not s.reversible.standing:
        return "No payment by a wallet stands on this order."
    if order.refunded_poisha:
        return f"{taka(order.refunded_poisha)} of this order's money was given back, or kept as credit, already."
    if order.kept_poisha:
        return f"{taka(order.kept_poisha)} of it stays with the shop for a parcel that was refused."
    if s.reversible.paid_out_poisha:
        return f"The courier has paid out {taka(s.reversible.paid_out_poisha)} for this order: its account is settled."
    if order.asked_poisha is not None:
        return "It is not known yet what the rider collects, or took. Find out and say it first."
    return nothing_asked(s) or open_booking(s)


def reverse_payment(s: Situation, command: ReversePayment) -> Decision:
    """The opposite of what booking it posted; what is due back already is the first that is due back no more."""
    order, paid = s.order, _standing(s, command.payment)
    from_refund = min(order.refund_due_poisha, paid.amount_poisha)
    cash = account_of(paid.method)
    made = [posting for posting in s.reversible.postings if posting.event_id == paid.event_id]
    posted = {posting.credit: posting for posting in made if posting.debit == cash}
    fee = next((posting for posting in made if posting.debit == _FEES), None)
    forgave = next((posting for posting in made if posting.debit == _FORGIVEN), None)
    let_off = min(forgave.amount_poisha, order.forgiven_poisha) if forgave else 0
    due = paid.amount_poisha - from_refund + let_off
    back = f"{taka(paid.amount_poisha)} by {said_method(paid.method)}, TrxID {paid.trx_id}"
    return Decision(
        postings=[
            _opposite(accounts.RECEIVABLE_CUSTOMERS, cash, paid.amount_poisha - from_refund, posted),
            _opposite(accounts.PAYABLE_REFUNDS, cash, from_refund, posted),
            *([NewPosting(fee.credit, fee.debit, fee.amount_poisha, fee.id)] if fee else []),
            NewPosting(accounts.RECEIVABLE_CUSTOMERS, _FORGIVEN, let_off, forgave.id if forgave else None),
        ],
        writes=[BookReversal(paid, command.reason, s.actor.name)],
        columns={**put_off(s), **_held(s, paid.amount_poisha, due, command.reason)},
        paid=-paid.amount_poisha,
        due=due,
        refund_due=-from_refund,
        forgiven=-let_off,
        note=f"{back}: {command.reason}",
        data={
            "amount_poisha": paid.amount_poisha, "payment": paid.id, "transaction_id": paid.trx_id,
            "reason": command.reason, "still_due_poisha": order.due_poisha + due,
            **({"forgiven_poisha": -let_off} if let_off else {}),
        },
    )  # fmt: skip


def _standing(s: Situation, payment_id: int) -> PaidRow:
    for gone in s.reversible.reversed:
        if gone.payment_id == payment_id:
            raise Refused(
                "reverse_payment", f"{gone.by} took this payment back on {said(gone.reversed_at)}: {gone.reason}. "
                "Nothing is done again."
            )  # fmt: skip
    paid = next((one for one in s.reversible.standing if one.id == payment_id), None)
    if paid is None:
        raise Refused("reverse_payment", "This payment does not stand on this order. Look again.")
    if paid.part and paid.trx_id in s.reversible.gone_on:
        raise Refused(
            "reverse_payment",
            f"Of TrxID {paid.trx_id} the rest was kept as credit, or given back: what came under it has gone on.",
        )
    return paid


def _opposite(owed: str, cash: str, amount_poisha: int, posted: dict[str, PostedRow]) -> NewPosting:
    """What had settled `owed` lies open again; it names the posting that it reverses where it is that one's whole."""
    first = posted.get(owed)
    whole = first is not None and (first.debit, first.amount_poisha) == (cash, amount_poisha)
    return NewPosting(owed, cash, amount_poisha, first.id if first is not None and whole else None)


def _held(s: Situation, paid_poisha: int, due_poisha: int, reason: str) -> Columns:
    """An order that went on because it was paid waits, until somebody who knows of it lets it go on."""
    order = s.order
    if order.status != "confirmed" or order.held_reason is not None or not _wants(order, paid_poisha, due_poisha):
        return {}
    return {"held_reason": "payment", "held_note": f"A payment was taken back: {reason}"}


def _wants(order: OrderRow, paid_poisha: int, due_poisha: int) -> bool:
    if not is_paid_on_delivery(order.payment_method):
        return order.due_poisha + due_poisha > 0
    return order.advance_poisha > order.paid_poisha + order.forgiven_poisha - paid_poisha
