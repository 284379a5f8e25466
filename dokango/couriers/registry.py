"""The couriers a shop can hand parcels to. To add one: its file, and its line here."""

from __future__ import annotations

from dataclasses import dataclass

from dokango.couriers import manual, steadfast


@dataclass(frozen=True, slots=True)
class CourierKind:
    """`by_api` couriers are booked and followed by calls; the others by what staff write down."""

    key: str
    name: str
    by_api: bool


COURIERS: dict[str, CourierKind] = {
    kind.key: kind
    for kind in (
        CourierKind(steadfast.KEY, steadfast.NAME, by_api=True),
        CourierKind(manual.KEY, "Another courier", by_api=False),
    )
}
