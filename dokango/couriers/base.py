"""What every courier is to the rest of the shop: protocols, and the frozen things that pass through them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

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


@dataclass(frozen=True, slots=True)
class ReturnRequest:
    """A parcel that was asked back; `status` is their word."""

    id: str
    consignment_id: str
    invoice: str
    reason: str
    status: str
    created_at_us: int | None


@dataclass(frozen=True, slots=True)
class PayoutLine:
    """One parcel in a payout. Whether the amount is before or after charges is theirs to know: compare it."""

    invoice: str
    consignment_id: str
    amount_poisha: int | None
    charge_poisha: int | None


@dataclass(frozen=True, slots=True)
class Payout:
    """COD paid out to the merchant; None where they did not say."""

    id: str
    amount_poisha: int | None
    total_poisha: int | None
    charges_poisha: int | None
    due_bills_poisha: int | None
    paid_bills_poisha: int | None
    method: str
    status_label: str
    created_at_us: int | None
    paid_at_us: int | None
    parcels: tuple[PayoutLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PoliceStation:
    """A thana and its district."""

    name: str
    district: str


@dataclass(frozen=True, slots=True)
class BuyerRecord:
    """What they know about a phone. A None ratio is no history, which is not the same as a clean one."""

    phone: str
    delivery_percent: int | None
    cancellation_percent: int | None
    return_percent: int | None
    volume_band: str
    reports: int


class Can(StrEnum):
    """What a courier may be able to do beside being booked and asked; ABILITIES names the calls of each."""

    BOOK_MANY = "book_many"
    FIND_BOOKING = "find_booking"
    ASK_BACK = "ask_back"
    BALANCE = "balance"
    PAYOUTS = "payouts"
    POLICE_STATIONS = "police_stations"
    BUYER_RECORD = "buyer_record"


class Courier(Protocol):
    """A courier that is booked through its API; what more it can do stands in its row.

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
        """Exactly what `send` will send; raises InvalidInput when `check` finds errors."""
        ...

    def send(self, payload: Mapping[str, object]) -> Booking:
        """Hand over the parcel that `payload` describes.

        Raises CourierRefused, CourierUnavailable (certainly nothing was booked) or CourierUncertain (it may have been).
        """
        ...

    def took_it_before(self, refusal: CourierRefused) -> bool:
        """Whether they refused because they know the invoice: an earlier try landed. False where they never say so."""
        ...

    def status(self, parcel: ParcelName) -> StatusReading:
        """Where the parcel is now."""
        ...

    def prove_keys(self) -> str:
        """Make a call that needs the keys; what it brought, as a sentence ("" when there is nothing to say)."""
        ...


@runtime_checkable
class BooksMany(Protocol):
    """Can.BOOK_MANY."""

    def book_many(self, parcels: Sequence[Parcel]) -> list[BulkResult]:
        """Hand many over in one call; results in the order of `parcels`. Raises as `send` when all share a fate."""
        ...


@runtime_checkable
class FindsBookings(Protocol):
    """Can.FIND_BOOKING."""

    def find_booking(self, invoice: str) -> Booking | None:
        """The booking under our name, or None when they show none *yet*, which does not prove that there is none."""
        ...


@runtime_checkable
class AsksBack(Protocol):
    """Can.ASK_BACK."""

    def ask_back(self, parcel: ParcelName, reason: str) -> ReturnRequest:
        """Ask for a parcel on its way. Raises InvalidInput, and CourierRefused once it is delivered or returning."""
        ...


@runtime_checkable
class HoldsCash(Protocol):
    """Can.BALANCE."""

    def balance_poisha(self) -> int:
        """What they hold for us."""
        ...


@runtime_checkable
class PaysOut(Protocol):
    """Can.PAYOUTS."""

    def payouts(self, page: int = 1) -> list[Payout]:
        """What they paid out, the newest first, without parcels."""
        ...

    def payout(self, payment_id: str) -> Payout:
        """One payout with its parcels; raises NotFound."""
        ...


@runtime_checkable
class KnowsStations(Protocol):
    """Can.POLICE_STATIONS."""

    def police_stations(self) -> list[PoliceStation]:
        """Every thana they deliver to."""
        ...


@runtime_checkable
class KnowsBuyers(Protocol):
    """Can.BUYER_RECORD."""

    def buyer_record(self, phone: str) -> BuyerRecord:
        """Their record of a phone (11 digits)."""
        ...


ABILITIES: Mapping[Can, type] = {
    Can.BOOK_MANY: BooksMany,
    Can.FIND_BOOKING: FindsBookings,
    Can.ASK_BACK: AsksBack,
    Can.BALANCE: HoldsCash,
    Can.PAYOUTS: PaysOut,
    Can.POLICE_STATIONS: KnowsStations,
    Can.BUYER_RECORD: KnowsBuyers,
}
