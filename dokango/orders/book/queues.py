"""The tabs of the desk as data: each queue is one condition on orders.

The same words select the list, count the tab and make the partial index that keeps both flat however many orders there
are; so they are plain SQL that both databases read, without parameters (an index is only taken for the same literals).
To change a queue: its row here and its index in the migrations.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Index, TextClause, text

from dokango.payments.methods import paid_on_delivery


@dataclass(frozen=True, slots=True)
class Queue:
    """One saved view. `where` is "" for all orders; `counted` says whether its tab shows a live number."""

    key: str
    label: str
    where: str
    newest_first: bool = False
    counted: bool = True
    empty: str = ""  # what to do next when nothing is in it

    @property
    def condition(self) -> TextClause:
        """The condition, to be used in a select from the orders alone."""
        return text(self.where or "1 = 1")


_FREE = "held_reason IS NULL"
_NOT_ASKED = " AND approval_kind = ''"  # nothing waits for a second person
_RIDERS = tuple(paid_on_delivery())
# One method alone: the migrations made the indexes with these very words.
_ON_DELIVERY = f"payment_method = '{_RIDERS[0]}'" if len(_RIDERS) == 1 else f"payment_method IN {_RIDERS}"
_PAID_BEFORE = f"payment_method <> '{_RIDERS[0]}'" if len(_RIDERS) == 1 else f"payment_method NOT IN {_RIDERS}"
# Problems, whatever the order's status: holds, money owed back, and cases (parcels and bookings in trouble).
_ADVANCED = "advance_poisha - paid_poisha - forgiven_poisha <= 0"  # what is asked before has come
HELD = "held_reason IS NOT NULL"
REFUND_DUE = "money = 'refund_due'"
PROBLEMS = (
    f'id IN (SELECT id FROM "order" WHERE {HELD}'  # noqa: S608  our own words
    f' UNION SELECT id FROM "order" WHERE {REFUND_DUE}'
    ' UNION SELECT order_id FROM "case" WHERE closed_at IS NULL AND order_id IS NOT NULL)'
)

QUEUES: tuple[Queue, ...] = (
    Queue(
        "unpaid", "Unpaid",
        f"status = 'pending' AND due_poisha > 0 AND ({_PAID_BEFORE} OR NOT ({_ADVANCED})) "
        f"AND claim_waits = 0 AND {_FREE}{_NOT_ASKED}",
        empty="Every order to be paid by wallet, or with an advance, has its TrxID. New ones appear by themselves.",
    ),
    Queue(
        "to_verify", "To verify", f"claim_waits = 1{_NOT_ASKED}",
        empty="No TrxID waits. When a customer sends one, it appears here by itself.",
    ),
    Queue(
        "to_approve", "To approve", "approval_kind <> ''",
        empty="Nothing waits for a second person. What does above the limit of the settings appears here by itself.",
    ),
    Queue(
        "to_confirm", "To confirm",
        f"status = 'pending' AND claim_waits = 0 AND (due_poisha = 0 OR ({_ON_DELIVERY} AND {_ADVANCED})) AND {_FREE}",
        empty="Nothing to confirm. Paid and cash-on-delivery orders come here next.",
    ),
    Queue(
        "to_pack", "To pack", f"status = 'confirmed' AND packed = 0 AND {_FREE}",
        empty="Nothing to pack. Orders come here once they are confirmed.",
    ),
    Queue(
        "to_ship", "To ship", f"status = 'confirmed' AND packed = 1 AND {_FREE}",
        empty="Nothing to hand over. Packed orders come here.",
    ),
    Queue(
        "in_transit", "In transit", "status = 'shipped'",
        empty="No parcel is on its way.",
    ),
    Queue(
        "problems", "Problems", PROBLEMS,
        empty="No holds, no parcels in trouble, no refunds owed. Good.",
    ),
    Queue(
        "done", "Done", "status IN ('delivered', 'cancelled', 'returned')", newest_first=True, counted=False,
        empty="Delivered, cancelled and returned orders are kept here.",
    ),
    Queue(
        "all", "All", "", newest_first=True, counted=False,
        empty="The first order appears here as soon as a customer places it, or you enter one.",
    ),
)  # fmt: skip
QUEUE: dict[str, Queue] = {queue.key: queue for queue in QUEUES}
FIRST_TAB = "to_verify"
# Rare values of a filter have their own small index; common ones are met soon on a walk from the newest order.
OPEN_STATUSES = ("pending", "confirmed", "shipped")
OPEN = f"status IN {OPEN_STATUSES}"
NOT_SHIPPED = "status IN ('pending', 'confirmed')"
UNSETTLED = "money <> 'paid'"
WITH_COURIER = "courier_due_poisha > 0"
SOMEBODY = "assigned_to <> ''"
# What visitors keep from the shelf, and nobody has confirmed or paid.
UNCONFIRMED_WEB = "status = 'pending' AND channel = 'storefront' AND paid_poisha = 0"
UNCONFIRMED_LINES = "unconfirmed = 1"  # of orders, by any way in
EXPIRES = f"{UNCONFIRMED_WEB} AND claim_waits = 0 AND {_FREE}{_NOT_ASKED}"


def indexes() -> list[Index]:
    """A partial index for each queue on the order's own row, for the parts of Problems, and for rare filters."""
    wanted = {queue.key: queue.where for queue in QUEUES if queue.where and queue.key != "problems"}
    wanted |= {"held": HELD, "refund_due": REFUND_DUE}
    queues = [_partial(f"order_{key}", where) for key, where in wanted.items()]
    return [
        *queues,
        _partial("order_open", OPEN, "status"),
        _partial("order_money", UNSETTLED, "money"),
        _partial("order_assigned", SOMEBODY, "assigned_to"),
        only_where(WITH_COURIER, "order_with_courier", "id"),
        Index("order_district", "district", "placed_at", "id"),
        only_where(UNCONFIRMED_WEB, "order_web_customer", "customer_id"),
        only_where(UNCONFIRMED_WEB, "order_web_network", "network"),
        only_where(EXPIRES, "order_expires", "expires_at", "placed_at"),
    ]


def _partial(name: str, where: str, *first: str) -> Index:
    return only_where(where, name, *first, "placed_at", "id")


def only_where(where: str, name: str, *columns: str) -> Index:
    """An index of the rows that `where` is true of, and of no others."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))
