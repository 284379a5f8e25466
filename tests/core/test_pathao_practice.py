"""Clients that others wrote work against the practice Pathao: their paths, their bodies, and the shapes they need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from dokango.clock import ManualClock
from dokango.couriers.pathao.keys import PathaoKeys
from dokango.couriers.pathao.practice.app import PathaoPractice, open_practice
from dokango.couriers.practice.in_process import InProcess

LOGIN = {"client_id": "practice", "client_secret": "practice"}
PANEL = {"username": "practice", "password": "practice", "grant_type": "password"}
# As PyPI `pathao` sends it: weight as a number, the amount with a fraction, city and zone always.
OF_PATHAO = {
    "store_id": 4101, "merchant_order_id": "ORD-1", "recipient_name": "John Doe", "recipient_phone": "01712345678",
    "recipient_address": "House 10, Road 5, Dhanmondi", "recipient_city": 1, "recipient_zone": 55,
    "delivery_type": 48, "item_type": 2, "item_quantity": 1, "item_weight": 0.5, "amount_to_collect": 500.0,
    "item_description": "",
}  # fmt: skip
# As PyPI `pathao-api` sends it: types and weight as text, no city.
OF_PATHAO_API = {
    "store_id": "4101", "merchant_order_id": "ORD-2", "sender_name": "Shop", "sender_phone": "01712345678",
    "recipient_name": "John Doe", "recipient_phone": "01712345678", "recipient_address": "House 10, Road 5, Dhaka",
    "delivery_type": "48", "item_type": "2", "item_quantity": "1", "item_weight": "0.5", "amount_to_collect": "1060",
    "special_instruction": "", "item_description": "",
}  # fmt: skip
# As Pathao's own plugin sends it: ids as text, an empty second phone, the weight as a number.
OF_THE_PLUGIN = {
    "store_id": "4101", "merchant_order_id": "77", "recipient_name": "John Doe", "recipient_phone": "01712345678",
    "recipient_secondary_phone": "", "recipient_address": "House 10, Road 5, Dhaka", "delivery_type": "48",
    "item_type": "2", "special_instruction": "", "item_quantity": "1", "item_weight": 0.5, "item_description": "",
    "amount_to_collect": 1060,
}  # fmt: skip


@pytest.fixture
def practice(clock: ManualClock) -> Iterator[PathaoPractice]:
    found = open_practice(None, clock, PathaoKeys("", ""))
    yield found
    found.close()


@pytest.fixture
def line(practice: PathaoPractice) -> Iterator[httpx.Client]:
    """Signed in as the panel's user."""
    with httpx.Client(transport=InProcess(practice.app()), base_url="http://practice/aladdin/api/v1") as found:
        token = found.post("/issue-token", json={**LOGIN, **PANEL}).json()
        assert set(token) == {"token_type", "expires_in", "access_token", "refresh_token"}
        found.headers["Authorization"] = f"Bearer {token['access_token']}"
        yield found


@pytest.mark.parametrize("body", [OF_PATHAO, OF_PATHAO_API, OF_THE_PLUGIN], ids=["pathao", "pathao-api", "plugin"])
def test_each_clients_order_is_booked_and_its_info_has_what_they_read(line: httpx.Client, body: dict[str, Any]) -> None:
    made = line.post("/orders", json=body).json()
    assert (made["type"], made["code"]) == ("success", 200)
    assert set(made["data"]) == {"consignment_id", "merchant_order_id", "order_status", "delivery_fee"}
    info = line.get(f"/orders/{made['data']['consignment_id']}/info").json()["data"]
    assert set(info) == {
        "consignment_id", "merchant_order_id", "order_status", "order_status_slug", "updated_at", "invoice_id"
    }  # fmt: skip
    assert (info["order_status_slug"], info["invoice_id"]) == ("pending", None)


@pytest.mark.parametrize("amount", [1060, 1060.0, "1060", "1060.0"])
@pytest.mark.parametrize("weight", [0.5, "0.5", 10, "10"])
def test_amounts_and_weights_come_as_numbers_and_as_text(line: httpx.Client, amount: object, weight: object) -> None:
    made = line.post("/orders", json={**OF_PATHAO, "amount_to_collect": amount, "item_weight": weight})
    assert made.status_code == 200


WRONG: list[tuple[str, object]] = [
    ("store_id", 4103), ("store_id", 9), ("store_id", None), ("recipient_name", "Jo"), ("recipient_name", "x" * 101),
    ("recipient_phone", "8801712345678"), ("recipient_phone", "0171234567"), ("recipient_secondary_phone", "12"),
    ("recipient_address", "x" * 9), ("recipient_address", "x" * 221), ("recipient_city", None),
    ("recipient_zone", 9_999), ("recipient_city", 999), ("delivery_type", 1), ("item_type", 9), ("item_quantity", 0),
    ("item_weight", 0.4), ("item_weight", 10.1), ("item_weight", "heavy"), ("amount_to_collect", -1),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_what_is_out_of_bounds_is_422_with_the_fields_name(line: httpx.Client, field: str, value: object) -> None:
    answer = line.post("/orders", json={**OF_PATHAO, field: value})
    assert answer.status_code == 422 and answer.json()["type"] == "error"
    assert field in answer.json()["errors"] or field == "recipient_city"


@pytest.mark.parametrize("body", [b"", b"no", b"[]", b"null", b'{"store_id": {"a": 1}}', b"[" * 5_000])
@pytest.mark.parametrize("path", ["/orders", "/orders/bulk", "/stores", "/merchant/price-plan", "/issue-token"])
def test_nonsense_is_refused_and_never_a_crash(line: httpx.Client, path: str, body: bytes) -> None:
    assert 400 <= line.post(path, content=body).status_code < 500


def test_the_same_name_twice_is_two_parcels_or_refused_as_it_is_told(line: httpx.Client) -> None:
    assert [line.post("/orders", json=OF_PATHAO).status_code for _ in range(2)] == [200, 200]
    told = line.post("http://practice/_practice/readings", json={"repeats": "refused"})
    assert told.json()["readings"]["repeats"] == "refused"
    assert line.post("/orders", json=OF_PATHAO).status_code == 422
    assert line.post("http://practice/_practice/readings", json={"repeats": "maybe"}).status_code == 422


def test_bulk_is_accepted_whole_and_drops_what_is_wrong_in_silence(
    line: httpx.Client, practice: PathaoPractice
) -> None:
    answer = line.post("/orders/bulk", json={"orders": [OF_PATHAO, {**OF_PATHAO_API, "recipient_phone": "1"}, {}]})
    assert (answer.status_code, answer.json()["data"]) == (202, True)
    assert [parcel["merchant_order_id"] for parcel in practice.listed(9)] == ["ORD-1"]


def test_lists_lie_one_deeper_and_have_what_the_clients_need(line: httpx.Client) -> None:
    def rows(path: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = line.get(path).json()["data"]["data"]
        return found

    assert set(rows("/city-list")[0]) == {"city_id", "city_name"} and rows("/countries/1/city-list")
    assert any(city["city_name"] == "Bandarban " for city in rows("/city-list"))
    assert set(rows("/cities/1/zone-list")[0]) == {"zone_id", "zone_name"}
    area = rows("/zones/52/area-list")[0]
    assert (area["home_delivery_available"], area["pickup_available"]) == (True, True)
    assert "city_id" in rows("/zones/list")[0] and "zone_id" in rows("/areas/list")[0]
    store = rows("/stores?page=1&per_page=10")[0]
    assert set(store) == {
        "store_id", "store_name", "store_address", "is_active", "city_id", "zone_id", "hub_id", "is_default_store",
        "is_default_return_store",
    }  # fmt: skip
    page = line.get("/stores").json()["data"]
    assert {"total", "current_page", "per_page", "last_page"} <= set(page)
    assert line.get("/user/short-info").json()["data"]


def test_a_price_has_its_eight_fields_and_needs_all_six(line: httpx.Client) -> None:
    asked = {
        "store_id": 4101, "item_type": 2, "delivery_type": 48, "item_weight": 0.5, "recipient_city": 1,
        "recipient_zone": 52,
    }  # fmt: skip
    price = line.post("/merchant/price-plan", json=asked).json()["data"]
    assert set(price) == {
        "price", "discount", "promo_discount", "plan_id", "cod_enabled", "cod_percentage", "additional_charge",
        "final_price",
    }  # fmt: skip
    assert line.post("/merchant/price-plan", json={**asked, "item_weight": None}).status_code == 422


def test_a_new_store_answers_its_name_alone_and_waits_for_approval(line: httpx.Client) -> None:
    body = {
        "name": "Uttara", "contact_name": "Olin", "contact_number": "01712345678", "city_id": 1, "zone_id": 60,
        "address": "House 4, Road 18, Uttara", "area_id": 6_001,
    }  # fmt: skip
    assert line.post("/stores", json=body).json()["data"] == {"store_name": "Uttara"}
    assert [s["is_active"] for s in line.get("/stores").json()["data"]["data"] if s["store_name"] == "Uttara"] == [0]
    assert line.post("/stores", json={**body, "name": "", "store_name": "Uttara"}).status_code == 422


@pytest.mark.parametrize("bearer", ["", "Bearer nobody", "practice"])
def test_without_a_good_token_nothing_is_told(line: httpx.Client, bearer: str) -> None:
    assert line.get("/stores", headers={"Authorization": bearer}).status_code == 401


def test_a_token_ends_when_told_and_a_refresh_replaces_both(line: httpx.Client, clock: ManualClock) -> None:
    assert line.post("http://practice/_practice/tokens", json={}).status_code == 200
    assert line.get("/stores").status_code == 401
    first = line.post("/issue-token", json={**LOGIN, **PANEL}).json()
    renew = {**LOGIN, "grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = line.post("/issue-token", json=renew).json()
    assert line.post("/issue-token", json=renew).status_code == 400, "it was replaced"
    assert line.get("/stores", headers={"Authorization": f"Bearer {first['access_token']}"}).status_code == 401
    good = {"Authorization": f"Bearer {second['access_token']}"}
    assert line.get("/stores", headers=good).status_code == 200
    clock.advance(432_001)
    assert line.get("/stores", headers=good).status_code == 401
    assert line.post("/external/login", json=LOGIN).json()["access_token"]


def test_a_path_that_nobody_serves_says_so_in_the_gateways_words(line: httpx.Client) -> None:
    answer = line.get("/orders/cancel/now")
    assert (answer.status_code, answer.json()) == (404, {"message": "no Route matched with those values"})
