"""The practice Pathao as one thing: its parcels, its keys, what it leaves open, and whom it tells."""

from __future__ import annotations

import json
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dokango.couriers.line.reading import Json
from dokango.couriers.pathao.keys import PathaoKeys
from dokango.couriers.pathao.practice import parcels, tokens
from dokango.couriers.pathao.practice.notices import local, notice
from dokango.couriers.pathao.practice.plays import PLAYS
from dokango.couriers.practice.server import KnownParcel, PracticeParcel, PracticeServer
from dokango.couriers.practice.store import Row, Store

MOVES = tuple(event for event in parcels.STATUSES if event not in ("created", "updated", "paid"))
READINGS = {
    "repeats": ("two", "refused"),
    "places": ("optional", "needed"),
    "errors": ("errors", "validation"),
    "refusal": ("422", "200"),
    "slug": ("lower", "as the guide has it"),
    "missing": ("404", "200"),
    "wrong_keys": ("401", "400"),
    "wrong_refresh": ("400", "401"),
    "lists": ("signed in", "open"),
    "merchant_order_id": ("sent", "left out"),
    "webhook": ("events", "statuses"),
    "created": ("told", "not told"),
}


class PracticePathao(PracticeServer):
    """Everything that the calls work on."""

    moves = MOVES
    plays = PLAYS
    readings = READINGS

    def __init__(self, store: Store, keys: PathaoKeys) -> None:
        super().__init__()
        self.store, self.keys = store, keys

    def refuse(self, request: Request) -> Response | None:
        """The answer to who comes without a good token; None for who has one."""
        if tokens.lets_in(self.store, request.headers.get("authorization", "")):
            return None
        return JSONResponse({"message": "Unauthenticated.", "type": "error", "code": 401}, 401)

    def refuse_lists(self, request: Request) -> Response | None:
        """The same for the lists of places, which some clients ask for before they sign in."""
        return None if self.way("lists") == "open" else self.refuse(request)

    def refusals(self) -> tokens.Refusals:
        """What wrong keys, and a refresh token that is worth nothing, are answered with."""
        return tokens.Refusals(int(self.way("wrong_keys")), int(self.way("wrong_refresh")))

    def tell(self, parcel: Row) -> None:
        """Tell the shop how a parcel stands."""
        named, old = self.way("merchant_order_id") == "sent", self.way("webhook") == "statuses"
        self.teller.tell(notice(parcel, named=named, old=old))

    def move(self, consignment_id: str, status: str, collected: int | None = None) -> Row | None:
        """Let an event befall a parcel and tell the shop; None when there is no such parcel."""
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
        return {"parcel": shown(row), "events": [{**event, "at": local(event.whole("at"))} for event in events]}

    def pay_out(self) -> Json | None:
        """Pay what was collected so far, and tell of each parcel."""
        paid = parcels.pay_out(self.store)
        if paid is None:
            return None
        made, of_it = paid
        for parcel in of_it:
            self.tell(parcel)
        return {"invoice_id": made["invoice_id"], "amount": made["amount"], "parcels": [shown(row) for row in of_it]}

    def signed(self, token: str, raw: bytes, key: str) -> dict[str, str]:
        """The secret as it is."""
        return {"Content-Type": "application/json", "X-PATHAO-Signature": token}

    def adopt(self, rows: Sequence[KnownParcel]) -> int:
        """Let it know the shop's parcels by their own ids."""
        with self.store.writing():
            return sum(parcels.adopt(self.store, row) for row in rows)

    def booked_since(self, since_us: int) -> list[PracticeParcel]:
        """The parcels booked from then on."""
        found = self.store.rows("SELECT * FROM parcel WHERE created_at >= ?", since_us)
        return [
            PracticeParcel(
                row.text("consignment_id"), row.text("recipient_phone"), row.whole("created_at"), row.whole("amount"),
                str(json.loads(row.text("details")).get("special_instruction", "")),
            )
            for row in found
        ]  # fmt: skip

    def close(self) -> None:
        """Let the file go."""
        self.store.close()


def shown(parcel: Row) -> dict[str, object]:
    """A parcel for the handle."""
    names = (
        "consignment_id", "merchant_order_id", "store_id", "recipient_name", "recipient_phone", "recipient_address",
        "amount", "collected", "fee", "status", "event", "return_type", "invoice_id",
    )  # fmt: skip
    return {name: parcel[name] for name in names}
