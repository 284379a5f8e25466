"""What one visitor may keep from the shelf before anybody has confirmed or paid it: the owner's limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import bindparam, func, select, text

from dokango.customers.rows import by_phone
from dokango.db import Statement, Tx
from dokango.errors import Conflict
from dokango.money import taka
from dokango.orders.book.queues import UNCONFIRMED_WEB
from dokango.orders.book.rows import ORDER
from dokango.orders.lifecycle.decision import NewOrder
from dokango.shop.profile import Profile


class WebLimit(Conflict):
    """An order from the storefront goes over a limit of the owner's; nothing was written."""

    code = "web-limit"


@dataclass(frozen=True, slots=True)
class Excess:
    """One SKU of which more is wanted than one order may have."""

    sku: str
    title: str
    wanted: int
    most: int


class TooManyOfOne(WebLimit):
    """More of a SKU than one unconfirmed order may have; `items` says which, how many, and how many may be."""

    code = "too-many-of-one"

    def __init__(self, items: Sequence[Excess]) -> None:
        self.items = list(items)
        words = "; ".join(f"{i.title or i.sku}: {i.wanted} wanted, at most {i.most} at once" for i in items)
        super().__init__(f"{words}. Nothing was ordered. Lower the number, or call the shop for more.")

    def data(self) -> dict[str, object]:
        return {"items": [asdict(item) for item in self.items]}


class TooMuchAtOnce(WebLimit):
    """The order comes to `total_poisha`; one that nobody confirmed may come to `most_poisha`."""

    code = "too-much-at-once"

    def __init__(self, total_poisha: int, most_poisha: int) -> None:
        self.total_poisha, self.most_poisha = total_poisha, most_poisha
        super().__init__(
            f"The order comes to {taka(total_poisha)}; at most {taka(most_poisha)} can be ordered at once. "
            "Nothing was ordered. Take something out, or call the shop to order it all."
        )

    def data(self) -> dict[str, object]:
        return {"total_poisha": self.total_poisha, "most_poisha": self.most_poisha}


class TooManyWaiting(WebLimit):
    """`waiting` orders of the same phone or network (`by`) wait already; at most `most` may."""

    code = "too-many-waiting"

    def __init__(self, by: str, waiting: int, most: int) -> None:
        self.by, self.waiting, self.most = by, waiting, most
        super().__init__(
            f"{waiting} orders of this {by} wait to be confirmed; at most {most} may. "
            "Nothing more was ordered. Call the shop, or try again when one of them is confirmed."
        )

    def data(self) -> dict[str, object]:
        return {"by": self.by, "waiting": self.waiting, "most": self.most}


class NotTakenHere(WebLimit):
    """The owner takes no order of this buyer from the storefront. It does not say why, to nobody."""

    code = "not-taken-here"

    def __init__(self) -> None:
        super().__init__("This order cannot be taken here. Nothing was ordered. Call the shop to order.")


_waiting = select(func.count()).select_from(ORDER).where(text(UNCONFIRMED_WEB))
# The buyer's row, not the phone on the order: an address that is changed afterwards does not free a place.
_OF_CUSTOMER = Statement(_waiting.where(ORDER.c.customer_id == bindparam("customer")))
_OF_NETWORK = Statement(_waiting.where(ORDER.c.network == bindparam("network")))


def keep_to_limits(tx: Tx, profile: Profile, order: NewOrder) -> None:
    """Let a visitor's order pass, or raise WebLimit.

    Call it when the order has its number: the number's row stays locked until the commit, so that placings count one
    after the other and two at once cannot both be the last that is allowed.
    """
    if profile.blocked_orders == "refuse" and _is_blocked(tx, order.phone):
        raise NotTakenHere
    most = profile.web_units_most
    kept = [line for line in order.lines if line.tracks_stock and 0 < most < line.quantity]
    over = [Excess(line.sku, line.title, line.quantity, most) for line in kept]
    if over:
        raise TooManyOfOne(over)
    total_poisha = order.subtotal_poisha + order.delivery_poisha
    if 0 < profile.web_total_most_poisha < total_poisha:
        raise TooMuchAtOnce(total_poisha, profile.web_total_most_poisha)
    if profile.web_open_by_phone:
        waiting = int(tx.value(_OF_CUSTOMER, customer=order.kept["customer_id"]))
        _let_one_more("phone", waiting, profile.web_open_by_phone)
    if profile.web_open_by_network and order.kept["network"]:
        waiting = int(tx.value(_OF_NETWORK, network=order.kept["network"]))
        _let_one_more("network", waiting, profile.web_open_by_network)


def _is_blocked(tx: Tx, phone: str) -> bool:
    customer = by_phone(tx, phone)
    return customer is not None and customer.blocked_at is not None


def _let_one_more(by: str, waiting: int, most: int) -> None:
    if waiting >= most:
        raise TooManyWaiting(by, waiting, most)
