"""RedX (openapi.redx.com.bd): booking, status, cancelling and places.

No call finds a parcel by our own name: a booking whose answer was lost is settled by the webhook, which names it, or by
a person who looks in the merchant panel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NotRequired, TypedDict
from urllib.parse import quote

from dokango.courier_errors import CourierUnavailable, CourierUncertain
from dokango.couriers.kind import parcel_limits
from dokango.couriers.kind.areas import Area, AreaLevel, by_words
from dokango.couriers.kind.base import Booking, Charge, Checked, Parcel, ParcelChanges, ParcelName, WayStep
from dokango.couriers.kind.status import StatusReading
from dokango.couriers.line import Line, reading
from dokango.couriers.redx import places
from dokango.couriers.redx.calls import Calls
from dokango.couriers.redx.keys import KEY, NAME, Box, RedxKeys, Types
from dokango.couriers.redx.words import read_word
from dokango.errors import InvalidInput, NotFound
from dokango.money import POISHA_PER_TAKA
from dokango.text import how_many

LONGEST_REASON = 200
_TEXT_IN_THE_TABLE = ("parcel_weight", "value", "pickup_store_id")
# No length is stated; what is longer than this nobody reads on a label.
LIMITS = parcel_limits.Limits(
    invoice=100,
    name=100,
    address=500,
    address_warn=250,
    note=500,
    description=255,
    cod_poisha=1_000_000 * POISHA_PER_TAKA,
)


class Order(TypedDict):
    """The body of POST /parcel: taka as text where the guide has text, grams and ids as numbers."""

    customer_name: str
    customer_phone: str
    customer_address: str
    delivery_area: str
    delivery_area_id: int
    cash_collection_amount: str
    parcel_weight: int
    value: int
    merchant_invoice_id: str
    instruction: NotRequired[str]
    pickup_store_id: NotRequired[int]
    is_closed_box: NotRequired[str]


class RedX:
    """The courier, as `dokango.couriers.kind.base.Courier` wants it, with all that its row says it can do."""

    key = KEY
    name = NAME

    def __init__(self, keys: RedxKeys, line: Line) -> None:
        self._keys, self._calls = keys, Calls(keys, line)
        self.areas_from = keys.account
        self.area_levels = (
            AreaLevel("district", "District", places.by_district_or_only),
            AreaLevel("area", "Area", by_words, under="district"),
        )

    def check(self, parcel: Parcel) -> Checked:
        """Look a parcel over by what is known of POST /parcel, without calling."""
        checked = parcel_limits.check(parcel, LIMITS)
        errors = dict(checked.errors)
        for level in self.area_levels:
            if level.name not in parcel.areas:
                errors.setdefault(level.name, f"Choose the {level.name}, out of {NAME}'s list.")
        return Checked(errors, checked.warnings)

    def payload(self, parcel: Parcel) -> dict[str, object]:
        """The body of POST /parcel, exactly as sent; raises InvalidInput when `check` finds errors."""
        found = self.check(parcel)
        if found.errors:
            raise InvalidInput(found.errors)
        area = parcel.areas["area"]
        order = Order(
            customer_name=parcel_limits.clean(parcel.recipient_name),
            customer_phone=parcel.recipient_phone,
            customer_address=parcel_limits.clean(parcel.recipient_address),
            delivery_area=area.name,
            delivery_area_id=int(area.id),
            cash_collection_amount=str(parcel_limits.whole_taka(parcel.cod_poisha)),
            parcel_weight=parcel.weight_g or self._keys.weight_g,
            value=parcel_limits.whole_taka(parcel.value_poisha or parcel.cod_poisha),
            merchant_invoice_id=parcel.invoice,
        )
        if note := parcel_limits.clean(parcel.note):
            order["instruction"] = note
        if self._keys.pickup_store_id:
            order["pickup_store_id"] = int(self._keys.pickup_store_id)
        if self._keys.box is not Box.UNSAID:
            order["is_closed_box"] = "true" if self._keys.box is Box.CLOSED else "false"
        return {**order} if self._keys.types is Types.SAMPLE else _as_its_table({**order})

    def send(self, payload: Mapping[str, object]) -> Booking:
        """POST /parcel. After CourierUncertain nothing finds out by asking, and nothing may be sent again by itself."""
        answer = self._calls.post("/parcel", dict(payload))
        consignment_id = reading.text(reading.mapping(answer.body).get("tracking_id"))
        if not consignment_id:
            raise CourierUncertain(KEY, f"{NAME} said yes without naming the parcel.", answer.raw)
        status = read_word("pickup-pending")
        return Booking(consignment_id, raw_status=status.raw, status=status.status, raw=answer.raw)

    def status(self, parcel: ParcelName) -> StatusReading:
        """GET /parcel/info/{tracking_id}. Raises NotFound, also while the id is not known."""
        if not parcel.consignment_id:
            raise NotFound(f"parcel at {NAME} called", parcel.invoice)
        found = self._calls.get(f"/parcel/info/{quote(parcel.consignment_id, safe='')}")
        told = reading.mapping(found.get("parcel"))
        if not told.get("status"):
            raise NotFound(f"parcel at {NAME} called", parcel.consignment_id)
        return replace(read_word(told["status"]), charge_poisha=reading.poisha(told.get("charge")))

    def cancel(self, parcel: ParcelName, reason: str) -> str:
        """PATCH /parcels: accepted is not done, and after pick-up it may be refused or passed over in silence."""
        if not parcel.consignment_id:
            raise InvalidInput({"reason": f"{NAME} has not named this parcel yet; it can be cancelled when it has."})
        words = parcel_limits.clean(reason)[:LONGEST_REASON]
        said = self._patched(parcel, {"property_name": "status", "new_value": "cancelled", "reason": words})
        return said or "Asked to cancel."

    def change(self, parcel: ParcelName, changes: ParcelChanges) -> str:
        """PATCH /parcels with another address; it takes nothing else, and may refuse that on the way."""
        if not parcel.consignment_id:
            raise InvalidInput({"recipient_address": f"{NAME} has not named this parcel yet; tell it when it has."})
        others = (changes.recipient_name, changes.recipient_phone, changes.note)
        if changes.recipient_address is None or any(other is not None for other in others):
            raise InvalidInput({"recipient_address": f"{NAME} takes another address by its API, and nothing else."})
        address = parcel_limits.clean(changes.recipient_address)
        if not 0 < len(address) <= LIMITS.address:
            raise InvalidInput({"recipient_address": f"The address has 1 to {LIMITS.address} characters."})
        return self._patched(parcel, {"property_name": "delivery_address", "new_value": address})

    def _patched(self, parcel: ParcelName, details: Mapping[str, str]) -> str:
        body = {
            "entity_type": "parcel-tracking-id",
            "entity_id": parcel.consignment_id,
            "update_details": dict(details),
        }
        return reading.text(self._calls.patch("/parcels", body).get("message"))

    def price(self, parcel: Parcel) -> Charge:
        """GET /charge/charge_calculator, from the store that picks it up."""
        self.payload(parcel)  # what cannot go has no price
        wanted = self._keys.pickup_store_id
        stores = [row for row in self._stores() if not wanted or reading.text(row.get("id")) == wanted]
        pickup = reading.text(stores[0].get("area_id")) if stores else ""
        asked = {
            "delivery_area_id": parcel.areas["area"].id,
            "pickup_area_id": pickup,
            "cash_collection_amount": str(parcel_limits.whole_taka(parcel.cod_poisha)),
            "weight": str(parcel.weight_g or self._keys.weight_g),
        }
        found = self._calls.get("/charge/charge_calculator", asked) if pickup else {}
        carrying, cod = (reading.poisha(found.get(name)) for name in ("deliveryCharge", "codCharge"))
        if carrying is None:
            raise CourierUnavailable(KEY, f"{NAME} does not say what this parcel would cost.")
        return Charge(carrying, cod or 0)

    def way(self, parcel: ParcelName) -> list[WayStep]:
        """GET /parcel/track/{tracking_id}: sentences in both languages, no status. Raises NotFound."""
        if not parcel.consignment_id:
            raise NotFound(f"parcel at {NAME} called", parcel.invoice)
        found = self._calls.get(f"/parcel/track/{quote(parcel.consignment_id, safe='')}")
        steps = [
            WayStep(
                reading.time_us(row.get("time")),
                reading.text(row.get("message_en")),
                reading.text(row.get("message_bn")),
            )
            for row in reading.rows(found.get("tracking"))
        ]
        return sorted((one for one in steps if one.words or one.words_bn), key=lambda one: one.at_us or 0)

    def prove_keys(self) -> str:
        """The stores, in a sentence: the best proof of the token."""
        stores = {reading.text(row.get("id")): reading.text(row.get("name")) for row in self._stores()}
        if not stores:
            return "No pick-up store yet: parcels can be booked once the merchant panel has one."
        wanted = self._keys.pickup_store_id
        if wanted and wanted not in stores:
            return f"It knows no store {wanted}. Its stores: {', '.join(f'{s} {n}' for s, n in stores.items())}."
        return f"It picks up from {how_many(len(stores), 'store')}: {', '.join([*stores.values()][:5])}."

    def _stores(self) -> list[dict[str, object]]:
        return reading.rows(self._calls.get("/pickup/stores").get("pickup_stores"))

    def areas(self, level: str, parent: str) -> list[Area]:
        """One of its two lists, both out of the one that RedX has."""
        rows = reading.rows(self._calls.get("/areas").get("areas"))
        return places.districts(rows) if level == "district" else places.areas(rows, parent)


def _as_its_table(order: Mapping[str, object]) -> dict[str, object]:
    """The same as the guide's table of fields has it: amounts, weight and the store as text, the box as a boolean."""
    texts = {name: str(order[name]) for name in _TEXT_IN_THE_TABLE if name in order}
    box = {"is_closed_box": order["is_closed_box"] == "true"} if "is_closed_box" in order else {}
    return {**order, **texts, **box}
