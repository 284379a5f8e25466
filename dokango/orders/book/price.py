"""What each line of an order is really sold for: its amount less its discount, and less its share of the order's.

The discount of the whole order comes off its goods, each line by its amount, and only what is more than the goods cost
off the delivery charge. What comes back is worth what was paid for it, to the last poisha over several returns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dokango.money import share_half_up


class PricedLine(Protocol):
    """What a price is made of; rows of orders have it."""

    @property
    def id(self) -> int:
        """The line's row."""

    @property
    def quantity(self) -> int:
        """Units ordered."""

    @property
    def unit_price_poisha(self) -> int:
        """What one was sold for."""

    @property
    def discount_poisha(self) -> int:
        """Off this line alone."""


class PricedOrder(Protocol):
    """The order's own part of it."""

    @property
    def delivery_poisha(self) -> int:
        """The delivery charge."""

    @property
    def discount_poisha(self) -> int:
        """All that is off, those of single lines included."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What each line (by its id) and the delivery come to after every discount."""

    net_poisha: Mapping[int, int]
    delivery_poisha: int

    def of(self, line: PricedLine, before: int, quantity: int) -> int:
        """What `quantity` units of a line cost, after `before` of it: the units of a line add up to the line."""
        net = self.net_poisha[line.id]
        upto = share_half_up(net, before + quantity, line.quantity)
        return upto - share_half_up(net, before, line.quantity)


def prices(order: PricedOrder, lines: Sequence[PricedLine]) -> Prices:
    """The prices of an order with these lines, all of them, in the order they are kept."""
    amounts = {line.id: line.quantity * line.unit_price_poisha - line.discount_poisha for line in lines}
    goods = sum(amounts.values())
    off = order_discount_poisha(order, lines)
    of_goods = min(off, goods)
    net: dict[int, int] = {}
    counted = shared = 0
    for line_id, amount in amounts.items():
        counted += amount
        share = share_half_up(of_goods, counted, goods) - shared if amount else 0
        shared += share
        net[line_id] = amount - share
    return Prices(net, order.delivery_poisha - (off - of_goods))


def order_discount_poisha(order: PricedOrder, lines: Sequence[PricedLine]) -> int:
    """What is off the order as a whole: its discount less those of its lines."""
    return order.discount_poisha - sum(line.discount_poisha for line in lines)
