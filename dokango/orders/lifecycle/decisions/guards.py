"""Why a step cannot be taken now: a sentence, or nothing when it can. Buttons are drawn from the same sentences."""

from __future__ import annotations

from dokango.money import taka
from dokango.orders.advances.missing import advance_missing_poisha
from dokango.orders.lifecycle.decision import AnyOrder, Situation
from dokango.payments.methods import is_paid_on_delivery
from dokango.text import how_many

HOLD_WORDS = {
    "address": "the address has to be cleared up",
    "stock": "something is missing from the shelf",
    "payment": "the payment has to be cleared up",
    "suspicious": "it looks suspicious",
    "other": "of a reason in its notes",
}


def always(_: Situation[AnyOrder]) -> str:
    """Nothing speaks against it."""
    return ""


def not_held(s: Situation) -> str:
    """A held order stays where it is."""
    if s.order.held_reason is None:
        return ""
    return f"The order is on hold because {HOLD_WORDS[s.order.held_reason]}. Release it first."


def unanswered(s: Situation) -> str:
    """What the customer asks for is answered before the goods are packed, or leave."""
    if not s.order.wish_kind:
        return ""
    what = "to cancel it" if s.order.wish_kind == "cancel" else "for a change"
    return f"The customer asks {what}. Do it, or say no, first."


def may_confirm(s: Situation) -> str:
    """Nothing due, or COD with the advance that the shop asks for; and not held."""
    held = not_held(s)
    if held:
        return held
    order = s.order
    if not is_paid_on_delivery(order.payment_method):
        return f"{taka(order.due_poisha)} is still due. Verify the payment first." if order.due_poisha else ""
    missing = advance_missing_poisha(order)
    return f"{taka(missing)} of the advance is still due. Verify it first." if missing else ""


def claim_waits(s: Situation) -> str:
    """There is a TrxID to decide on, and no second person looks at one."""
    return nothing_asked(s) if s.order.claim_waits else "No TrxID waits to be checked."


def nothing_asked(s: Situation) -> str:
    """Money of an order that waits for a second person is decided on before other money of it."""
    what = {"payment": "A payment", "refund": "A refund", "reversal": "Taking a payment back"}.get(
        s.order.approval_kind
    )
    return f"{what} of this order waits for approval by another person. It comes first." if what else ""


def may_pack(s: Situation) -> str:
    """Once, and not while held."""
    return not_held(s) or unanswered(s) or ("The order is packed already." if s.order.packed else "")


def may_ship(s: Situation) -> str:
    """A packed order that is not held; one live parcel at most."""
    held = not_held(s) or unanswered(s)
    if held:
        return held
    if not s.order.packed:
        return "The order is not packed yet. Pack it first."
    return open_booking(s)


def may_cancel(s: Situation) -> str:
    """Not while a courier has the parcel, or may have it."""
    if s.order.booking == "booked":
        return f"{s.order.carrier} has a parcel of this order. Mark it as shipped, then ask it back."
    return open_booking(s)


def may_hold(s: Situation) -> str:
    """Once."""
    return "The order is on hold already." if s.order.held_reason else ""


def may_release(s: Situation) -> str:
    """Only what is held."""
    return "" if s.order.held_reason else "The order is not on hold."


def has_parcel(s: Situation) -> str:
    """Only what a courier has, or may have."""
    return "" if s.order.shipment_id is not None else "No courier has a parcel of this order."


def may_pay_out(s: Situation) -> str:
    """Only where a courier has, or had, a parcel: one that is sent again may have cost something before."""
    had = s.order.status in ("shipped", "delivered", "returned") or s.order.courier_due_poisha or s.carried.parcels
    return "" if had else "No courier had a parcel of this order yet."


def may_inspect(s: Situation) -> str:
    """Only what came back and was not looked at."""
    return "" if s.order.to_inspect else "Nothing of this order waits to be inspected."


def may_send_again(s: Situation) -> str:
    """A parcel that came back undelivered, all of it inspected."""
    waits = s.order.to_inspect
    if waits is None:
        return "These goods were delivered before they came back. Enter a new order to send others."
    return f"{how_many(waits, 'item')} of the parcel must be inspected first." if waits else ""


def may_refund(s: Situation) -> str:
    """Only while something is due back, and not while nobody knows what of it the rider took."""
    order = s.order
    if order.refund_due_poisha <= 0:
        return "No refund is due."
    if asked := nothing_asked(s):
        return asked
    if order.status == "delivered" and order.asked_poisha is not None:
        return "Find out first what the rider took, and say it: what is due back follows from that."
    return ""


def something_due(s: Situation) -> str:
    """A claim makes sense while something is due."""
    return "" if s.order.due_poisha > 0 else "Nothing is due on this order."


def open_booking(s: Situation) -> str:
    """Nothing while a courier is asked for its parcel, or nobody knows whether one took it."""
    if s.order.booking == "requested":
        return "The courier is being asked for this parcel right now. Wait for its answer."
    if s.order.booking == "uncertain":
        return "It is not known whether the courier took this parcel. Resolve the booking on the shipping page first."
    return ""
