"""How to pay, told once more: the amount, the number, the reference and the link, in the customer's language."""

from __future__ import annotations

from dokango.db import Tx
from dokango.errors import Conflict
from dokango.language import said_amount, say
from dokango.orders.advances.missing import advance_missing_poisha
from dokango.orders.book import rows
from dokango.orders.book.rows import OrderRow
from dokango.orders.customer.message import message_customer
from dokango.orders.lifecycle.perform import Context, Done
from dokango.payments.methods import METHODS, Method, is_paid_on_delivery
from dokango.payments.offered import taken
from dokango.shop.profile import Profile, load_profile


def payment_instructions(order: OrderRow, profile: Profile) -> str:
    """What to send where, without greeting and link; "" when nothing is to be paid before delivery."""
    method = _to_pay_by(order, profile)
    if method is None:
        return ""
    due_poisha = advance_missing_poisha(order) if is_paid_on_delivery(order.payment_method) else order.due_poisha
    amount = said_amount(due_poisha, order.locale)
    return say(
        "pay.again", order.locale, amount=amount, wallet=method.said(order.locale),
        account=profile.wallets[method.key].number, number=order.number,
    )  # fmt: skip


def send_instructions(tx: Tx, context: Context, number: str) -> Done:
    """Tell the customer once more how to pay. Raises Conflict when nothing waits to be paid, and as `perform` does."""
    words = payment_instructions(rows.by_number(tx, number), load_profile(tx))
    if not words:
        raise Conflict(f"Order #{number} waits for no payment by wallet. Nothing was sent.")
    return message_customer(tx, context, number, words)


def _to_pay_by(order: OrderRow, profile: Profile) -> Method | None:
    """The order's own method, else the first that the shop takes before delivery, also for an advance."""
    chosen = METHODS.get(order.payment_method)
    if order.status not in ("pending", "confirmed") or order.due_poisha <= 0 or chosen is None:
        return None
    if chosen.on_delivery and not (order.status == "pending" and advance_missing_poisha(order)):
        return None
    offered = [method for method in taken(profile) if method.claimed_by_trx_id and method.key in profile.wallets]
    return next((method for method in offered if method.key == chosen.key), offered[0] if offered else None)
