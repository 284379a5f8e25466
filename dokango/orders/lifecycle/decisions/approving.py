"""A second pair of eyes: money above what the owner lets one person book waits until another has looked at it."""

from __future__ import annotations

from dokango.money import taka
from dokango.orders.approvals.rows import APPROVED, PAYMENT, REFUND, REFUSED, REVERSAL, WITHDRAWN, ApprovalRow, Asked
from dokango.orders.book.rows import Columns
from dokango.orders.lifecycle.approval_writes import AskApproval, DecideApproval
from dokango.orders.lifecycle.commands import COMMANDS, Approve, Command, RefuseApproval, WithdrawApproval
from dokango.orders.lifecycle.decision import BookPayment, BookRefund, BookReversal, Decision, Situation
from dokango.orders.lifecycle.decisions.expiry import put_off
from dokango.payments.methods import said_pocket

Booking = BookPayment | BookRefund | BookReversal
_FREE: Columns = {"approval_kind": "", "approval_person": 0}
_KINDS: dict[type, str] = {BookPayment: PAYMENT, BookRefund: REFUND, BookReversal: REVERSAL}
OWN = "You asked for this yourself. Another person approves it, or says no."
NO_PERSON = "It is not known who stands behind this key. A person approves, or a key that one of the staff made."


def may_decide(s: Situation) -> str:
    """Something waits, and this is another person than who asked."""
    if not s.order.approval_kind:
        return "Nothing of this order waits for another person."
    if s.actor.person <= 0:
        return NO_PERSON
    return OWN if s.actor.person == s.order.approval_person else ""


def may_withdraw(s: Situation) -> str:
    """Who asked, as long as nobody has decided."""
    if not s.order.approval_kind:
        return "Nothing of this order waits for another person."
    return "" if s.actor.person == s.order.approval_person else "Only who asked for it takes it back. You can say no."


def wants_second(s: Situation, decision: Decision) -> Booking | None:
    """What of a decision one person may not book alone. Refunds of an order count together: parts pass no limit."""
    limit = s.profile.second_person_above_poisha
    before = s.order.refunded_poisha
    for one in decision.writes if limit else ():
        if isinstance(one, BookPayment | BookReversal) and one.amount_poisha > limit:
            return one
        if isinstance(one, BookRefund) and before + one.amount_poisha > limit:
            return one
    return None


def ask_approval(s: Situation, command: Command, booking: Booking) -> Decision:
    """Nothing is booked: what was asked for is kept as it is, and waits."""
    limit = s.profile.second_person_above_poisha
    trx_id = booking.trx_id if isinstance(booking, BookPayment) else ""
    shared = isinstance(booking, BookPayment) and bool(booking.part)
    kind = _KINDS[type(booking)]
    by = f"{taka(booking.amount_poisha)} by {said_pocket(booking.method)}"
    what = {PAYMENT: f"{by}, TrxID {trx_id}", REFUND: f"refund of {by}", REVERSAL: f"taking back {by}"}[kind]
    asked = Asked(kind, booking.method, trx_id, booking.amount_poisha, limit, _kept(command), s.actor, shared)
    return Decision(
        writes=[AskApproval(asked)],
        columns={"approval_kind": kind, "approval_person": s.actor.person, **put_off(s)},
        note=f"{what} waits for approval by another person (above {taka(limit)})",
        data={"words": f"{what} by {s.actor.name}", "amount_poisha": booking.amount_poisha, "limit_poisha": limit},
    )


def _kept(command: Command) -> str:
    """The command's own fields as JSON, without what a way in adds to them."""
    return command.model_dump_json(include=set(COMMANDS[command.action].model_fields))


def approve(s: Situation, command: Approve) -> Decision:
    """It waits no more; the step that was asked for is taken next, in the same breath."""
    waits = _waiting(s)
    return Decision(
        writes=[DecideApproval(waits, APPROVED, "", s.actor)],
        columns=dict(_FREE),
        note=f"{waits.what}, asked for by {waits.who}",
        data={"approval": waits.id, "amount_poisha": waits.amount_poisha},
    )


def refuse_approval(s: Situation, command: RefuseApproval) -> Decision:
    """Nothing is booked; what the customer claims waits to be looked at again."""
    waits = _waiting(s)
    return Decision(
        writes=[DecideApproval(waits, REFUSED, command.reason, s.actor)],
        columns=dict(_FREE),
        note=f"{waits.what}, asked for by {waits.who}: {command.reason}",
        data={"approval": waits.id, "words": f"{waits.what}: {command.reason}", "reason": command.reason},
    )


def withdraw_approval(s: Situation, command: WithdrawApproval) -> Decision:
    """Nothing is booked."""
    waits = _waiting(s)
    return Decision(
        writes=[DecideApproval(waits, WITHDRAWN, "", s.actor)],
        columns=dict(_FREE),
        note=waits.what,
        data={"approval": waits.id},
    )


def under(decision: Decision, approval: ApprovalRow) -> Decision:
    """The booking, saying on the trail who wanted it and under which approval it was made."""
    decision.note = f"{decision.note} · asked for by {approval.who}"
    decision.data = {**decision.data, "approval": approval.id}
    return decision


def _waiting(s: Situation) -> ApprovalRow:
    if s.approval is None:
        raise LookupError("Nothing of this order waits for another person.")
    return s.approval
