"""What every courier is to the rest of the shop: a protocol, and the frozen things that pass through it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from dokango.couriers.status import CarrierStatus, StatusReading
from dokango.errors import CourierError, CourierRefused


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is asked of a courier. `invoice` is our name for the parcel, unique for ever; COD 0 means prepaid."""

    invoice: str
    recipient_name: str
    recipient_phone: str
    recipient_address: str
    cod_poisha: int
    note: str = ""
    item_description: str = ""
    alternative_phone: str = ""
    recipient_email: str = ""
    total_lot: int = 1
    hub_pickup: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """A parcel looked over before sending: `errors` stop it, `warnings` are said; both one sentence a field."""

    errors: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Booking:
    """What a courier answered to a booking. A recovered one has its id and nothing else until more is heard."""

    consignment_id: str
    tracking_code: str = ""
    tracking_link: str = ""
    raw_status: str = ""
    status: CarrierStatus = CarrierStatus.IN_REVIEW
    raw: str = ""


@dataclass(frozen=True, slots=True)
class BulkResult:
    """One row of a bulk booking: exactly one of `booking` and `error` is set."""

    invoice: str
    booking: Booking | None = None
    error: CourierError | None = None


@dataclass(frozen=True, slots=True)
class ParcelName:
    """The names by which a courier may know a parcel; empty where unknown."""

    invoice: str = ""
    consignment_id: str = ""
    tracking_code: str = ""


class Courier(Protocol):
    """A courier that is booked through its API.

    Calls that change nothing raise CourierUnavailable when no answer came and NotFound for a parcel they do not know.
    """

    @property
    def key(self) -> str:
        """Its name in COURIERS and in the ledger's accounts."""
        ...

    @property
    def name(self) -> str:
        """Its name for people."""
        ...

    def check(self, parcel: Parcel) -> Checked:
        """Look a parcel over without calling anyone."""
        ...

    def payload(self, parcel: Parcel) -> dict[str, object]:
        """Exactly what `book` will send; raises InvalidInput when `check` finds errors."""
        ...

    def send(self, payload: Mapping[str, object]) -> Booking:
        """Hand over the parcel that `payload` describes.

        Raises CourierRefused, CourierUnavailable (certainly nothing was booked) or CourierUncertain (it may have been).
        The same payload may be sent again after that: they refuse an invoice that they know.
        """
        ...

    def took_it_before(self, refusal: CourierRefused) -> bool:
        """Whether they refused because they know the invoice: an earlier try landed."""
        ...

    def book_many(self, parcels: Sequence[Parcel]) -> list[BulkResult]:
        """Hand many over in one call; results in the order of `parcels`. Raises as `book` when all share a fate."""
        ...

    def find_booking(self, invoice: str) -> Booking | None:
        """The booking under our name, or None when they show none *yet*, which does not prove that there is none."""
        ...

    def status(self, parcel: ParcelName) -> StatusReading:
        """Where the parcel is now."""
        ...

    def balance_poisha(self) -> int:
        """What they hold for us. The call that proves the keys."""
        ...
