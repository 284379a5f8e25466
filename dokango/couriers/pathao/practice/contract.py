"""The calls of Pathao's contract, each a function of what it is given."""

from __future__ import annotations

from dokango.couriers.line import reading
from dokango.couriers.pathao.practice import parcels, places, rules, tokens
from dokango.couriers.pathao.practice.notices import local
from dokango.couriers.pathao.practice.server import PracticePathao
from dokango.couriers.practice import calls
from dokango.couriers.practice.calls import Answer
from dokango.couriers.practice.store import Row

Call = calls.Call[PracticePathao]
_MISSING: Answer = (404, {"message": "Order not found", "type": "error", "code": 404})


def issue_token(call: Call) -> Answer:
    """POST /issue-token."""
    practice = call.practice
    return tokens.issue(practice.store, practice.keys, call.body, practice.refusals())


def external_login(call: Call) -> Answer:
    """POST /external/login."""
    practice = call.practice
    return tokens.log_in(practice.store, practice.keys, call.body, practice.refusals())


def create_order(call: Call) -> Answer:
    """POST /orders."""
    practice = call.practice
    wanted, errors = _read(practice, call.body)
    is_known = bool(wanted.merchant_order_id and parcels.named(practice.store, wanted.merchant_order_id))
    if not errors and is_known and practice.way("repeats") == "refused":
        errors["merchant_order_id"] = ["The merchant order id has already been taken."]
    if errors:
        return _invalid(practice, errors)
    made = _booked(practice, wanted)
    return 200, _told(
        "Order Created Successfully",
        {
            "consignment_id": made["consignment_id"],
            "merchant_order_id": made["merchant_order_id"],
            "order_status": made["status"],
            "delivery_fee": made["fee"],
        },
    )


def bulk_orders(call: Call) -> Answer:
    """POST /orders/bulk: accepted whole; what is wrong with a row nobody says, and it is simply not there."""
    orders = reading.mapping(call.body).get("orders")
    if not isinstance(orders, list) or not orders:
        return _invalid(call.practice, {"orders": ["The orders field is required."]})
    for order in orders:
        wanted, errors = _read(call.practice, order)
        if not errors:
            _booked(call.practice, wanted)
    words = "Your bulk order creation request is accepted, please wait some time to complete order creation."
    return 202, {"message": words, "type": "success", "code": 202, "data": True}


def order_info(call: Call) -> Answer:
    """GET /orders/{consignment_id}/info."""
    practice = call.practice
    parcel = parcels.find(practice.store, call.name)
    if parcel is None:
        return _MISSING if practice.way("missing") == "404" else (200, _MISSING[1])
    status = parcel.text("status")
    data = {
        "consignment_id": parcel["consignment_id"],
        "merchant_order_id": parcel["merchant_order_id"],
        "order_status": status.replace("_", " "),
        "order_status_slug": status.lower() if practice.way("slug") == "lower" else status,
        "updated_at": local(parcel.whole("updated_at")),
        "invoice_id": parcel["invoice_id"],
    }
    return 200, _told("Order info", data)


def stores(call: Call) -> Answer:
    """GET /stores?page=N."""
    found = call.practice.store.rows("SELECT * FROM store ORDER BY store_id")
    return 200, _told(
        "Store list fetched.",
        {
            "data": [
                {
                    "store_id": row["store_id"],
                    "store_name": row["name"],
                    "store_address": row["address"],
                    "is_active": row["is_active"],
                    "city_id": row["city_id"],
                    "zone_id": row["zone_id"],
                    "hub_id": 5,
                    "is_default_store": bool(row["is_default"]),
                    "is_default_return_store": bool(row["is_default"]),
                }
                for row in (found if call.page == 1 else ())
            ],
            "total": len(found),
            "current_page": call.page,
            "per_page": 1_000,
            "total_in_page": len(found) if call.page == 1 else 0,
            "last_page": 1,
            "path": "/aladdin/api/v1/stores",
        },
    )


def create_store(call: Call) -> Answer:
    """POST /stores: it waits for approval, and only its name comes back."""
    given, errors = reading.mapping(call.body), rules.Errors()
    for name, least, most in (("name", 3, 50), ("contact_name", 3, 50), ("address", 15, 120)):
        if not least <= len(reading.text(given.get(name), 200)) <= most:
            errors[name] = [f"The {name} must be between {least} and {most} characters."]
    if len(reading.text(given.get("contact_number"))) != 11:
        errors["contact_number"] = ["The contact number must be 11 digits."]
    ids = {name: reading.number(given.get(name)) for name in ("city_id", "zone_id", "area_id")}
    errors |= {name: [f"The {name} field is required."] for name, value in ids.items() if not value}
    if errors:
        return _invalid(call.practice, errors)
    values = {
        "name": reading.text(given["name"]), "address": reading.text(given["address"]), "city_id": ids["city_id"],
        "zone_id": ids["zone_id"], "is_active": 0, "is_default": 0,
    }  # fmt: skip
    call.practice.store.insert("store", values)
    words = "Store created successfully, Please wait one hour for approval."
    return 200, _told(words, {"store_name": values["name"]})


def cities(call: Call) -> Answer:
    """GET /city-list, and as the plugin asks: /countries/1/city-list."""
    rows = [{"city_id": number, "city_name": name} for number, name in places.CITIES.items()]
    return 200, _told("City successfully fetched.", {"data": rows})


def zones(call: Call) -> Answer:
    """GET /cities/{city_id}/zone-list."""
    found = places.zones(reading.number(call.name) or 0)
    return 200, _told("Zone list fetched.", {"data": [_zone(number, name) for number, (name, _) in found.items()]})


def areas(call: Call) -> Answer:
    """GET /zones/{zone_id}/area-list."""
    found = places.areas(reading.number(call.name) or 0)
    return 200, _told("Area list fetched.", {"data": [_area(number, name) for number, name in found.items()]})


def every_zone(call: Call) -> Answer:
    """GET /zones/list, of the plugin."""
    rows = [{**_zone(z, name), "city_id": c} for c in places.CITIES for z, (name, _) in places.zones(c).items()]
    return 200, _told("Zone list fetched.", {"data": rows})


def every_area(call: Call) -> Answer:
    """GET /areas/list, of the plugin."""
    ids = [zone for city in places.CITIES for zone in places.zones(city)]
    rows = [{**_area(a, name), "zone_id": zone} for zone in ids for a, name in places.areas(zone).items()]
    return 200, _told("Area list fetched.", {"data": rows})


def price_plan(call: Call) -> Answer:
    """POST /merchant/price-plan; all six fields are needed."""
    given, errors = reading.mapping(call.body), rules.Errors()
    names = ("store_id", "item_type", "delivery_type", "item_weight", "recipient_city", "recipient_zone")
    errors |= {name: [f"The {name.replace('_', ' ')} field is required."] for name in names if not given.get(name)}
    if errors:
        return _invalid(call.practice, errors)
    weight = (reading.poisha(given["item_weight"]) or 0) / 100
    price = rules.price_of(reading.number(given["recipient_city"]) or 1, weight)
    data = {
        "price": price, "discount": 0, "promo_discount": 0, "plan_id": 69, "cod_enabled": 1, "cod_percentage": 0.01,
        "additional_charge": 0, "final_price": price,
    }  # fmt: skip
    return 200, _told("price", data)


def short_info(call: Call) -> Answer:
    """GET /user/short-info."""
    return 200, _told("User info", {"name": "Practice merchant", "email": "practice@example.com"})


def end_tokens(call: Call) -> Answer:
    """POST /_practice/tokens {"forget": true?}: every access token ends now; with forget the refresh tokens too."""
    tokens.expire(call.practice.store)
    if reading.mapping(call.body).get("forget") is True:
        tokens.forget(call.practice.store)
    return 200, {"message": "Every token has ended."}


def _read(practice: PracticePathao, body: object) -> tuple[rules.Wanted, rules.Errors]:
    active = {row.whole("store_id") for row in practice.store.rows("SELECT store_id FROM store WHERE is_active = 1")}
    return rules.read_order(body, active, places_needed=practice.way("places") == "needed")


def _booked(practice: PracticePathao, wanted: rules.Wanted) -> Row:
    made = parcels.book(practice.store, wanted)
    if practice.way("created") == "told":
        practice.tell(made)
    return made


def _invalid(practice: PracticePathao, errors: rules.Errors) -> Answer:
    body = {"message": "Please fix the given errors", "type": "error", "code": 422, practice.way("errors"): errors}
    return (422, body) if practice.way("refusal") == "422" else (200, {**body, "code": 200})


def _told(message: str, data: object) -> dict[str, object]:
    return {"message": message, "type": "success", "code": 200, "data": data}


def _zone(number: int, name: str) -> dict[str, object]:
    return {"zone_id": number, "zone_name": name}


def _area(number: int, name: str) -> dict[str, object]:
    return {"area_id": number, "area_name": name, "home_delivery_available": True, "pickup_available": True}
