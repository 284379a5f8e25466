"""A courier that nobody has: one file that ends in its row, as README.md says, with a practice server of its own.

It differs from Steadfast wherever couriers differ: it signs in for a token, has another form, names parcels "PP1", has
words of its own, and neither a balance, nor bulk, nor a way to ask a parcel back or to look a lost one up.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from dokango.clock import Clock
from dokango.courier_errors import CourierUnavailable, CourierUncertain
from dokango.couriers.kind import ADDRESS, CourierKind, FieldKind, KeyField, Keys, Practice, parcel_limits
from dokango.couriers.kind.base import Booking, Checked, Parcel, ParcelName
from dokango.couriers.kind.status import CarrierStatus, ReturnLeg, StatusReading
from dokango.couriers.kind.webhook import Headers, News, Webhook
from dokango.couriers.line import Line, reading
from dokango.couriers.line.http import Wire
from dokango.couriers.practice.server import PRACTICE_KEY, PracticeServer
from dokango.errors import InvalidInput
from dokango.money import POISHA_PER_TAKA

KEY, NAME = "paperplane", "Paperplane"
URL = "http://paperplane.test"
LIMITS = parcel_limits.Limits(
    invoice=40, name=60, address=120, address_warn=100, note=50, description=50, cod_poisha=50_000 * POISHA_PER_TAKA
)
WORDS = {
    "folded": CarrierStatus.IN_REVIEW,
    "in the air": CarrierStatus.PENDING,
    "stuck in a tree": CarrierStatus.HOLD,
    "landed": CarrierStatus.DELIVERED,
}


class Paperplane:
    """As `dokango.couriers.kind.base.Courier` wants it."""

    key, name = KEY, NAME

    def __init__(self, line: Line, keys: Keys) -> None:
        self._line, self._keys, self._url = line, keys, keys.get(ADDRESS) or URL

    def check(self, parcel: Parcel) -> Checked:
        return parcel_limits.check(parcel, LIMITS)

    def payload(self, parcel: Parcel) -> dict[str, object]:
        if errors := self.check(parcel).errors:
            raise InvalidInput(errors)
        return {
            "ours": parcel.invoice,
            "to": parcel.recipient_name,
            "call": parcel.recipient_phone,
            "where": parcel_limits.clean(parcel.recipient_address),
            "coins": parcel_limits.whole_taka(parcel.cod_poisha),
        }

    def send(self, payload: Mapping[str, object]) -> Booking:
        answer = self._signed_in().post("/planes", dict(payload))
        plane = reading.text(reading.mapping(answer.body).get("plane"))
        if not plane:
            raise CourierUncertain(KEY, f"{NAME} said yes without naming the plane.", answer.raw)
        return Booking(plane, plane, "", "folded", WORDS["folded"], answer.raw)

    def status(self, parcel: ParcelName) -> StatusReading:
        body = self._signed_in().get(f"/planes/{quote(parcel.consignment_id, safe='')}").body
        word = reading.text(reading.mapping(body).get("says"))
        return StatusReading(WORDS.get(word, CarrierStatus.UNKNOWN), ReturnLeg.NONE, word)

    def prove_keys(self) -> str:
        self._signed_in()
        return "It lets you fold planes."

    def _signed_in(self) -> Wire:
        who = {"club": self._keys["club"], "password": self._keys["password"]}
        answer = self._line.wire(KEY, NAME, self._url, {}).ask("/sign-in", who)
        token = reading.text(reading.mapping(answer.body).get("token"))
        if not token:
            raise CourierUnavailable(KEY, f"{NAME} gave no token. Nothing was sent.")
        return self._line.wire(KEY, NAME, self._url, {"Token": token})


class Airfield(PracticeServer):
    """Paperplane, played: its own parcels, in memory."""

    moves = tuple(WORDS)

    def __init__(self, password: str = PRACTICE_KEY, *, falls_silent: bool = False) -> None:
        super().__init__()
        self.planes: dict[str, dict[str, Any]] = {}
        self.password, self.falls_silent = password, falls_silent

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/sign-in", self._sign_in, methods=["POST"]),
                Route("/planes", self._fold, methods=["POST"]),
                Route("/planes/{plane}", self._where, methods=["GET"]),
            ]
        )

    def move(self, consignment_id: str, status: str, collected: int | None = None) -> object | None:
        plane = self.planes.get(consignment_id)
        if plane is not None:
            plane["says"] = status
        return plane

    async def _sign_in(self, request: Request) -> JSONResponse:
        right = (await request.json())["password"] == self.password
        return JSONResponse({"token": "paper"}) if right else JSONResponse({"message": "Who?"}, 401)

    async def _fold(self, request: Request) -> JSONResponse:
        if request.headers.get("token") != "paper":
            return JSONResponse({"message": "Sign in first."}, 401)
        plane = f"PP{len(self.planes) + 1}"
        self.planes[plane] = {**(await request.json()), "plane": plane, "says": "folded"}
        return JSONResponse({"message": "Wind."}, 502) if self.falls_silent else JSONResponse({"plane": plane}, 201)

    async def _where(self, request: Request) -> JSONResponse:
        found = self.planes.get(request.path_params["plane"])
        return JSONResponse(found) if found else JSONResponse({"message": "No such plane."}, 404)


def _open(file: Path | None, clock: Clock, keys: Keys) -> PracticeServer:
    return Airfield()


def _is_theirs(headers: Headers, raw: bytes, secret: str) -> bool:
    return hmac.compare_digest(headers.get("x-paperplane", "").encode(), secret.encode())


def _read(body: Mapping[str, Any]) -> News:
    return News("moved", consignment_id=reading.text(body.get("plane")), status=reading.text(body.get("says")))


PAPERPLANE = CourierKind(
    KEY,
    NAME,
    connect=Paperplane,
    fields=(
        KeyField(
            "club", "Club number", hint="On the wing.", kind=FieldKind.TEXT, missing="Type the number of your club."
        ),
        KeyField("password", "Password of the club"),
    ),
    keys_hint="Ask the pilot.",
    webhook=Webhook(_read, _is_theirs),
    practice=Practice(URL, "airfield.sqlite3", _open),
    sent_labels={"to": "Pilot flies to", "coins": "Coins (৳)"},
)
