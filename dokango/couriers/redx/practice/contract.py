"""The calls of RedX's contract, each a function of what it is given."""

from __future__ import annotations

from dokango.couriers.line import reading
from dokango.couriers.practice import calls
from dokango.couriers.practice.calls import Answer
from dokango.couriers.practice.store import Row
from dokango.couriers.redx.practice import notices, parcels, places, rules
from dokango.couriers.redx.practice.server import PracticeRedx

Call = calls.Call[PracticeRedx]


def create_parcel(call: Call) -> Answer:
    """POST /parcel."""
    practice = call.practice
    stores = {row.whole("id") for row in practice.store.rows("SELECT id FROM store")}
    wanted, errors = rules.read_parcel(call.body, stores, name_must_match=practice.way("area_name") == "must match")
    if errors:
        return _refused(practice, errors)
    made = parcels.book(practice.store, wanted)
    return int(practice.way("created")), {"tracking_id": made["tracking_id"]}


def parcel_info(call: Call) -> Answer:
    """GET /parcel/info/{tracking_id}."""
    practice = call.practice
    parcel = parcels.find(practice.store, call.name)
    if parcel is None:
        return _missing(practice, "Parcel not found")
    pickup = _store(practice, parcel.whole("pickup_store_id")) or Row()
    return 200, {"parcel": notices.info(parcel, pickup, as_text=practice.way("amounts") == "text")}


def track(call: Call) -> Answer:
    """GET /parcel/track/{tracking_id}."""
    store = call.practice.store
    parcel = parcels.find(store, call.name)
    if parcel is None:
        return _missing(call.practice, "Parcel not found")
    return 200, {"tracking": notices.track(parcels.history(store, call.name), parcel)}


def change(call: Call) -> Answer:
    """PATCH /parcels: cancel, or another address."""
    given = reading.mapping(call.body)
    wanted, practice = reading.mapping(given.get("update_details")), call.practice
    if given.get("entity_type") != "parcel-tracking-id":
        return _refused(practice, {"entity_type": "entity_type is not valid"})
    parcel = parcels.find(practice.store, reading.text(given.get("entity_id")))
    if parcel is None:
        return _missing(practice, "Parcel not found")
    named, value = wanted.get("property_name"), reading.text(wanted.get("new_value"), 1_000)
    if named == "delivery_address" and value:
        practice.store.run("UPDATE parcel SET customer_address = ? WHERE id = ?", value, parcel["id"])
        return _accepted()
    if (named, value) != ("status", "cancelled"):
        return _refused(practice, {"property_name": "This property cannot be changed"})
    if parcel["status"] in parcels.NOT_PICKED_UP:
        parcels.cancel(practice.store, parcel, at_once=practice.way("cancelled") == "at once")
    elif practice.way("cancel_late") == "refused":
        return _refused(practice, {"status": "The parcel is picked up and cannot be cancelled"})
    return _accepted()


def areas(call: Call) -> Answer:
    """GET /areas, by one filter at a time."""
    named = call.practice.way("districts") == "named"
    rows = [
        {
            "id": number, "name": place.name, "post_code": place.post_code,
            **({"district_name": place.district} if named else {}), "division_name": place.division,
            "zone_id": place.zone,
        }
        for number, place in places.AREAS.items()
        if call.query.get("post_code") in (None, str(place.post_code))
        and call.query.get("district_name", "").lower() in ("", place.district.lower())
        and call.query.get("zone_id") in (None, str(place.zone))
        and call.query.get("name", "").lower() in place.name.lower()
    ]  # fmt: skip
    return 200, {"areas": rows}


def stores(call: Call) -> Answer:
    """GET /pickup/stores."""
    rows = call.practice.store.rows("SELECT * FROM store ORDER BY id")
    return 200, {"pickup_stores": [_dated(row) for row in rows]}


def store_info(call: Call) -> Answer:
    """GET /pickup/store/info/{id}."""
    found = _store(call.practice, reading.number(call.name) or 0)
    return _missing(call.practice, "Store not found") if found is None else (200, {"pickup_store": _dated(found)})


def create_store(call: Call) -> Answer:
    """POST /pickup/store: the store itself, without created_at."""
    given, practice = reading.mapping(call.body), call.practice
    texts = {name: reading.text(given.get(name)) for name in ("name", "phone", "address")}
    errors = {name: f"{name} is required" for name, words in texts.items() if not words}
    area_id = reading.number(given.get("area_id")) or 0
    if area_id not in places.AREAS:
        errors["area_id"] = "area_id is not valid"
    if errors:
        return _refused(practice, errors)
    phone = texts["phone"].removeprefix("+").removeprefix("88")
    values = {**texts, "phone": phone, "area_id": area_id, "created_at": practice.store.now_us()}
    made = _store(practice, practice.store.insert("store", values)) or Row()
    return 201, notices.store(made)


def charge(call: Call) -> Answer:
    """GET /charge/charge_calculator: camel case, here only."""
    asked = {name: reading.poisha(call.query.get(name)) for name in _ASKED}
    errors = {name: f"{name} is required" for name, value in asked.items() if value is None}
    if errors:
        return _refused(call.practice, errors)
    whole = {name: (value or 0) // 100 for name, value in asked.items()}
    place = places.AREAS.get(whole["delivery_area_id"])
    if place is None or whole["pickup_area_id"] not in places.AREAS:
        return _missing(call.practice, "Area not found")
    delivery = places.charge_of(place.zone, whole["weight"])
    return 200, {"deliveryCharge": delivery, "codCharge": whole["cash_collection_amount"] // 100}


def _store(practice: PracticeRedx, number: int) -> Row | None:
    return practice.store.one("SELECT * FROM store WHERE id = ?", number)


def _dated(row: Row) -> dict[str, object]:
    return {**notices.store(row), "created_at": notices.utc(row.whole("created_at"))}


def _accepted() -> Answer:
    return 200, {"success": True, "message": "Request Accepted"}


def _refused(practice: PracticeRedx, errors: rules.Errors) -> Answer:
    words = "; ".join(errors.values())
    body: dict[str, object] = {"message": words}
    if practice.way("errors") != "message":
        body = {practice.way("errors"): words if practice.way("errors") == "error" else errors}
    status = int(practice.way("refusal"))
    return status, {"status": "error", **body} if status == 200 else body


def _missing(practice: PracticeRedx, words: str) -> Answer:
    if practice.way("missing") == "404":
        return 404, {"message": words}
    return 200, {"status": "error", "message": words}


_ASKED = ("delivery_area_id", "pickup_area_id", "cash_collection_amount", "weight")
