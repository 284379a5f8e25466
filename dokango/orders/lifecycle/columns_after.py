"""What an order's own row holds after a step."""

from __future__ import annotations

from dokango.orders.book.money_state import Amounts, money_state
from dokango.orders.book.rows import Columns
from dokango.orders.lifecycle.decision import AnyOrder, Decision
from dokango.orders.lifecycle.table import BEFORE_SHIPPING, DELIVERED, ENDED, PENDING
from dokango.payments.methods import is_paid_on_delivery


def columns_after(order: AnyOrder, decision: Decision, status: str, now_us: int) -> Columns:
    """The order's columns after the step, the money word derived anew; what counts while it waits ends with that."""
    amounts = Amounts(
        order.paid_poisha + decision.paid,
        order.due_poisha + decision.due,
        order.refund_due_poisha + decision.refund_due,
        order.refunded_poisha + decision.refunded,
        order.courier_due_poisha + decision.courier_due,
    )
    forgiven = order.forgiven_poisha + decision.forgiven
    waits = bool(order.claim_waits) if decision.claim_waits is None else decision.claim_waits
    is_cod = is_paid_on_delivery(str(decision.columns.get("payment_method", order.payment_method)))
    money = money_state(amounts, status=status, is_cod=is_cod, claim_waits=waits)
    return {
        "status": status,
        "money": money,
        "paid_poisha": amounts.paid_poisha,
        "due_poisha": amounts.due_poisha,
        "refund_due_poisha": amounts.refund_due_poisha,
        "refunded_poisha": amounts.refunded_poisha,
        "courier_due_poisha": amounts.courier_due_poisha,
        "forgiven_poisha": forgiven,
        "credit_used_poisha": order.credit_used_poisha,
        "credited_poisha": order.credited_poisha,
        "claim_waits": int(waits),
        **({} if status == PENDING else {"network": "", "expires_at": None}),
        **({} if status in BEFORE_SHIPPING else {"wish": "", "wish_kind": ""}),
        **decision.columns,
        **_delivered(order, status, now_us),
    }


def _delivered(order: AnyOrder, status: str, now_us: int) -> Columns:
    """When it came to its customer; forgotten when it is on its way again."""
    if order.status is None or status == order.status:
        return {}
    if status == DELIVERED:
        return {"delivered_at": now_us}
    return {} if status in ENDED else {"delivered_at": None}
