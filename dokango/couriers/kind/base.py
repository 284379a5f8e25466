"""What every courier is to the rest of the shop: protocols, and the frozen things that pass through them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from dokango.courier_errors import CourierError
from dokango.couriers.kind.areas import Area
from dokango.couriers.kind.status import MEANINGS, CarrierStatus, Effect, ReturnLeg, StatusReading


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is asked of a courier. `invoice` is our name for the parcel, unique for ever; COD 0 means prepaid.

    `weight_g` 0: not known, the courier's row says what then. `areas`: the place chosen of each of its levels.
    `value_poisha`: what is lost with the parcel, paid or not; 0: what the rider collects.
    """

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
    weight_g: int = 0
    value_poisha: int = 0
    areas: Mapping[str, Area] = field(default_factory=dict)


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
    charge_poisha: int | None = None
    return_leg: ReturnLeg = ReturnLeg.NONE

    @property
    def news(self) -> StatusReading | None:
        """What it says beyond "booked": a booking that is learned of late may have gone anywhere since."""
        meaning = MEANINGS[self.status]
        says_more = self.return_leg is not ReturnLeg.NONE or meaning.final or meaning.effect is not Effect.NONE
        return StatusReading(self.status, self.return_leg, self.raw_status) if says_more else None


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
class ParcelChanges:
    """What is corrected of a parcel on its way; None stays as it is."""

    recipient_name: str | None = None
    recipient_phone: str | None = None
    recipient_address: str | None = None
    note: str | None = None


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
    said: str = ""  # what it calls the line, where it does


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


@dataclass(frozen=True, slots=True)
class Charge:
    """What a courier says that a parcel would cost: carrying it, and its part of what it collects."""

    carrying_poisha: int
    cod_poisha: int

    @property
    def poisha(self) -> int:
        """Both."""
        return self.carrying_poisha + self.cod_poisha


@dataclass(frozen=True, slots=True)
class WayStep:
    """One thing that happened to a parcel, in their words; `at_us` None where they do not say when."""

    at_us: int | None
    words: str
    words_bn: str = ""


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

    def status(self, parcel: ParcelName) -> StatusReading:
        """Where the parcel is now."""
        ...

    def prove_keys(self) -> str:
        """Make a call that needs the keys; what it brought, as a sentence ("" when there is nothing to say)."""
        ...
