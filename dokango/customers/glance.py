"""What somebody who looks at an order needs to know of its buyer at one glance."""

from __future__ import annotations

from typing import NamedTuple

from dokango.customers.acts import NoteRow, labels_of, newest_note
from dokango.customers.rows import CustomerRow, by_phone
from dokango.db import Tx


class Glance(NamedTuple):
    """The record, the labels, and the newest note that somebody wrote."""

    customer: CustomerRow
    labels: tuple[str, ...]
    note: NoteRow | None


def glance_of(tx: Tx, phone: str) -> Glance | None:
    """Of who has `phone`, as it is kept; None for somebody of whom nothing is known."""
    customer = by_phone(tx, phone)
    if customer is None:
        return None
    return Glance(customer, tuple(labels_of(tx, customer.id)), newest_note(tx, customer.id))
