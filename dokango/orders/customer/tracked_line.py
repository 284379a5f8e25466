"""A line of an order as its customer sees it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from dokango.orders.customer.tracking_rows import TrackedLineRow


@dataclass(frozen=True, slots=True)
class TrackedLine:
    """One line of the order; `returned` of its `quantity` came back."""

    title: str
    title_bn: str
    variant_title: str
    variant_title_bn: str
    image: str
    quantity: int
    returned: int
    price_poisha: int


def line_of(line: TrackedLineRow) -> TrackedLine:
    """The row with the picture it was sold with, else its product\'s first."""
    images = [] if line.image else json.loads(line.images or "[]")
    image = line.image or (str(images[0]) if images else "")
    return TrackedLine(
        line.title, line.title_bn, line.variant_title, line.variant_title_bn, image, line.quantity,
        line.returned, line.unit_price_poisha,
    )  # fmt: skip
