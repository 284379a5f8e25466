"""What a customer's orders come to, moved by the same transaction that moves an order.

A row by phone, so that no list and no page adds up orders. Locked after the order's own row, and never held while
another order is waited for by the same step.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import bindparam, func, select, update

from dokango import topics
from dokango.customers.models import Customer, CustomerAlias
from dokango.db import Statement, Tx, table_of

CUSTOMER, ALIAS = table_of(Customer), table_of(CustomerAlias)


class Share(NamedTuple):
    """What one order is of its customer's record, and what several are together; counts, and poisha."""

    orders: int = 0
    open_orders: int = 0
    delivered: int = 0
    undelivered: int = 0
    returned: int = 0
    cancelled: int = 0
    ordered_poisha: int = 0
    paid_poisha: int = 0
    refunded_poisha: int = 0
    due_poisha: int = 0
    refund_due_poisha: int = 0

    def less(self, other: Share) -> Share:
        """The difference, figure by figure."""
        return Share(*(mine - theirs for mine, theirs in zip(self, other, strict=True)))


NOTHING = Share()


def share_of(order: Mapping[str, int | str | None]) -> Share:
    """The share of an order by the values of its columns.

    A parcel that came back undelivered is told from goods that were delivered first by `to_inspect`.
    """
    status, came_back = order["status"], order.get("to_inspect") is not None
    lasts = status in ("pending", "confirmed", "shipped", "delivered")
    return Share(
        orders=1,
        open_orders=int(status in ("pending", "confirmed", "shipped")),
        delivered=int(status == "delivered"),
        undelivered=int(status == "returned" and came_back),
        returned=int(status == "returned" and not came_back),
        cancelled=int(status == "cancelled"),
        ordered_poisha=int(order["total_poisha"] or 0) if lasts else 0,
        paid_poisha=int(order["paid_poisha"] or 0),
        refunded_poisha=int(order["refunded_poisha"] or 0),
        due_poisha=int(order["due_poisha"] or 0),
        refund_due_poisha=int(order["refund_due_poisha"] or 0),
    )


# whose record a phone's is: its own, or that of the number it is merged into
of_phone = CUSTOMER.c.phone == func.coalesce(
    select(ALIAS.c.main_phone).where(ALIAS.c.phone == bindparam("who")).scalar_subquery(), bindparam("who")
)
_MOVE = Statement(
    update(CUSTOMER)
    .where(of_phone)
    .values({name: CUSTOMER.c[name] + bindparam(f"by_{name}") for name in Share._fields})
)
_MOVE_CREDIT = Statement(
    update(CUSTOMER).where(of_phone).values(credit_poisha=CUSTOMER.c.credit_poisha + bindparam("amount"))
)


def move(tx: Tx, phone: str, change: Share) -> None:
    """The record of who has `phone` is so much more, or less."""
    if change != NOTHING:
        tx.run(_MOVE, who=phone, **{f"by_{name}": value for name, value in change._asdict().items()})


def move_credit(tx: Tx, phone: str, amount_poisha: int) -> None:
    """The credit of who has `phone` is so much more, or (below 0) less."""
    tx.run(_MOVE_CREDIT, who=phone, amount=amount_poisha)
    tx.changed(topics.CUSTOMERS)
