"""What a courier may be able to do beside being booked and asked: one protocol an ability, drawn from by its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Protocol, runtime_checkable

from dokango.courier_errors import CourierRefused
from dokango.couriers.kind.areas import Area, AreaLevel
from dokango.couriers.kind.base import (
    Booking,
    BulkResult,
    BuyerRecord,
    Charge,
    Parcel,
    ParcelChanges,
    ParcelName,
    Payout,
    PoliceStation,
    ReturnRequest,
    WayStep,
)


class Can(StrEnum):
    """What a courier may be able to do beside being booked and asked; ABILITIES names the calls of each."""

    BOOK_MANY = "book_many"
    FIND_BOOKING = "find_booking"
    REFUSE_REPEATS = "refuse_repeats"
    ASK_BACK = "ask_back"
    FOLLOW_ASKS = "follow_asks"
    CANCEL = "cancel"
    CHANGE = "change"
    CHANGE_COD = "change_cod"
    AREAS = "areas"
    BALANCE = "balance"
    PAYOUTS = "payouts"
    POLICE_STATIONS = "police_stations"
    BUYER_RECORD = "buyer_record"
    PRICE = "price"
    TELL_WAY = "tell_way"


@runtime_checkable
class BooksMany(Protocol):
    """Can.BOOK_MANY."""

    @property
    def most_in_a_call(self) -> int:
        """How many parcels one call may hold."""
        ...

    def send_many(self, payloads: Sequence[Mapping[str, object]]) -> list[BulkResult]:
        """Hand many over in one call; results in the order of `payloads`. Raises as `send` when all share a fate."""
        ...


@runtime_checkable
class FindsBookings(Protocol):
    """Can.FIND_BOOKING."""

    def find_booking(self, invoice: str) -> Booking | None:
        """The booking under our name, or None when they show none *yet*, which does not prove that there is none."""
        ...


@runtime_checkable
class RefusesRepeats(Protocol):
    """Can.REFUSE_REPEATS: the same invoice twice is refused, so a booking of unknown outcome may be sent again."""

    def took_it_before(self, refusal: CourierRefused) -> bool:
        """Whether they refused because they know the invoice: an earlier try landed."""
        ...


@runtime_checkable
class AsksBack(Protocol):
    """Can.ASK_BACK."""

    def ask_back(self, parcel: ParcelName, reason: str) -> ReturnRequest:
        """Ask for a parcel on its way. Raises InvalidInput, and CourierRefused once it is delivered or returning."""
        ...


@runtime_checkable
class FollowsAsks(Protocol):
    """Can.FOLLOW_ASKS: what became of the parcels that were asked back."""

    def return_requests(self, page: int = 1) -> list[ReturnRequest]:
        """One page of them, the newest first; empty past the last."""
        ...

    def return_request(self, request_id: str) -> ReturnRequest:
        """One of them; raises NotFound."""
        ...


@runtime_checkable
class Cancels(Protocol):
    """Can.CANCEL."""

    def cancel(self, parcel: ParcelName, reason: str) -> str:
        """Ask to cancel a parcel that is not picked up; their words. Accepted is not done: `status` tells when it is.

        Raises InvalidInput, and CourierRefused once it is picked up.
        """
        ...


@runtime_checkable
class Changes(Protocol):
    """Can.CHANGE: of which fields stands in the courier's row (`changes`)."""

    def change(self, parcel: ParcelName, changes: ParcelChanges) -> str:
        """Correct a parcel on its way; their words. Raises InvalidInput and CourierRefused."""
        ...


@runtime_checkable
class ChangesCod(Protocol):
    """Can.CHANGE_COD."""

    def change_cod(self, parcel: ParcelName, cod_poisha: int) -> str:
        """Have the rider collect another amount; their words. Raises InvalidInput and CourierRefused."""
        ...


@runtime_checkable
class KnowsAreas(Protocol):
    """Can.AREAS: a booking names places out of its lists. What they are chosen by stands in `area_levels`."""

    @property
    def area_levels(self) -> Sequence[AreaLevel]:
        """The lists, each after the one it hangs under."""
        ...

    @property
    def areas_from(self) -> str:
        """Whose lists: those of a test server have other ids. Lists are kept by it."""
        ...

    def areas(self, level: str, parent: str) -> list[Area]:
        """One list, asked anew: of `level`, under the id `parent` ("" for a level that hangs under none)."""
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


@runtime_checkable
class PricesParcels(Protocol):
    """Can.PRICE."""

    def price(self, parcel: Parcel) -> Charge:
        """What this parcel would cost, before it is booked. Raises InvalidInput for a parcel that cannot go."""
        ...


@runtime_checkable
class TellsWay(Protocol):
    """Can.TELL_WAY."""

    def way(self, parcel: ParcelName) -> list[WayStep]:
        """What happened to a parcel, in their words, the oldest first. Raises NotFound."""
        ...


ABILITIES: Mapping[Can, type] = {
    Can.BOOK_MANY: BooksMany,
    Can.FIND_BOOKING: FindsBookings,
    Can.REFUSE_REPEATS: RefusesRepeats,
    Can.ASK_BACK: AsksBack,
    Can.FOLLOW_ASKS: FollowsAsks,
    Can.CANCEL: Cancels,
    Can.CHANGE: Changes,
    Can.CHANGE_COD: ChangesCod,
    Can.AREAS: KnowsAreas,
    Can.BALANCE: HoldsCash,
    Can.PAYOUTS: PaysOut,
    Can.POLICE_STATIONS: KnowsStations,
    Can.BUYER_RECORD: KnowsBuyers,
    Can.PRICE: PricesParcels,
    Can.TELL_WAY: TellsWay,
}
