"""The couriers a shop can hand parcels to. To add one: its file, and its line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dokango.couriers import manual
from dokango.couriers.base import Courier
from dokango.couriers.steadfast import client

if TYPE_CHECKING:
    from dokango.couriers.desk import CourierDesk


@dataclass(frozen=True, slots=True)
class CourierKind:
    """`call` gives the courier ready to be called; None for those whom staff follow by hand."""

    key: str
    name: str
    call: Callable[[CourierDesk], Courier] | None

    @property
    def by_api(self) -> bool:
        """Whether it is booked and followed by calls."""
        return self.call is not None


COURIERS: dict[str, CourierKind] = {
    kind.key: kind
    for kind in (
        CourierKind(client.KEY, client.NAME, lambda desk: desk.steadfast()),
        CourierKind(manual.KEY, "Another courier", None),
    )
}
