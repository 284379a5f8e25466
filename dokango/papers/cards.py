"""What a paper is made from: plain facts, gathered by whoever prints. Money in poisha, times in microseconds UTC."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShopCard:
    """Who sends it: the head of each paper and the return address of each label."""

    name: str
    phone: str = ""
    address: str = ""
    thanks: str = "Thank you for your order."
    invoice_prefix: str = ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One SKU of an order at the price it was sold for."""

    sku: str
    title: str
    variant: str
    quantity: int
    unit_price_poisha: int


@dataclass(frozen=True, slots=True)
class OrderPaper:
    """One order as it is printed. `collect_poisha` is what the rider takes at the door, 0 when nothing."""

    number: str
    placed_us: int
    name: str
    phone: str
    address: str
    lines: tuple[PaperLine, ...]
    subtotal_poisha: int
    delivery_poisha: int
    total_poisha: int
    paid_poisha: int
    due_poisha: int
    collect_poisha: int
    payment: str = ""
    note: str = ""
    courier: str = ""
    tracking_code: str = ""
    fragile: bool = False

    @property
    def items(self) -> int:
        """How many pieces lie in the parcel."""
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True, slots=True)
class PickLine:
    """How many of one SKU to bring from the shelf, and for which orders: (number, quantity) each."""

    sku: str
    title: str
    variant: str
    quantity: int
    on_hand: int
    orders: tuple[tuple[str, int], ...]
