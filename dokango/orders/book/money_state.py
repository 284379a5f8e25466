"""The money axis: a word derived from amounts, never set by anyone."""

from __future__ import annotations

from dataclasses import dataclass

LET_GO = ("cancelled", "returned")
DELIVERED = "delivered"
NOTHING_DUE = "nothing_due"  # said of an order that was let go with nothing paid; kept as "unpaid"


@dataclass(frozen=True, slots=True)
class Amounts:
    """What stands between the shop, a customer and a courier for one order, in poisha.

    `paid` is all that was received for it, `due` what the customer still owes, `courier_due` COD not yet paid out.
    """

    paid_poisha: int
    due_poisha: int
    refund_due_poisha: int
    refunded_poisha: int
    courier_due_poisha: int


def money_state(amounts: Amounts, *, status: str, is_cod: bool, claim_waits: bool) -> str:
    """unpaid, claimed, part_paid, paid, cod_due, cod_with_courier, refund_due or refunded.

    Of a delivered order no rider collects any more: what is still due then, the customer owes like any other debt.
    """
    if amounts.refund_due_poisha > 0:
        return "refund_due"
    if status in LET_GO:
        return _of_let_go(amounts)
    if amounts.due_poisha > 0:
        if claim_waits:
            return "claimed"
        if is_cod and status != DELIVERED:
            return "cod_due"
        return "part_paid" if amounts.paid_poisha > 0 else "unpaid"
    return "cod_with_courier" if amounts.courier_due_poisha > 0 else "paid"


def _of_let_go(amounts: Amounts) -> str:
    if amounts.courier_due_poisha > 0:
        return "cod_with_courier"
    return "refunded" if amounts.refunded_poisha > 0 else "unpaid"


def money_said(status: str, money: str) -> str:
    """The word people read: an order that was cancelled or came back owes nothing, so it is not "unpaid"."""
    return NOTHING_DUE if money == "unpaid" and status in LET_GO else money
