"""What clients of others send, header for header and byte for byte, is understood by each practice courier alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from dokango.clock import ManualClock
from dokango.couriers.practice.bodies import read_body
from dokango.couriers.practice.in_process import InProcess
from dokango.couriers.practice.server import PracticeServer
from dokango.couriers.registry import COURIERS

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
PATHS = {"steadfast": "/api/v1", "pathao": "/aladdin/api/v1", "redx": "/v1.0.0-beta"}
ADDRESS = "House 7, Road 3, Dhanmondi"
OF_STEADFAST = {
    "invoice": "ORD-1", "recipient_name": "Rahim", "recipient_phone": "01711000000", "recipient_address": ADDRESS,
    "cod_amount": "1060.00", "note": "", "total_lot": "2", "delivery_type": "0",
}  # fmt: skip
OF_PATHAO = {
    "store_id": "4101", "merchant_order_id": "ORD-1", "sender_name": "Shop", "sender_phone": "01711000001",
    "recipient_name": "Rahim", "recipient_phone": "01711000000", "recipient_address": ADDRESS, "recipient_city": "1",
    "recipient_zone": "55", "recipient_area": "5501", "delivery_type": "48", "item_type": "2", "item_quantity": "1",
    "special_instruction": "", "item_weight": "0.5", "amount_to_collect": "1060.0", "item_description": "",
}  # fmt: skip
OF_REDX = {
    "customer_name": "Rahim", "customer_phone": "01711000000", "customer_address": ADDRESS,
    "delivery_area": "Dhanmondi", "delivery_area_id": "2", "merchant_invoice_id": "ORD-1",
    "cash_collection_amount": "1060.00", "parcel_weight": "500", "value": "1060.00", "instruction": "",
    "is_closed_box": "true", "parcel_details_json": '[{"name": "Sari", "category": "clothes", "value": 1060}]',
}  # fmt: skip
BOOKS = {
    "steadfast": ("/create_order", OF_STEADFAST), "pathao": ("/orders", OF_PATHAO), "redx": ("/parcel", OF_REDX),
}  # fmt: skip
IS_MADE = {"steadfast": "consignment_id", "pathao": "consignment_id", "redx": "tracking_id"}


@pytest.fixture(params=sorted(PATHS))
def courier(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def practice(courier: str, clock: ManualClock) -> Iterator[PracticeServer]:
    with opened(courier, clock) as found:
        yield found


@pytest.fixture
def line(courier: str, practice: PracticeServer) -> Iterator[httpx.Client]:
    """Signed in with the keys that hold unless others are given, at the root of the server."""
    with httpx.Client(transport=InProcess(practice.app()), base_url="http://practice") as found:
        found.headers = httpx.Headers(signed_in(courier, found))
        yield found


@contextmanager
def opened(courier: str, clock: ManualClock) -> Iterator[PracticeServer]:
    played = COURIERS[courier].practice
    assert played is not None
    found = played.open(None, clock, {})
    yield found
    found.close()


@contextmanager
def calling(practice: PracticeServer, courier: str) -> Iterator[httpx.Client]:
    base = f"http://practice{PATHS[courier]}"
    with httpx.Client(transport=InProcess(practice.app()), base_url=base) as found:
        yield found


def signed_in(courier: str, line: httpx.Client) -> Mapping[str, str]:
    if courier == "steadfast":
        return {"api-key": "practice", "SECRET-KEY": "practice"}
    if courier == "redx":
        return {"api-access-token": "bearer practice"}
    keys = dict.fromkeys(("client_id", "client_secret", "username", "password"), "practice")
    told = line.post("/aladdin/api/v1/issue-token", data={**keys, "grant_type": "password"}).json()
    return {"authorization": f"{told['token_type']} {told['access_token']}"}


def made(answer: httpx.Response) -> Any:
    body = answer.json()
    inner = body.get("consignment") or body.get("data") or body
    return inner.get("consignment_id") or inner.get("tracking_id")


@pytest.mark.parametrize("end", ["", "/"], ids=["plain", "ends in a slash"])
@pytest.mark.parametrize("between", ["/", "//"], ids=["one slash", "the base ends in one"])
def test_a_path_means_the_same_however_its_slashes_stand(
    courier: str, line: httpx.Client, between: str, end: str
) -> None:
    path, body = BOOKS[courier]
    for number, base in enumerate((PATHS[courier], f"/{PATHS[courier]}")):
        answer = line.post(
            f"http://practice{base}{between}{path.strip('/')}{end}", json={**body, "invoice": f"ORD-{number}"}
        )
        assert answer.status_code == 200 and made(answer)


@pytest.mark.parametrize("form", ["json", "json called a form", "json without a name", "form", "parts"])
def test_a_parcel_is_booked_as_json_and_as_a_form(courier: str, line: httpx.Client, form: str) -> None:
    path, body = BOOKS[courier]
    whole, raw = f"{PATHS[courier]}{path}", json.dumps(body).encode()
    sent: dict[str, Mapping[str, Any]] = {
        "json": {"content": raw, "headers": JSON},
        "json called a form": {"content": raw, "headers": FORM},
        "json without a name": {"content": raw},
        "form": {"data": body},
        "parts": {"files": {name: (None, value) for name, value in body.items()}},
    }
    answer = line.post(whole, **sent[form])
    assert answer.status_code == 200 and made(answer), answer.text


@pytest.mark.parametrize("form", ["json", "form"])
def test_what_is_wrong_is_named_by_its_field_in_the_couriers_shape(courier: str, line: httpx.Client, form: str) -> None:
    path, body = BOOKS[courier]
    phone = "customer_phone" if courier == "redx" else "recipient_phone"
    wrong = {**body, phone: "123", "an_extra_field": "of theirs"}
    answer = line.post(f"{PATHS[courier]}{path}", **{"json" if form == "json" else "data": wrong})  # type: ignore[arg-type]
    told = answer.json()
    assert answer.status_code == {"steadfast": 400, "pathao": 422, "redx": 400}[courier]
    assert [*told["errors"]] == [phone] if courier != "redx" else told["message"].startswith(f"{phone} must be")


def test_who_brings_no_keys_is_told_so_in_json(courier: str, line: httpx.Client) -> None:
    line.headers.clear()
    path, body = BOOKS[courier]
    answer = line.post(f"{PATHS[courier]}{path}", json=body)
    assert answer.status_code == 401 and answer.json()["message"]


@pytest.mark.parametrize("path", ["/nothing", "/nothing/at/all", "/"])
@pytest.mark.parametrize("verb", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize("under", [True, False], ids=["under its path", "at the root"])
def test_what_nobody_serves_is_404_in_json(courier: str, line: httpx.Client, path: str, verb: str, under: bool) -> None:
    answer = line.request(verb, f"{PATHS[courier] if under else ''}{path}")
    assert (answer.status_code, answer.json()) == (404, {"message": "no Route matched with those values"})


@pytest.mark.parametrize(
    ("raw", "kind", "read"),
    [
        (b"a=1&b=&a=2", FORM, {"a": "2", "b": ""}),
        (b"u[p]=status&u[v]=cancelled", FORM, {"u": {"p": "status", "v": "cancelled"}}),
        (b"d[0][a]=1&d[1][a]=2&e[]=x&e[]=y", FORM, {"d": [{"a": "1"}, {"a": "2"}], "e": ["x", "y"]}),
        ("n=রহিম&m=%E0%A6%A2+a".encode(), FORM, {"n": "রহিম", "m": "ঢ a"}),
        (b"a[b][c][d][e][f][g]=1", FORM, None),
        (b"a=1&a[b]=2", FORM, None),
        (b"", FORM, None),
        (b"a=1", {"Content-Type": "text/plain"}, None),
        (b"no parts", {"Content-Type": "multipart/form-data; boundary=x"}, {}),
        (b'{"a": 1}', {"Content-Type": "multipart/form-data"}, {"a": 1}),
    ],
)  # fmt: skip
def test_forms_are_read_as_php_reads_them(raw: bytes, kind: dict[str, str], read: object) -> None:
    assert read_body(raw, kind["Content-Type"]) == read


def test_a_form_cancels_at_redx_by_nested_fields(clock: ManualClock) -> None:
    with opened("redx", clock) as practice, calling(practice, "redx") as line:
        line.headers["API-ACCESS-TOKEN"] = "Bearer practice"
        tracking_id = line.post("/parcel", data=OF_REDX).json()["tracking_id"]
        asked = {"property_name": "status", "new_value": "cancelled", "reason": "changed her mind"}
        fields = {f"update_details[{name}]": value for name, value in asked.items()}
        body = {"entity_type": "parcel-tracking-id", "entity_id": tracking_id, **fields}
        assert line.patch("/parcels/", data=body).json() == {"success": True, "message": "Request Accepted"}
        assert line.get(f"/parcel/info/{tracking_id}").json()["parcel"]["status"] == "cancelled"


@pytest.mark.parametrize(
    ("wrong_refresh", "answers"), [("400", (400, "invalid_grant")), ("401", (401, "invalid_grant"))]
)
def test_a_refresh_token_that_is_worth_nothing_is_told_from_wrong_keys(
    clock: ManualClock, wrong_refresh: str, answers: tuple[int, str]
) -> None:
    with opened("pathao", clock) as practice, calling(practice, "pathao") as line:
        practice.reads["wrong_refresh"] = wrong_refresh
        client = {"client_id": "practice", "client_secret": "practice"}
        stale = line.post("/issue-token", json={**client, "grant_type": "refresh_token", "refresh_token": "stale"})
        assert (stale.status_code, stale.json()["error"]) == answers
        wrong = line.post("/issue-token", json={**client, "client_id": "x", "grant_type": "password"})
        assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(("lists", "status"), [("signed in", 401), ("open", 200)])
def test_lists_of_places_are_open_to_who_is_not_signed_in_where_it_is_told_so(
    clock: ManualClock, lists: str, status: int
) -> None:
    with opened("pathao", clock) as practice, calling(practice, "pathao") as line:
        practice.reads["lists"] = lists
        for path in ("/countries/1/city-list", "/city-list", "/cities/1/zone-list", "/zones/55/area-list"):
            assert line.get(path).status_code == status
        assert line.get("/stores").status_code == 401
