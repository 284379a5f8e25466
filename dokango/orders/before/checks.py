"""What the desk looks at before it lets an order go on: each check green, amber or red, with its reason.

To add a check: one function here, named in CHECKS_BEFORE.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from dokango.clock import US_PER_DAY
from dokango.customers.rows import CustomerRow
from dokango.money import taka
from dokango.orders.book.rows import OrderRow
from dokango.shop.profile import Profile

_SOON = 2 * US_PER_DAY
_A_PLACE = re.compile(r"\d|[০-৯]|\b(house|holding|road|village|vill|para|bazar|flat|block|sector|union|post)\b", re.I)


class ReviewedLine(NamedTuple):
    """A line of an order, with the catalogue's price now and the shelf (None where the SKU has no stock)."""

    sku: str
    title: str
    variant_title: str
    image: str
    tracks_stock: int
    quantity: int
    unit_price_poisha: int
    returned_quantity: int
    to_inspect: int
    not_kept: int
    coming_back: int
    catalogue_poisha: int
    low_stock_level: int
    on_hand: int | None
    reserved: int | None


class EarlierOrder(NamedTuple):
    """Another order of the same phone."""

    number: str
    status: str
    money: str
    total_poisha: int
    placed_at: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the checks look at. `lines` carry on_hand, reserved, low_stock_level and the catalogue's price now.

    `history` are this phone's other orders, newest first; `same_trx` the numbers of other orders with this TrxID.
    """

    order: OrderRow
    lines: tuple[ReviewedLine, ...]
    profile: Profile
    history: tuple[EarlierOrder, ...]
    same_trx: tuple[str, ...]
    now_us: int
    customer: CustomerRow | None = None  # whose phone it is


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one check found: `level` good, warn or bad."""

    check: str
    level: str
    words: str


def run(facts: Facts) -> list[Verdict]:
    """Every check, in the order people read them."""
    return [Verdict(name, *check(facts)) for name, check in CHECKS_BEFORE.items()]


def in_stock(facts: Facts) -> tuple[str, str]:
    """The goods are reserved at placing; here whether they are on the shelf, and whether it runs low."""
    if facts.order.status not in ("pending", "confirmed"):
        return "good", "The goods have left the shelf or were put back."
    tracked = [line for line in facts.lines if line.tracks_stock]
    missing = [f"{line.sku}: {line.quantity} wanted, {line.on_hand or 0} on the shelf" for line in tracked
               if (line.on_hand or 0) < line.quantity]  # fmt: skip
    if missing:
        return "bad", f"Not on the shelf. {'; '.join(missing)}."
    low = [
        line.sku
        for line in tracked
        if (line.on_hand or 0) - (line.reserved or 0) <= line.low_stock_level and line.low_stock_level
    ]
    if low:
        return "warn", f"Reserved, and then it runs low: {', '.join(low)}."
    return "good", "Everything is on the shelf and reserved for this order."


def address_complete(facts: Facts) -> tuple[str, str]:
    """Whether a rider could find it."""
    order = facts.order
    if not order.district.strip() or len(order.address_line.strip()) < 6:
        return "bad", "The address is not complete: a house or village and a district are needed. Call the customer."
    if not _A_PLACE.search(order.address_line) and not order.area.strip():
        return "warn", "No house, road or village is named. Ask, or the rider will."
    if not order.area.strip() and not order.city.strip():
        return "warn", "No area or town is named beside the district."
    return "good", f"Line, area and district are there ({order.district})."


def price_correct(facts: Facts) -> tuple[str, str]:
    """The sum from its lines anew, against the catalogue and the delivery tariff."""
    order = facts.order
    subtotal = sum(line.quantity * line.unit_price_poisha for line in facts.lines)
    total = subtotal + order.delivery_poisha - order.discount_poisha
    if subtotal != order.subtotal_poisha or total != order.total_poisha:
        return "bad", f"The lines add up to {taka(subtotal)}, the order says {taka(order.subtotal_poisha)}."
    changed = [
        f"{line.sku} now {taka(line.catalogue_poisha)}, sold at {taka(line.unit_price_poisha)}"
        for line in facts.lines
        if line.catalogue_poisha != line.unit_price_poisha
    ]
    tariff = facts.profile.delivery_poisha(order.district)
    if order.status in ("pending", "confirmed") and tariff != order.delivery_poisha:
        changed.append(f"delivery to {order.district} is now {taka(tariff)}, charged {taka(order.delivery_poisha)}")
    if changed:
        return "warn", f"Prices changed since: {'; '.join(changed)}. The customer pays what was agreed."
    return "good", f"{taka(order.total_poisha)} adds up, at today's prices."


def not_twice(facts: Facts) -> tuple[str, str]:
    """The same phone with another open order close in time, or the same TrxID elsewhere."""
    if facts.same_trx:
        return "bad", f"The same TrxID stands on #{', #'.join(facts.same_trx)}. One TrxID settles one payment."
    order = facts.order
    near = [
        other.number
        for other in facts.history
        if other.status in ("pending", "confirmed") and abs(other.placed_at - order.placed_at) < _SOON
    ]
    if near:
        return "warn", f"This phone also ordered #{', #'.join(near[:3])} about then. Twice by mistake?"
    return "good", "No other open order from this phone, and the TrxID is nowhere else."


def buyers_record(facts: Facts) -> tuple[str, str]:
    """How this buyer's earlier orders ended, by phone."""
    ended = [other for other in facts.history if other.status in ("delivered", "returned", "cancelled")]
    returned = sum(other.status == "returned" for other in ended)
    delivered = sum(other.status == "delivered" for other in ended)
    cancelled = len(ended) - returned - delivered
    words = f"{delivered} delivered, {returned} returned, {cancelled} cancelled before."
    if not ended:
        return "good", "A new buyer: no finished order from this phone yet."
    if returned > delivered:
        return "bad", f"{words} More came back than stayed: call before sending, or ask for an advance."
    if returned or cancelled > delivered:
        return "warn", words
    return "good", words


def not_blocked(facts: Facts) -> tuple[str, str]:
    """Whether the shop blocked this buyer. They are never told."""
    customer = facts.customer
    if customer is None or customer.blocked_at is None:
        return "good", "Nobody blocked this buyer."
    return "bad", f"{customer.blocked_by} blocked this buyer: {customer.blocked_reason} (They are not told.)"


def wish_answered(facts: Facts) -> tuple[str, str]:
    """Whether the customer waits for an answer."""
    order = facts.order
    if not order.wish_kind:
        return "good", "The customer asks for no change."
    return "bad", f"The customer asks {'to cancel' if order.wish_kind == 'cancel' else 'for a change'}: {order.wish}"


CHECKS_BEFORE: dict[str, Callable[[Facts], tuple[str, str]]] = {
    "In stock": in_stock,
    "Address": address_complete,
    "Price": price_correct,
    "Only once": not_twice,
    "Buyer": buyers_record,
    "Blocked": not_blocked,
    "Wishes": wish_answered,
}
