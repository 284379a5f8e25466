"""The practice RedX as one thing: its parcels, its token, what it leaves open, and whom it tells."""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dokango.couriers.line.reading import Json
from dokango.couriers.practice.server import KnownParcel, PracticeParcel, PracticeServer
from dokango.couriers.practice.store import Row, Store
from dokango.couriers.redx.calls import HEADER
from dokango.couriers.redx.keys import RedxKeys
from dokango.couriers.redx.practice import notices, parcels
from dokango.couriers.redx.practice.plays import PLAYS

MOVES = tuple(status for status in parcels.STATUSES if status != "pickup-pending")
READINGS = {
    "created": ("200", "201"),
    "area_name": ("any", "must match"),
    "amounts": ("numbers", "text"),
    "cancelled": ("at once", "later"),
    "cancel_late": ("refused", "ignored"),
    "refusal": ("400", "422", "200"),
    "errors": ("message", "error", "errors", "validationErrors"),
    "missing": ("404", "200"),
    "wrong_token": ("401", "403"),
    "districts": ("named", "left out"),
    "invoice_number": ("sent", "left out"),
    "timestamp": ("utc", "dhaka", "ms"),
}


class PracticeRedx(PracticeServer):
    """Everything that the calls work on."""

    moves = MOVES
    plays = PLAYS
    readings = READINGS

    def __init__(self, store: Store, keys: RedxKeys) -> None:
        super().__init__()
        self.store, self.keys = store, keys

    def refuse(self, request: Request) -> Response | None:
        """The answer to who comes without the token in RedX's own header; None for who has it."""
        scheme, _, given = request.headers.get(HEADER, "").partition(" ")
        is_right = hmac.compare_digest(given.strip().encode(errors="replace"), self.keys.token.encode())
        if scheme.lower() == "bearer" and is_right:
            return None
        return JSONResponse({"message": "Unauthorized"}, int(self.way("wrong_token")))

    def tell(self, parcel: Row) -> None:
        """Tell the shop how a parcel stands, where RedX tells of it, and of a word that nobody knows."""
        if parcel["status"] in parcels.STATUSES and parcel["status"] not in notices.TOLD:
            return
        named = self.way("invoice_number") == "sent"
        self.teller.tell(notices.notice(parcel, named=named, timestamp=self.way("timestamp")))

    def move(self, consignment_id: str, status: str, collected: int | None = None) -> Row | None:
        """Give a parcel a status and tell the shop; None when there is no such parcel."""
        moved = parcels.move(self.store, consignment_id, status, collected)
        if moved is not None:
            self.tell(moved)
        return moved

    def listed(self, most: int) -> list[Json]:
        """The newest parcels."""
        return [shown(row) for row in parcels.newest(self.store, most)]

    def found(self, consignment_id: str) -> dict[str, object] | None:
        """One parcel with what befell it."""
        row = parcels.find(self.store, consignment_id)
        if row is None:
            return None
        events = parcels.history(self.store, consignment_id)
        return {"parcel": shown(row), "events": [{**event, "at": notices.utc(event.whole("at"))} for event in events]}

    def pay_out(self) -> Json | None:
        """Pay what was collected so far; nobody is told, as RedX tells nobody."""
        return parcels.pay_out(self.store)

    def signed(self, token: str, raw: bytes, key: str) -> dict[str, str]:
        """Nothing: the address alone proves it."""
        return {"Content-Type": "application/json"}

    def adopt(self, rows: Sequence[KnownParcel]) -> int:
        """Let it know the shop's parcels by their own ids."""
        with self.store.writing():
            return sum(parcels.adopt(self.store, row) for row in rows)

    def booked_since(self, since_us: int) -> list[PracticeParcel]:
        """The parcels booked from then on."""
        found = self.store.rows("SELECT * FROM parcel WHERE created_at >= ?", since_us)
        return [
            PracticeParcel(
                row.text("tracking_id"), row.text("customer_phone"), row.whole("created_at"),
                row.whole("cash_collection_amount"), row.text("instruction"),
            )
            for row in found
        ]  # fmt: skip

    def close(self) -> None:
        """Let the file go."""
        self.store.close()


def shown(parcel: Row) -> dict[str, object]:
    """A parcel for the handle."""
    hidden = ("id", "cancels_at", "created_at", "updated_at")
    return {"consignment_id": parcel["tracking_id"], **{n: v for n, v in parcel.items() if n not in hidden}}
