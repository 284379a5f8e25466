"""The end of what nobody confirms: its customer is told when, then the goods are free again. Guards and decisions."""

from __future__ import annotations

from dokango.clock import said
from dokango.orders.book.rows import Columns, OrderRow
from dokango.orders.lifecycle.commands import Expire, Remind
from dokango.orders.lifecycle.decision import Decision, Situation
from dokango.orders.lifecycle.decisions.guards import not_held
from dokango.orders.lifecycle.decisions.unplacing import released, unplace
from dokango.payments.methods import is_paid_on_delivery
from dokango.shop.profile import Profile


def may_remind(s: Situation) -> str:
    """Once, when the last hours of an order begin that will end."""
    stays = _stays(s)
    if stays:
        return stays
    if s.order.expires_at is not None:
        return "The customer was told already."
    if not s.profile.hold_notice_us:
        return "Customers are not told before (a setting)."
    return (
        "" if _unannounced_end_us(s) - s.profile.hold_notice_us <= s.now_us else "It is too early to tell the customer."
    )


def may_expire(s: Situation) -> str:
    """When the time has come that the customer was told; at once only where the owner lets nobody be told."""
    stays = _stays(s)
    if stays:
        return stays
    if s.order.expires_at is None and s.profile.hold_notice_us:
        return "The customer has not been told yet."
    ends_us = s.order.expires_at or _unannounced_end_us(s)
    return "" if ends_us <= s.now_us else f"It is kept until {said(ends_us)}."


def remind(s: Situation, command: Remind) -> Decision:
    """The end is set, never sooner than the notice from now, and told."""
    ends_us = max(_unannounced_end_us(s), s.now_us + s.profile.hold_notice_us)
    return Decision(
        columns={"expires_at": ends_us},
        note=f"kept until {said(ends_us)}",
        data={"expires_at": ends_us, "until": said(ends_us), "amount_poisha": s.order.due_poisha},
    )


def expire(s: Situation, command: Expire) -> Decision:
    """The placing is undone as by a cancel. Nothing was paid, so nothing is due back."""
    missing = "confirmed" if is_paid_on_delivery(s.order.payment_method) else "paid"
    decision = unplace(s)
    decision.moves = released(s)
    decision.note = f"not {missing} within {s.profile.hold_hours} hours"
    decision.data |= {"hold_hours": s.profile.hold_hours}
    return decision


def kept_until_us(order: OrderRow, profile: Profile) -> int | None:
    """The end that was told of an order, while it still comes; None otherwise."""
    stays = order.paid_poisha or order.claim_waits or order.wish_kind or order.held_reason or not profile.hold_hours
    return None if stays else order.expires_at


def put_off(s: Situation) -> Columns:
    """What to write when a customer is to act again: an end that was told leaves them the whole notice from now."""
    if s.order.expires_at is None:
        return {}
    return {"expires_at": max(s.order.expires_at, s.now_us + s.profile.hold_notice_us)}


def _stays(s: Situation) -> str:
    """Why the order is not let go however long it waits; the same as `unconfirmed.py` asks in SQL."""
    if not s.profile.hold_hours:
        return "Unconfirmed orders are kept for ever (a setting)."
    if s.order.channel != "storefront":
        return "Only orders from the storefront are let go."
    if s.order.paid_poisha:
        return "Something was paid for it."
    if s.order.claim_waits:
        return "A TrxID waits to be checked."
    if s.order.approval_kind:
        return "A payment waits for approval by another person."
    if s.order.wish_kind:
        return "The customer asked for something, and waits for the answer."
    return not_held(s)


def _unannounced_end_us(s: Situation) -> int:
    return s.order.placed_at + s.profile.hold_us
