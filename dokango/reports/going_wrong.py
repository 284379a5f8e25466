"""What is going wrong just now, and where is it put right?"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from dokango.clock import day_of
from dokango.db import Tx
from dokango.orders.cases import lists as cases
from dokango.orders.cases.kinds import NEEDS_US
from dokango.orders.reading import lists
from dokango.orders.reading.lists import ANY_HOLD, NOT_SHIPPED_YET, Filters
from dokango.reports.kit.places import GoingWrong
from dokango.reports.kit.snapshot import Snapshot
from dokango.stock.shelf import low_count

SLOW_DAYS = 3


def what_is_wrong(tx: Tx, now_us: int) -> tuple[GoingWrong, ...]:
    """Only what there is at least one of; the worst first. Each count is that of the list it leads to."""
    today = day_of(now_us)
    yesterday, slow = today - timedelta(days=1), today - timedelta(days=SLOW_DAYS)
    kinds = (
        ("refund owed to a customer", "refunds owed to customers",
         *_orders(tx, "problems", Filters(money="refund_due"))),
        ("problem that needs us", "problems that need us", cases.counts(tx)[NEEDS_US], "/problems"),
        ("order on hold", "orders on hold", *_orders(tx, "problems", Filters(held=ANY_HOLD))),
        ("TrxID to verify on an order from before today", "TrxIDs to verify on orders from before today",
         *_orders(tx, "to_verify", Filters(to_day=yesterday))),
        (f"order not shipped after {SLOW_DAYS} days", f"orders not shipped after {SLOW_DAYS} days",
         *_orders(tx, "all", Filters(status=NOT_SHIPPED_YET, to_day=slow))),
        ("item low in stock or sold out", "items low in stock or sold out", low_count(tx), "/stock?low=1"),
    )  # fmt: skip
    return tuple(GoingWrong(one if count == 1 else many, count, href) for one, many, count, href in kinds if count)


def _orders(tx: Tx, tab: str, narrowed: Filters) -> tuple[int, str]:
    """How many stand in a list of orders, and its address (as state/orders/url.py reads it)."""
    to = narrowed.to_day.isoformat() if narrowed.to_day else ""
    said = {"tab": tab, "money": narrowed.money, "held": narrowed.held, "status": narrowed.status, "to": to}
    query = urlencode({name: value for name, value in said.items() if value})
    return lists.how_many(tx, tab, narrowed), f"/orders?{query}"


def found(seen: Snapshot) -> tuple[GoingWrong, ...]:
    """As the page warns of it."""
    return what_is_wrong(seen.tx, seen.now_us)
