"""Pathao (api-hermes.pathao.com): booking, status, stores and places.

There is no call to cancel or to change a parcel, and none that finds one by our own name: a booking whose answer was
lost is settled by the webhook, which names it, or by a person who looks in the merchant panel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict
from urllib.parse import quote

from dokango.courier_errors import CourierUnavailable, CourierUncertain
from dokango.couriers.kind import parcel_limits
from dokango.couriers.kind.areas import Address, Area, AreaLevel, by_default, by_district, by_words
from dokango.couriers.kind.base import Booking, Charge, Checked, Parcel, ParcelName
from dokango.couriers.kind.status import StatusReading
from dokango.couriers.line import Line, reading
from dokango.couriers.pathao.keys import KEY, NAME, PathaoKeys, Places
from dokango.couriers.pathao.signed_in import SignedIn
from dokango.couriers.pathao.words import read_word
from dokango.errors import InvalidInput, NotFound
from dokango.money import POISHA_PER_TAKA
from dokango.text import how_many

SHORTEST_NAME, SHORTEST_ADDRESS = 3, 10
LEAST_WEIGHT_G, MOST_WEIGHT_G, STEP_G = 500, 10_000, 100
NORMAL, PARCEL = 48, 2
MOST_STORE_PAGES = 20
_HALF = 50  # of a hundred parts
_LISTS = {"city": "/city-list", "zone": "/cities/{}/zone-list", "area": "/zones/{}/area-list"}
LIMITS = parcel_limits.Limits(
    invoice=100,
    name=100,
    address=220,
    address_warn=220,
    note=255,
    description=255,
    cod_poisha=1_000_000 * POISHA_PER_TAKA,
)


class Order(TypedDict):
    """The body of POST /orders. The places are never null: what is not known is left out."""

    store_id: int
    merchant_order_id: str
    recipient_name: str
    recipient_phone: str
    recipient_secondary_phone: NotRequired[str]
    recipient_address: str
    recipient_city: NotRequired[int]
    recipient_zone: NotRequired[int]
    recipient_area: NotRequired[int]
    delivery_type: int
    item_type: int
    item_quantity: int
    item_weight: float
    item_description: NotRequired[str]
    special_instruction: NotRequired[str]
    amount_to_collect: int


class Pathao:
    """The courier, as `dokango.couriers.kind.base.Courier` wants it, with all that its row says it can do."""

    key = KEY
    name = NAME

    def __init__(self, keys: PathaoKeys, line: Line) -> None:
        self._keys, self._calls = keys, SignedIn(keys, line)
        self.areas_from = keys.account
        self.area_levels = (
            AreaLevel("store", "Picked up from", self._store),
            AreaLevel("city", "City", by_district),
            AreaLevel("zone", "Zone", by_words, under="city"),
            AreaLevel("area", "Area", by_words, under="zone", optional=True),
        )

    def check(self, parcel: Parcel) -> Checked:
        """Look a parcel over by the rules of POST /orders, without calling."""
        checked = parcel_limits.check(parcel, LIMITS)
        errors = {**_too_short(parcel), **self._unplaced(parcel), **checked.errors}
        if parcel.weight_g > MOST_WEIGHT_G:
            errors["weight_g"] = f"{NAME} carries up to {MOST_WEIGHT_G // 1_000} kg; this parcel weighs more."
        return Checked(errors, {k: v for k, v in checked.warnings.items() if k not in errors})

    def payload(self, parcel: Parcel) -> dict[str, object]:
        """The body of POST /orders, exactly as sent; raises InvalidInput when `check` finds errors."""
        found = self.check(parcel)
        if found.errors:
            raise InvalidInput(found.errors)
        order = Order(
            store_id=int(parcel.areas["store"].id),
            merchant_order_id=parcel.invoice,
            recipient_name=parcel_limits.clean(parcel.recipient_name),
            recipient_phone=parcel.recipient_phone,
            recipient_address=parcel_limits.clean(parcel.recipient_address),
            delivery_type=NORMAL,
            item_type=PARCEL,
            item_quantity=parcel.total_lot,
            item_weight=_weight_kg(parcel.weight_g or self._keys.weight_g),
            amount_to_collect=parcel_limits.whole_taka(parcel.cod_poisha),
        )
        places = {f"recipient_{name}": int(a.id) for name, a in parcel.areas.items() if name != "store"}
        texts = {
            "recipient_secondary_phone": parcel.alternative_phone,
            "item_description": parcel_limits.clean(parcel.item_description),
            "special_instruction": parcel_limits.clean(parcel.note),
        }
        return {**order, **places, **{name: words for name, words in texts.items() if words}}

    def send(self, payload: Mapping[str, object]) -> Booking:
        """POST /orders. After CourierUncertain nothing finds out by asking, and nothing may be sent again by itself."""
        answer = self._calls.post("/orders", dict(payload))
        made = reading.mapping(reading.mapping(answer.body).get("data"))
        consignment_id = reading.text(made.get("consignment_id"))
        if not consignment_id:
            raise CourierUncertain(KEY, f"{NAME} said yes without naming the parcel.", answer.raw)
        status = read_word(made.get("order_status") or "Pending")
        return Booking(
            consignment_id, raw_status=status.raw, status=status.status, raw=answer.raw,
            charge_poisha=reading.poisha(made.get("delivery_fee")),
        )  # fmt: skip

    def status(self, parcel: ParcelName) -> StatusReading:
        """GET /orders/{id}/info. Raises NotFound, also while the id is not known."""
        if not parcel.consignment_id:
            raise NotFound(f"parcel at {NAME} called", parcel.invoice)
        found = self._calls.get(f"/orders/{quote(parcel.consignment_id, safe='')}/info")
        word = found.get("order_status_slug") or found.get("order_status")
        if not word:
            raise NotFound(f"parcel at {NAME} called", parcel.consignment_id)
        return read_word(word)

    def price(self, parcel: Parcel) -> Charge:
        """POST /merchant/price-plan. Its final price holds nothing of the COD: that is a part of what is collected."""
        order = self.payload(parcel)
        names = ("store_id", "item_type", "delivery_type", "item_weight", "recipient_city", "recipient_zone")
        asked = {name: order[name] for name in names if name in order}
        if len(asked) < len(names):
            raise InvalidInput({"zone": f"{NAME} says a price for a city and a zone."})
        plan = self._calls.ask("/merchant/price-plan", asked)
        carrying = reading.poisha(plan.get("final_price", plan.get("price")))
        if carrying is None:
            raise CourierUnavailable(KEY, f"{NAME} does not say what this parcel would cost.")
        return Charge(carrying, _part_of(parcel_limits.collectable(parcel.cod_poisha), plan.get("cod_percentage")))

    def prove_keys(self) -> str:
        """The stores, in a sentence: the best proof of the keys."""
        stores = self.areas("store", "")
        if not stores:
            return "No store is approved yet: parcels can be booked once there is one."
        return f"It picks up from {how_many(len(stores), 'store')}: {', '.join(area.name for area in stores[:5])}."

    def areas(self, level: str, parent: str) -> list[Area]:
        """One of its lists, fetched."""
        if level == "store":
            return self._stores()
        rows = reading.rows(self._calls.get(_LISTS[level].format(parent)).get("data"))
        if level == "area":
            rows = [row for row in rows if row.get("home_delivery_available") not in (False, "0", "false")]
        found = [Area(reading.text(row.get(f"{level}_id")), reading.text(row.get(f"{level}_name"))) for row in rows]
        return [area for area in found if area.id.isdigit() and area.name]

    def _stores(self) -> list[Area]:
        """Those that are active, over all pages."""
        rows: list[dict[str, object]] = []
        for page in range(1, MOST_STORE_PAGES + 1):
            found = self._calls.get("/stores", {"page": str(page)})
            rows += reading.rows(found.get("data"))
            if page >= (reading.number(found.get("last_page")) or 1):
                break
        return [
            Area(
                reading.text(row.get("store_id")), reading.text(row.get("store_name")),
                near=reading.text(row.get("store_address")), default=row.get("is_default_store") in (True, 1, "1"),
            )
            for row in rows
            if row.get("is_active") in (True, 1, "1") and reading.text(row.get("store_id")).isdigit()
        ]  # fmt: skip

    def _store(self, address: Address, areas: Sequence[Area]) -> Area | None:
        """The one that the owner set, else Pathao's default."""
        if self._keys.store_id:
            return next((area for area in areas if area.id == self._keys.store_id), None)
        return by_default(address, areas)

    def _unplaced(self, parcel: Parcel) -> dict[str, str]:
        errors = {}
        if "store" not in parcel.areas:
            errors["store"] = f"Choose the store that {NAME} picks the parcel up from."
        if self._keys.places is Places.ASK:
            for level in ("city", "zone"):
                if level not in parcel.areas:
                    errors[level] = f"Choose the {level}, out of {NAME}'s list."
        return errors


def _too_short(parcel: Parcel) -> dict[str, str]:
    errors = {}
    for field, label, words, least in (
        ("recipient_name", "The name", parcel.recipient_name, SHORTEST_NAME),
        ("recipient_address", "The address", parcel.recipient_address, SHORTEST_ADDRESS),
    ):
        if len(parcel_limits.clean(words)) < least:
            errors[field] = f"{label} needs at least {least} characters: {NAME} refuses a shorter one."
    return errors


def _part_of(cod_poisha: int, percentage: object) -> int:
    """0.01 is one per cent; a whole 1 is read as one per cent too: nobody takes all that is collected."""
    hundredths = reading.poisha(percentage) or 0
    return cod_poisha * (hundredths if hundredths < _HALF else hundredths // 100) // 100


def _weight_kg(weight_g: int) -> float:
    """Grams as kilograms, rounded up to a tenth, at least half a kilogram."""
    tenths = -(-max(weight_g, LEAST_WEIGHT_G) // STEP_G)
    return tenths / 10
