"""What the rule as it stands would ask of an order that is there; the order keeps what was asked of it."""

from __future__ import annotations

from dokango.db import Tx
from dokango.money import taka
from dokango.orders.advances.asking import asking_of
from dokango.orders.book import rows
from dokango.payments.methods import is_paid_on_delivery, said_method
from dokango.shop.profile import load_profile


def preview(tx: Tx, number: str) -> str:
    """In two sentences: which row would ask how much, and what was asked. Raises NotFound."""
    order = rows.by_number(tx, number)
    skus = [line.sku for line in rows.lines_of(tx, order.id)]
    asked = asking_of(tx, skus, order.phone).of(
        load_profile(tx), order.payment_method, order.district, order.total_poisha, order.delivery_poisha
    )
    about = f"#{order.number}, {taka(order.total_poisha)} to {order.district} by {said_method(order.payment_method)}"
    if not is_paid_on_delivery(order.payment_method):
        return f"{about}: all of it is paid before anyhow."
    would = f"row {asked.place} asks {taka(asked.poisha)} ({asked.reason})" if asked.place else "no row fits, nothing"
    return f"{about}: {would}. When it was placed, {taka(order.advance_poisha)} was asked."
