"""The practice courier as one thing: its parcels, keys, faults, and whom it tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from dokango.clock import Clock
from dokango.couriers.practice import parcels
from dokango.couriers.practice.faults import Faults
from dokango.couriers.practice.lockout import KeyGate
from dokango.couriers.practice.store import Row, Store
from dokango.couriers.practice.webhooks import Silent, Teller, notice

PRACTICE_KEY = "practice"
FILE_NAME = "practice-courier.sqlite3"


@dataclass(slots=True)
class PracticeCourier:
    """Everything that the calls work on."""

    store: Store
    gate: KeyGate
    faults: Faults = field(default_factory=Faults)
    teller: Teller = field(default_factory=Silent)

    def move(self, consignment_id: str, status: str, collected: int | None = None) -> Row | None:
        """Move a parcel and tell the shop; None when there is no such parcel."""
        moved = parcels.move(self.store, consignment_id, status, collected)
        if moved is not None:
            self.teller.tell(notice(moved))
        return moved


def open_practice_courier(
    path: Path | None, clock: Clock, api_key: str = "", secret_key: str = "", teller: Teller | None = None
) -> PracticeCourier:
    """Open the one whose parcels are in `path` (None: in memory); keys are practice/practice unless given."""
    gate = KeyGate(api_key or PRACTICE_KEY, secret_key or PRACTICE_KEY, clock)
    return PracticeCourier(Store(path, clock), gate, teller=teller or Silent())
