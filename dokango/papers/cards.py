"""What a paper is made from: plain facts, gathered by whoever prints. Money in poisha, times in microseconds UTC."""

from __future__ import annotations

from dataclasses import dataclass

from dokango.papers.standing import Standing


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
    """One order as it is printed; courier and tracking code are there once the courier has the parcel."""

    number: str
    status: str
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
    standing: Standing
    refund_due_poisha: int = 0
    refunded_poisha: int = 0
    payment: str = ""
    note: str = ""
    courier: str = ""
    tracking_code: str = ""
    fragile: bool = False
    discount_poisha: int = 0
    forgiven_poisha: int = 0

    @property
    def items(self) -> int:
        """How many pieces lie in the parcel."""
        return sum(line.quantity for line in self.lines)

    @property
    def collect_poisha(self) -> int:
        """What the rider takes at the door, 0 when nothing."""
        return self.standing.collect_poisha

    @property
    def taken_back_poisha(self) -> int:
        """What of the total is no longer asked for: all of it when it was cancelled, goods that came back."""
        kept = self.paid_poisha - self.refunded_poisha - self.refund_due_poisha
        return max(0, self.total_poisha - kept - self.due_poisha - self.forgiven_poisha)


@dataclass(frozen=True, slots=True)
class PickLine:
    """How many of one SKU to bring from the shelf, and for which orders: (number, quantity) each."""

    sku: str
    title: str
    variant: str
    quantity: int
    on_hand: int
    orders: tuple[tuple[str, int], ...]
