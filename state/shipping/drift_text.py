"""What differs between an order and what its courier was told, in words: for the order's page and the drawer."""

from __future__ import annotations

from collections.abc import Sequence

from dokango.orders.parcels.drift import Difference
from state.shipping.text import Row


def drift_in_words(differences: Sequence[Difference]) -> list[Row]:
    """A row a field; what changed since the parcel was sent comes first."""
    return [
        {
            "field": one.field,
            "label": one.label,
            "told": one.told or "nothing",
            "now": one.now or "nothing",
            "level": "warn" if one.since else "info",
            "to_do": one.to_do,
            "to_copy": one.to_copy,
            "by_api": "1" if one.by_api else "",
        }
        for one in sorted(differences, key=lambda one: not one.since)
    ]
