"""The practice courier as one thing: its parcels, its keys, and whom it tells."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dokango.clock import Clock
from dokango.couriers.line.reading import Json
from dokango.couriers.practice.server import PRACTICE_KEY, KnownParcel, PracticeParcel, PracticeServer
from dokango.couriers.practice.store import Row, Store
from dokango.couriers.practice.tellers import Teller
from dokango.couriers.steadfast.practice import account, parcels
from dokango.couriers.steadfast.practice.adoption import adopt_all
from dokango.couriers.steadfast.practice.lockout import KeyGate
from dokango.couriers.steadfast.practice.notices import notice, signed_headers
from dokango.couriers.steadfast.practice.plays import PLAYS

MOVES = (
    "in_review",
    "pending",
    "hold",
    "delivered_approval_pending",
    "partial_delivered_approval_pending",
    "cancelled_approval_pending",
    "unknown_approval_pending",
    "delivered",
    "partial_delivered",
    "cancelled",
    "exceptional",
    "cancelled_return_processing",
    "cancelled_return_rider_assigned",
    "cancelled_return_received",
)
_BOOKED_SINCE = "SELECT * FROM parcel WHERE created_at >= ?"


class PracticeCourier(PracticeServer):
    """Everything that the calls work on."""

    moves = MOVES
    plays = PLAYS

    def __init__(self, store: Store, gate: KeyGate, teller: Teller | None = None) -> None:
        super().__init__(teller)
        self.store, self.gate = store, gate

    def refuse(self, request: Request) -> Response | None:
        """The answer to who comes without the keys; None for who has them."""
        peer = request.client.host if request.client else ""
        headers = request.headers
        verdict = self.gate.judge(peer, headers.get("api-key", ""), headers.get("secret-key", ""))
        if verdict == 429:
            return JSONResponse({"message": "Too Many Attempts."}, 429, {"Retry-After": "3600"})
        return JSONResponse({"message": "Unauthenticated."}, 401) if verdict == 401 else None

    def move(self, consignment_id: str, status: str, collected: int | None = None) -> Row | None:
        """Move a parcel and tell the shop; None when there is no such parcel."""
        moved = parcels.move(self.store, consignment_id, status, collected)
        if moved is not None:
            self.teller.tell(notice(moved))
        return moved

    def listed(self, most: int) -> list[Json]:
        """The newest parcels."""
        return [parcels.shown(row) for row in parcels.newest(self.store, most)]

    def found(self, consignment_id: str) -> dict[str, object] | None:
        """One parcel with its trackings."""
        row = parcels.find(self.store, "cid", consignment_id)
        if row is None:
            return None
        events = parcels.trackings(self.store, row.whole("consignment_id"))
        return {"parcel": parcels.shown(row) | {"return_status": row["return_status"]}, "tracking": events}

    def pay_out(self) -> Json | None:
        """Pay what was collected so far."""
        made = account.pay_out(self.store)
        return None if made is None else account.payment(self.store, str(made["id"]))

    def forgive(self) -> None:
        """Forget refused keys."""
        self.gate.forgive()

    def signed(self, token: str, raw: bytes, key: str) -> dict[str, str]:
        """Bearer and signature."""
        return signed_headers(token, raw, key)

    def adopt(self, rows: Sequence[KnownParcel]) -> int:
        """Let it know the shop's parcels by their own ids and codes."""
        return adopt_all(self.store, rows)

    def booked_since(self, since_us: int) -> list[PracticeParcel]:
        """The parcels booked from then on."""
        found = self.store.rows(_BOOKED_SINCE, since_us)
        return [
            PracticeParcel(
                row.text("consignment_id"), row.text("recipient_phone"), row.whole("created_at"),
                row.whole("cod_amount"), row.text("note"),
            )
            for row in found
        ]  # fmt: skip

    def close(self) -> None:
        """Let the file go."""
        self.store.close()


def key_gate(api_key: str, secret_key: str, clock: Clock) -> KeyGate:
    """Lets in who brings these keys; practice/practice unless given."""
    return KeyGate(api_key or PRACTICE_KEY, secret_key or PRACTICE_KEY, clock)
