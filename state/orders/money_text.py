"""The money of an order in words: amounts, what came and went, where a refund goes, what its customer has."""

from __future__ import annotations

from typing import Any

from dokango.clock import said
from dokango.money import taka, typed_taka
from dokango.orders.advances.missing import advance_missing_poisha
from dokango.orders.lifecycle.decisions.parcel_back import due_again_poisha, kept_of
from dokango.orders.lifecycle.table import ENDED
from dokango.orders.reading.review import Review
from dokango.payments.methods import is_paid_on_delivery, pocket_of, pockets, said_method, said_pocket
from dokango.people.phones import said_phone

_CHANNELS = {
    "storefront": "Storefront", "api": "Program", "phone": "Phone", "whatsapp": "WhatsApp", "counter": "Counter",
    "sample": "Sample",
}  # fmt: skip
_BUTTON = ("action", "label", "why", "opens", "key", "danger")


def credit_in_words(review: Review) -> dict[str, str]:
    """What the customer has with the shop, and what using it here would leave to pay."""
    order, has = review.order, review.credit_poisha
    used = min(has, order.due_poisha)
    left = f"{taka(order.due_poisha - used)} is then due." if order.due_poisha > used else "Nothing is then due."
    return {
        "credit": taka(has) if has else "",
        "credit_plain": typed_taka(used) if used else "",
        "credit_means": f"They have {taka(has)} with us, and {taka(order.due_poisha)} is due here. {left}",
    }


def refund_to(review: Review) -> dict[str, str]:
    """Where a refund goes back to: the way the money came, and the number it came from, else the order's phone."""
    gone = {row.payment_id for row in review.reversals}
    stands = [paid for paid in review.payments if paid.id not in gone]
    last = next((paid for paid in reversed(stands) if pocket_of(paid.method) is not None), None)
    pocket = pocket_of(last.method) if last else None
    number = last.sender if last and last.sender else review.order.phone
    return {
        "refund_from": pocket.key if pocket else next(iter(pockets())),
        "paid_by": f"They paid by {pocket.label}, from" if pocket and last and last.sender
        else f"They paid by {pocket.label}; their phone is" if pocket else "Their phone is",
        "refund_number": number,
        "refund_number_said": said_phone(number),
    }  # fmt: skip


def amounts_in_words(order: Any) -> dict[str, str]:
    """What the order comes to, what was paid and what is open."""
    missing = advance_missing_poisha(order)
    return {
        "subtotal": taka(order.subtotal_poisha),
        "delivery": taka(order.delivery_poisha),
        "discount": taka(-order.discount_poisha) if order.discount_poisha else "",
        "discount_why": " · ".join(part for part in (order.discount_reason, order.discount_by) if part),
        "forgiven": taka(order.forgiven_poisha) if order.forgiven_poisha else "",
        "total": taka(order.total_poisha),
        "paid": taka(order.paid_poisha) if order.paid_poisha else "",
        "parts": parts_in_words(order),
        "advance": taka(order.advance_poisha) if order.advance_poisha else "",
        "advance_why": order.advance_reason,
        "advance_missing": taka(missing) if order.status == "pending" and missing else "",
        "due": taka(order.due_poisha) if order.due_poisha else "",
        "refund_due": taka(order.refund_due_poisha) if order.refund_due_poisha else "",
        "refunded": taka(order.refunded_poisha) if order.refunded_poisha else "",
        "credited": taka(order.credited_poisha) if order.credited_poisha else "",
        "courier_due": taka(order.courier_due_poisha) if order.courier_due_poisha > 0 else "",
        "kept": taka(order.kept_poisha) if order.kept_poisha else "",
        "keeps": taka(kept_of(order)) if kept_of(order) else "",
        "again": _again(order),
        "refund_due_plain": typed_taka(order.refund_due_poisha),
        "courier_due_plain": typed_taka(order.courier_due_poisha) if order.courier_due_poisha > 0 else "",
        "courier_owed": taka(-order.courier_due_poisha) if order.courier_due_poisha < 0 else "",
    }


def parts_in_words(order: Any) -> str:
    """What came of an order that a rider collects the rest of: "৳120 paid, ৳2,380 to collect"; "" of all others."""
    if not (order.paid_poisha and order.due_poisha and is_paid_on_delivery(order.payment_method)):
        return ""
    if order.status in ENDED:
        return ""
    return f"{taka(order.paid_poisha)} paid, {taka(order.due_poisha)} to collect"


def _again(order: Any) -> str:
    """What sending it again comes to, before it is done."""
    due = due_again_poisha(order)
    return f"The rider then collects {taka(due)}." if due else "It is paid: the rider then collects nothing."


def money_in_words(review: Review) -> list[dict[str, str]]:
    """Claims, payments, credit and refunds, one line each: `kind`, `what`, `code`, `when`, `note`."""
    states = {"waiting": "waits", "verified": "verified", "rejected": "rejected", "replaced": "replaced by another"}
    claims = [
        {
            "kind": "claim", "level": "warn" if c.state == "waiting" else "info", "code": c.trx_id,
            "what": f"Customer's TrxID by {said_method(c.method)}, {states[c.state]}",
            "when": said(c.claimed_at),
            "note": " · ".join(p for p in (f"from {said_phone(c.sender)}" if c.sender else "", c.reason) if p),
        }
        for c in review.claims
        if c.state != "verified"
    ]  # fmt: skip
    gone = {row.payment_id for row in review.reversals}
    payments = [
        {
            "kind": "payment", "level": "info" if p.id in gone else "good", "code": p.trx_id,
            "what": f"{taka(p.amount_poisha)} received by {said_method(p.method)}", "when": said(p.received_at),
            "note": " · ".join(filter(None, (f"from {said_phone(p.sender)}" if p.sender else "",
                                             "a part of what came" if p.part else "",
                                             "taken back" if p.id in gone else ""))),
        }
        for p in review.payments
    ]  # fmt: skip
    return [*payments, *_taken_back(review), *_credit(review), *claims, *_refunds(review)]


def _refunds(review: Review) -> list[dict[str, str]]:
    return [
        {
            "kind": "refund", "level": "info", "code": "",
            "what": f"{taka(r.amount_poisha)} given back by {said_pocket(r.method)}",
            "when": said(r.paid_at), "note": r.reference,
        }
        for r in review.refunds
    ]  # fmt: skip


def _credit(review: Review) -> list[dict[str, str]]:
    return [
        {
            "kind": "credit", "level": "good" if e.amount_poisha < 0 else "info", "code": "",
            "what": f"{taka(-e.amount_poisha)} of the customer's credit was used" if e.amount_poisha < 0
            else f"{taka(e.amount_poisha)} kept as the customer's credit",
            "when": said(e.happened_at), "note": e.by,
        }
        for e in review.credits
    ]  # fmt: skip


def _taken_back(review: Review) -> list[dict[str, str]]:
    return [
        {
            "kind": "reversal", "level": "warn", "code": row.trx_id,
            "what": f"{taka(row.amount_poisha)} by {said_method(row.method)} taken back by {row.by}",
            "when": said(row.reversed_at), "note": row.reason,
        }
        for row in review.reversals
    ]  # fmt: skip
