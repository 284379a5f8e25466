"""An order as the API tells it."""

from __future__ import annotations

from typing import Any

from dokango.clock import iso
from dokango.couriers.kind.parcel_limits import collectable
from dokango.db import Tx
from dokango.orders.book import rows
from dokango.orders.book.money_state import money_said
from dokango.orders.reading.order_view import OrderView, ViewedPayment, order_view
from dokango.settings import settings

PARCEL_FIELDS = (
    "courier", "carrier", "booking", "consignment_id", "tracking_code", "tracking_link", "status", "raw_status",
    "estimated_delivery", "problem",
)  # fmt: skip
_AMOUNTS = (
    "subtotal_poisha", "delivery_poisha", "discount_poisha", "total_poisha", "paid_poisha", "due_poisha",
    "refund_due_poisha", "refunded_poisha", "forgiven_poisha", "kept_poisha", "refusal_keeps_poisha",
    "courier_due_poisha", "credit_used_poisha", "credited_poisha", "advance_poisha",
)  # fmt: skip


def order_by_number(tx: Tx, number: str) -> dict[str, Any]:
    """The order as it stands in this transaction; raises NotFound."""
    return order_json(order_view(tx, rows.by_number(tx, number)))


def order_json(found: OrderView) -> dict[str, Any]:
    """Everything of one order that the contract lists, and the catalogue's words for its lines."""
    order = found.order
    return {
        "number": order.number,
        "status": order.status,
        "money": money_said(order.status, order.money),
        "version": order.version,
        "placed_at": iso(order.placed_at),
        "changed_at": iso(order.changed_at),
        "channel": order.channel,
        "customer": {"name": order.name, "phone": order.phone, "email": order.email or None},
        "address": {
            "line": order.address_line,
            "area": order.area,
            "city": order.city,
            "district": order.district,
        },
        "note": order.note or None,
        "payment": {"method": order.payment_method, "claim": _claim(found.claim)},
        "payments": _payments(found),
        "lines": [_line(line) for line in found.lines],
        **{name: getattr(order, name) for name in _AMOUNTS},
        "discount_reason": order.discount_reason or None,
        "advance_reason": order.advance_reason or None,
        "held": order.held_reason,
        "waits_for_approval": order.approval_kind or None,
        "packed": bool(order.packed),
        "assigned_to": order.assigned_to or None,
        "shipment": None if found.parcel is None else _parcel(found.parcel),
        "tracking_url": f"{settings().site_url}/t/{order.token}",
        "events": [_event(event) for event in found.events],
    }


def _payments(found: OrderView) -> list[dict[str, Any]]:
    """What was paid before the door, the oldest first: by wallet, and out of the customer's credit."""
    by_wallet = [
        {
            "id": paid.id, "method": paid.method, "transaction_id": paid.trx_id, "sender": paid.sender or None,
            "amount_poisha": paid.amount_poisha, "received_at": iso(paid.received_at), "part": bool(paid.part),
            "reversed": _reversed(paid),
        }
        for paid in found.payments
    ]  # fmt: skip
    by_credit = [
        {
            "id": None, "method": "credit", "transaction_id": None, "sender": None,
            "amount_poisha": -used.amount_poisha, "received_at": iso(used.happened_at), "part": False,
            "reversed": None,
        }
        for used in found.credits
        if used.amount_poisha < 0
    ]  # fmt: skip
    return sorted([*by_wallet, *by_credit], key=lambda paid: str(paid["received_at"]))


def _reversed(paid: ViewedPayment) -> dict[str, Any] | None:
    if paid.reversed_at is None:
        return None
    return {"at": iso(paid.reversed_at), "by": paid.reversed_by, "reason": paid.reversed_why}


def _line(line: Any) -> dict[str, Any]:
    return {
        "sku": line.sku,
        "title": line.title,
        "variant": line.variant_title,
        "quantity": line.quantity,
        "unit_price_poisha": line.unit_price_poisha,
        "discount_poisha": line.discount_poisha,
        "returned_quantity": line.returned_quantity,
        "not_kept": line.not_kept,
        "coming_back": line.coming_back,
        "to_inspect": line.to_inspect,
    }


def _parcel(parcel: Any) -> dict[str, Any]:
    """Words the courier has not given yet are null."""
    words = {name: getattr(parcel, name) or None for name in PARCEL_FIELDS}
    return {
        **words,
        "cod_poisha": collectable(parcel.cod_poisha),
        "should_collect_poisha": parcel.asked_cod_poisha,
    }


def _claim(claim: Any) -> dict[str, Any] | None:
    if claim is None:
        return None
    return {
        "method": claim.method,
        "transaction_id": claim.trx_id,
        "sender": claim.sender or None,
        "claimed_at": iso(claim.claimed_at),
    }


def _event(event: Any) -> dict[str, Any]:
    """`from` is the status before, `to` the new one, null where the status stayed."""
    return {
        "at": iso(event.happened_at),
        "actor": event.actor,
        "actor_kind": event.actor_kind,
        "action": event.action,
        "from": event.from_status,
        "to": event.to_status,
        "note": event.note,
    }
