"""Clients that others wrote work against the practice RedX: their paths, their bodies, and the shapes they need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from dokango.clock import ManualClock
from dokango.couriers.line.reading import Json
from dokango.couriers.practice.in_process import InProcess
from dokango.couriers.redx.keys import RedxKeys
from dokango.couriers.redx.practice.app import RedxPractice, open_practice
from dokango.couriers.redx.practice.server import MOVES

TOKEN = {"API-ACCESS-TOKEN": "Bearer practice"}
# The guide's sample, and the same with everything as text and with what PyPI `redxclient` always sends.
SAMPLE = {
    "customer_name": "John Doe", "customer_phone": "01712345678", "delivery_area": "Dhanmondi", "delivery_area_id": 2,
    "customer_address": "House 10, Road 5", "merchant_invoice_id": "ORD-1", "cash_collection_amount": "1060",
    "parcel_weight": 500, "instruction": "", "value": 1060, "pickup_store_id": 1,
}  # fmt: skip
ALL_TEXT = {
    **SAMPLE, "delivery_area_id": "2", "parcel_weight": "500", "value": "1060", "pickup_store_id": "1",
    "is_closed_box": "false", "parcel_details_json": [{"name": "Sari", "category": "clothes", "value": 1060}],
}  # fmt: skip
ALL_NUMBERS = {**SAMPLE, "cash_collection_amount": 1060, "is_closed_box": True, "parcel_details_json": {}}
INFO = {
    "tracking_id", "customer_name", "customer_phone", "customer_address", "delivery_area", "delivery_area_id", "charge",
    "cash_collection_amount", "parcel_weight", "merchant_invoice_id", "status", "instruction", "created_at",
    "delivery_type", "value", "pickup_location",
}  # fmt: skip


@pytest.fixture
def practice(clock: ManualClock) -> Iterator[RedxPractice]:
    found = open_practice(None, clock, RedxKeys(""))
    yield found
    found.close()


@pytest.fixture(params=["", "/v1.0.0-beta"], ids=["at the root", "under the version"])
def line(practice: RedxPractice, request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    base = f"http://practice{request.param}"
    with httpx.Client(transport=InProcess(practice.app()), base_url=base, headers=TOKEN) as found:
        yield found


@pytest.mark.parametrize("body", [SAMPLE, ALL_TEXT, ALL_NUMBERS], ids=["sample", "text", "numbers"])
def test_a_parcel_is_booked_and_its_info_has_every_field(line: httpx.Client, body: dict[str, Any]) -> None:
    made = line.post("/parcel", json=body).json()
    assert set(made) == {"tracking_id"}
    parcel = line.get(f"/parcel/info/{made['tracking_id']}").json()["parcel"]
    assert set(parcel) == INFO and None not in parcel.values()
    assert (parcel["cash_collection_amount"], parcel["value"], parcel["status"]) == (1060, "1060", "pickup-pending")
    assert set(parcel["pickup_location"]) == {"id", "name", "address", "area_name", "area_id"}


def test_what_is_not_sent_is_empty_and_never_null(line: httpx.Client) -> None:
    body = {k: v for k, v in SAMPLE.items() if k not in ("merchant_invoice_id", "instruction", "pickup_store_id")}
    parcel = line.get(f"/parcel/info/{line.post('/parcel', json=body).json()['tracking_id']}").json()["parcel"]
    assert (parcel["merchant_invoice_id"], parcel["instruction"], parcel["pickup_location"]["id"]) == ("", "", 1)


def test_the_track_has_sentences_in_both_languages_from_the_start(line: httpx.Client) -> None:
    tracking_id = line.post("/parcel", json=SAMPLE).json()["tracking_id"]
    rows = line.get(f"/parcel/track/{tracking_id}").json()["tracking"]
    assert rows and all(set(row) == {"message_en", "message_bn", "time"} and all(row.values()) for row in rows)
    assert rows[0]["time"].endswith("Z")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("customer_name", ""), ("customer_address", None), ("customer_phone", "8801712345678"), ("delivery_area", ""),
        ("delivery_area_id", 999), ("parcel_weight", 0.5), ("parcel_weight", None), ("value", "much"),
        ("cash_collection_amount", -1), ("pickup_store_id", 77), ("is_closed_box", "perhaps"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_400_with_a_message(line: httpx.Client, field: str, value: object) -> None:
    answer = line.post("/parcel", json={**SAMPLE, field: value})
    assert answer.status_code == 400 and field in answer.json()["message"]


@pytest.mark.parametrize("headers", [{"API-ACCESS-TOKEN": ""}, {"API-ACCESS-TOKEN": "practice"}])
def test_without_the_token_in_its_header_nobody_is_let_in(line: httpx.Client, headers: dict[str, str]) -> None:
    answer = line.get("/areas", headers={"Authorization": "Bearer practice", **headers})
    assert answer.status_code == 401


@pytest.mark.parametrize("body", [b"", b"no", b"[]", b"null", b'{"parcel_weight": {"a": 1}}', b"[" * 5_000])
@pytest.mark.parametrize(("verb", "path"), [("POST", "/parcel"), ("PATCH", "/parcels"), ("POST", "/pickup/store")])
def test_nonsense_is_refused_and_never_a_crash(line: httpx.Client, verb: str, path: str, body: bytes) -> None:
    assert 400 <= line.request(verb, path, content=body).status_code < 500


@pytest.mark.parametrize("path", ["/orders", "/parcels/tracking/1", "/stores", "/parcel/info/1", "/parcel/track/1"])
def test_what_is_not_in_the_guide_is_404(line: httpx.Client, path: str) -> None:
    assert line.get(path).status_code == 404


def test_areas_come_by_one_filter_and_one_has_no_post_code(line: httpx.Client) -> None:
    every = line.get("/areas").json()["areas"]
    assert {row["zone_id"] for row in every} == {1, 2, 3, 7} and [r for r in every if r["post_code"] is None]
    assert all({"id", "name", "post_code", "district_name", "division_name", "zone_id"} == set(row) for row in every)
    assert [row["id"] for row in line.get("/areas?post_code=1209").json()["areas"]] == [2]
    assert {row["district_name"] for row in line.get("/areas?district_name=Dhaka").json()["areas"]} == {"Dhaka"}


def test_a_stores_phone_goes_in_short_and_comes_back_long(line: httpx.Client) -> None:
    body = {"name": "Uttara", "phone": "01711000009", "address": "Road 9", "area_id": 5}
    made = line.post("/pickup/store", json=body).json()
    assert made["phone"] == "8801711000009" and "created_at" not in made
    assert line.get(f"/pickup/store/info/{made['id']}").json()["pickup_store"]["created_at"]
    assert [s["name"] for s in line.get("/pickup/stores").json()["pickup_stores"]][-1] == "Uttara"


def test_a_charge_is_in_camel_case_and_by_weight_and_zone(line: httpx.Client) -> None:
    asked = "/charge/charge_calculator?delivery_area_id=2&pickup_area_id=3&cash_collection_amount=1000&weight=500"
    assert line.get(asked).json() == {"deliveryCharge": 60, "codCharge": 10}
    assert line.get(asked.replace("&weight=500", "")).status_code == 400


def test_an_address_may_be_changed_and_another_property_may_not(line: httpx.Client) -> None:
    tracking_id = line.post("/parcel", json=SAMPLE).json()["tracking_id"]

    def change(name: str) -> int:
        details = {"property_name": name, "new_value": "House 99", "reason": "moved"}
        body = {"entity_type": "parcel-tracking-id", "entity_id": tracking_id, "update_details": details}
        return line.patch("/parcels", json=body).status_code

    assert (change("delivery_address"), change("charge")) == (200, 400)
    assert line.get(f"/parcel/info/{tracking_id}").json()["parcel"]["customer_address"] == "House 99"


def test_it_tells_of_seven_statuses_and_of_a_word_nobody_knows(line: httpx.Client, practice: RedxPractice) -> None:
    told: list[Json] = []

    class Ear:
        def tell(self, body: Json) -> None:
            told.append(body)

    practice.teller = Ear()
    tracking_id = line.post("/parcel", json=SAMPLE).json()["tracking_id"]
    for word in (*MOVES, "lost in space"):
        practice.move(tracking_id, word)
    assert {body["status"] for body in told} == {*MOVES, "lost in space"} - {"pickup-processing", "cancelled"}
    fields = {"tracking_number", "timestamp", "status", "message_en", "message_bn", "invoice_number"}
    assert all(set(body) == fields for body in told) and len(told) == 8


def test_what_was_delivered_is_paid_out_once(line: httpx.Client, practice: RedxPractice) -> None:
    for collected in (None, 900):
        practice.move(line.post("/parcel", json=SAMPLE).json()["tracking_id"], "delivered", collected)
    paid = practice.pay_out()
    assert paid is not None and paid["amount"] == 1_960 and practice.pay_out() is None
