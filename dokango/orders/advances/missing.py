"""What of an advance has not come yet."""

from __future__ import annotations

from dokango.orders.book.rows import OrderRow


def advance_missing_poisha(order: OrderRow) -> int:
    """What the shop still waits for before it confirms an order that is paid on delivery."""
    return max(0, order.advance_poisha - order.paid_poisha - order.forgiven_poisha)
