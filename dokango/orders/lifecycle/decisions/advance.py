"""What of an order is paid before it is confirmed, let be or edited."""

from __future__ import annotations

from dokango.money import taka
from dokango.orders.advances.missing import advance_missing_poisha
from dokango.orders.advances.words import not_asked_words
from dokango.orders.book.rows import Columns
from dokango.orders.lifecycle.commands import WaiveAdvance
from dokango.orders.lifecycle.decision import Decision, Situation
from dokango.payments.methods import is_paid_on_delivery


def may_waive(s: Situation) -> str:
    """Only what is asked, and has not come."""
    return "" if advance_missing_poisha(s.order) else "Nothing of an advance is missing."


def waive_advance(s: Situation, command: WaiveAdvance) -> Decision:
    """What came already stays paid; nothing more is asked before."""
    missing = advance_missing_poisha(s.order)
    return Decision(
        columns={
            "advance_poisha": s.order.advance_poisha - missing,
            "advance_reason": not_asked_words(s.actor.name, command.reason),
        },
        note=f"{taka(missing)} is left to the rider · {command.reason}",
        data={"waived_poisha": missing},
    )


def advance_of_edited(s: Situation, columns: Columns) -> Columns:
    """What is asked of an order that was changed: as it was told, never more than all of it, and of one that is paid on
    delivery from now on what the rule asks of it."""
    order, method, total = s.order, str(columns["payment_method"]), int(columns["total_poisha"] or 0)
    if not is_paid_on_delivery(method):
        return {"advance_poisha": 0, "advance_reason": ""}
    if is_paid_on_delivery(order.payment_method):
        return {"advance_poisha": min(order.advance_poisha, total)}
    delivery = int(columns["delivery_poisha"] or 0)
    asked = s.asking.of(s.profile, method, str(columns["district"]), total, delivery)
    return {"advance_poisha": asked.poisha, "advance_reason": asked.reason}
