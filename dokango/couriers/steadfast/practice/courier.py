"""The practice courier as one thing: its parcels, keys, faults, and whom it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dokango.clock import Clock
from dokango.couriers.practice.faults import Faults
from dokango.couriers.practice.server import PRACTICE_KEY, KnownParcel, PracticeParcel, PracticeServer
from dokango.couriers.practice.tellers import Silent, Teller
from dokango.couriers.status import CarrierStatus
from dokango.couriers.steadfast.practice import parcels
from dokango.couriers.steadfast.practice.adoption import adopt_all
from dokango.couriers.steadfast.practice.lockout import KeyGate
from dokango.couriers.steadfast.practice.notices import notice, signed_headers
from dokango.couriers.steadfast.practice.store import Row, Store

MOVES = (
    *(status.value for status in CarrierStatus if status not in (CarrierStatus.SHIPPED, CarrierStatus.UNKNOWN)),
    "cancelled_return_processing",
    "cancelled_return_rider_assigned",
    "cancelled_return_received",
)
_BOOKED_SINCE = "SELECT consignment_id, recipient_phone, created_at FROM parcel WHERE created_at >= ?"


@dataclass
class PracticeCourier(PracticeServer):
    """Everything that the calls work on."""

    store: Store
    gate: KeyGate
    faults: Faults = field(default_factory=Faults)
    teller: Teller = field(default_factory=Silent)
    moves: Sequence[str] = MOVES

    def move(self, consignment_id: str, status: str, collected: int | None = None) -> Row | None:
        """Move a parcel and tell the shop; None when there is no such parcel."""
        moved = parcels.move(self.store, consignment_id, status, collected)
        if moved is not None:
            self.teller.tell(notice(moved))
        return moved

    def signed(self, token: str, raw: bytes, key: str) -> dict[str, str]:
        """Bearer and signature."""
        return signed_headers(token, raw, key)

    def adopt(self, rows: Sequence[KnownParcel]) -> int:
        """Let it know the shop's parcels by their own ids and codes."""
        return adopt_all(self.store, rows)

    def booked_since(self, since_us: int) -> list[PracticeParcel]:
        """The parcels booked from then on."""
        found = self.store.rows(_BOOKED_SINCE, since_us)
        return [PracticeParcel(str(r["consignment_id"]), r["recipient_phone"], r["created_at"]) for r in found]

    def close(self) -> None:
        """Let the file go."""
        self.store.close()


def key_gate(api_key: str, secret_key: str, clock: Clock) -> KeyGate:
    """Lets in who brings these keys; practice/practice unless given."""
    return KeyGate(api_key or PRACTICE_KEY, secret_key or PRACTICE_KEY, clock)
