"""Our Pathao client against its practice server: sessions, places, bookings, and every answer of the contract."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from typing import Any

import httpx
import pytest

from dokango.clock import DHAKA as ZONE
from dokango.clock import ManualClock, us_of
from dokango.courier_errors import CourierError, CourierRefused, CourierUnavailable, CourierUncertain
from dokango.couriers.kind.areas import Area
from dokango.couriers.kind.base import Parcel, ParcelName
from dokango.couriers.kind.status import CarrierStatus, Effect, ReturnLeg
from dokango.couriers.line import Line
from dokango.couriers.line.http import KeysRefused
from dokango.couriers.line.sessions import MemorySessions
from dokango.couriers.pathao.client import Pathao
from dokango.couriers.pathao.keys import PathaoKeys, Places, SignIn, pathao_keys
from dokango.couriers.pathao.practice import tokens
from dokango.couriers.pathao.practice.app import PathaoPractice, open_practice
from dokango.couriers.pathao.row import ANSWERED_THERE, PATHAO, answer_by
from dokango.couriers.pathao.words import WORDS, read_leg, read_word
from dokango.couriers.practice.faults import Fault
from dokango.couriers.practice.in_process import InProcess
from dokango.errors import InvalidInput, NotFound
from dokango.orders.cases.kinds import FAILED_DELIVERIES

KEYS = PathaoKeys("practice", "practice", "practice", "practice", "http://practice-pathao")
STORE, DHAKA, DHANMONDI = Area("4101", "Mirpur"), Area("1", "Dhaka"), Area("55", "Dhanmondi")
PARCEL = Parcel(
    invoice="DG-1001",
    recipient_name="Rahima Akter",
    recipient_phone="01711000000",
    recipient_address="House 12, Road 5, Dhanmondi, Dhaka",
    cod_poisha=106_000,
    areas={"store": STORE, "city": DHAKA, "zone": DHANMONDI},
)


class Counting(InProcess):
    """The practice server at the end of a line that remembers what was asked."""

    def __init__(self, practice: PathaoPractice) -> None:
        super().__init__(practice.app())
        self.asked: list[tuple[str, Any]] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.read() or b"null")
        self.asked.append((request.url.path.removeprefix("/aladdin/api/v1"), body))
        return super().handle_request(request)

    def count(self, path: str) -> int:
        return sum(asked == path for asked, _ in self.asked)


@pytest.fixture
def practice(clock: ManualClock) -> Iterator[PathaoPractice]:
    found = open_practice(None, clock, KEYS)
    yield found
    found.close()


@pytest.fixture
def far(practice: PathaoPractice) -> Counting:
    return Counting(practice)


def client(clock: ManualClock, far: httpx.BaseTransport, keys: PathaoKeys = KEYS, **more: Any) -> Pathao:
    return Pathao(keys, Line(clock, far, httpx.Timeout(0.3), is_played=True, **more))


def book(pathao: Pathao, parcel: Parcel = PARCEL) -> str:
    return pathao.send(pathao.payload(parcel)).consignment_id


def test_a_parcel_is_booked_kept_with_its_charge_and_followed(clock: ManualClock, far: Counting) -> None:
    pathao = client(clock, far)
    booking = pathao.send(pathao.payload(PARCEL))
    assert booking.consignment_id.startswith("DL") and booking.status is CarrierStatus.AWAITING_PICKUP
    assert (booking.charge_poisha, booking.tracking_code, booking.tracking_link) == (7_000, "", "")
    assert pathao.status(ParcelName(consignment_id=booking.consignment_id)).status is CarrierStatus.AWAITING_PICKUP
    assert far.asked[1][1] == {
        "store_id": 4101, "merchant_order_id": "DG-1001", "recipient_name": "Rahima Akter",
        "recipient_phone": "01711000000", "recipient_address": "House 12, Road 5, Dhanmondi, Dhaka",
        "recipient_city": 1, "recipient_zone": 55, "delivery_type": 48, "item_type": 2, "item_quantity": 1,
        "item_weight": 0.5, "amount_to_collect": 1060,
    }  # fmt: skip


def test_one_signs_in_once_and_renews_five_minutes_early(clock: ManualClock, far: Counting) -> None:
    pathao = client(clock, far)
    for _ in range(3):
        pathao.areas("city", "")
    assert far.count("/issue-token") == 1
    clock.advance(432_000 - 301)
    pathao.areas("city", "")
    assert far.count("/issue-token") == 1
    clock.advance(2)
    pathao.areas("city", "")
    assert [body["grant_type"] for path, body in far.asked if path == "/issue-token"] == ["password", "refresh_token"]


@pytest.mark.parametrize("forgotten", [False, True], ids=["the refresh token is good", "and it is not"])
def test_a_refused_token_is_renewed_once_and_the_same_call_made_once_more(
    clock: ManualClock, practice: PathaoPractice, far: Counting, forgotten: bool
) -> None:
    pathao = client(clock, far)
    pathao.areas("city", "")
    (tokens.forget if forgotten else tokens.expire)(practice.store)
    far.asked.clear()
    assert book(pathao)
    grants = ["refresh_token", "password"] if forgotten else ["refresh_token"]
    assert [path for path, _ in far.asked] == ["/orders", *["/issue-token"] * len(grants), "/orders"]
    assert [body["grant_type"] for path, body in far.asked if path == "/issue-token"] == grants
    assert len(practice.listed(9)) == 1


def test_eight_at_once_with_an_old_token_renew_it_once(
    clock: ManualClock, practice: PathaoPractice, far: Counting
) -> None:
    pathao = client(clock, far)
    pathao.areas("city", "")
    tokens.expire(practice.store)
    far.asked.clear()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: pathao.areas("city", ""), range(8)))
    assert all(found) and far.count("/issue-token") == 1


@pytest.mark.parametrize("status", ["401", "400"])
def test_wrong_keys_are_said_and_after_three_nobody_is_asked(
    clock: ManualClock, practice: PathaoPractice, far: Counting, status: str
) -> None:
    practice.reads["wrong_keys"] = status
    pathao = client(clock, far, replace(KEYS, password="old"))
    for _ in range(3):
        with pytest.raises(KeysRefused, match="refused the sign-in"):
            book(pathao)
    with pytest.raises(CourierUnavailable, match="was not called"):
        book(pathao)
    assert far.count("/issue-token") == 3 and far.count("/orders") == 0
    assert practice.listed(9) == []


def test_the_client_alone_signs_in_without_the_panels_login(clock: ManualClock, far: Counting) -> None:
    keys = replace(KEYS, sign_in=SignIn.EXTERNAL, username="", password="")
    assert book(client(clock, far, keys))
    assert [path for path, _ in far.asked] == ["/external/login", "/orders"]


def test_the_limits_are_its_own(clock: ManualClock, far: Counting) -> None:
    pathao = client(clock, far)

    def wrong(**change: Any) -> set[str]:
        return set(pathao.check(replace(PARCEL, **change)).errors)

    assert wrong() == set()
    assert wrong(recipient_name="Li") == {"recipient_name"}
    assert wrong(recipient_address="ঢাকা") == {"recipient_address"}
    assert wrong(recipient_address="x" * 221) == {"recipient_address"}
    assert wrong(weight_g=10_001) == {"weight_g"}
    assert wrong(areas={}) == {"store", "city", "zone"}
    assert wrong(areas={"store": STORE, "city": DHAKA}) == {"zone"}
    assert wrong(recipient_phone="8801711000000") == {"recipient_phone"}
    with pytest.raises(InvalidInput):
        pathao.payload(replace(PARCEL, areas={}))
    left = client(clock, far, replace(KEYS, places=Places.LEAVE))
    sent = left.payload(replace(PARCEL, areas={"store": STORE}))
    assert not {"recipient_city", "recipient_zone", "recipient_area"} & set(sent)
    assert left.send(sent).consignment_id


@pytest.mark.parametrize(
    ("weight_g", "kg"), [(0, 0.5), (1, 0.5), (500, 0.5), (501, 0.6), (600, 0.6), (1_001, 1.1), (10_000, 10.0)]
)
def test_grams_are_kilograms_rounded_up_to_a_tenth(clock: ManualClock, far: Counting, weight_g: int, kg: float) -> None:
    assert client(clock, far).payload(replace(PARCEL, weight_g=weight_g))["item_weight"] == kg


REFUSALS = [
    ("errors", "422"), ("validation", "422"), ("errors", "200"), ("validation", "200"),
]  # fmt: skip


@pytest.mark.parametrize(("named", "status"), REFUSALS)
def test_a_refusal_shows_the_fields_own_words_wherever_they_stand(
    clock: ManualClock, practice: PathaoPractice, far: Counting, named: str, status: str
) -> None:
    practice.reads.update(errors=named, refusal=status)
    pathao = client(clock, far)
    with pytest.raises(CourierRefused, match="Wrong Store selected") as caught:
        pathao.send({**pathao.payload(PARCEL), "store_id": 9})
    assert caught.value.fields == {"store_id": "Wrong Store selected."} and practice.listed(9) == []


ANSWERS: list[tuple[str, Callable[[httpx.Request], httpx.Response], type[CourierError | NotFound]]] = [
    ("no id", lambda r: httpx.Response(200, json={"type": "success", "code": 200, "data": {}}), CourierUncertain),
    ("no JSON", lambda r: httpx.Response(200, text="<html>"), CourierUncertain),
    ("a list", lambda r: httpx.Response(200, json=[]), CourierUncertain),
    ("an error beside success", lambda r: httpx.Response(200, json={"type": "success", "error": "No"}), CourierRefused),
    ("another type", lambda r: httpx.Response(200, json={"type": "error", "message": "No"}), CourierRefused),
    ("a refusing code", lambda r: httpx.Response(200, json={"code": 422, "message": "No"}), CourierRefused),
    ("a pause", lambda r: httpx.Response(429, json={"message": "Slow"}), CourierUnavailable),
    ("no such path", lambda r: httpx.Response(404, json={"message": "no Route matched"}), CourierUnavailable),
    ("elsewhere", lambda r: httpx.Response(302, headers={"Location": "http://x.test"}), CourierUncertain),
    ("broken", lambda r: httpx.Response(503, json={"message": "Down"}), CourierUncertain),
]


@pytest.mark.parametrize(("answer", "expected"), [case[1:] for case in ANSWERS], ids=[case[0] for case in ANSWERS])
def test_what_a_booking_is_answered_with_is_one_of_three(
    clock: ManualClock,
    far: Counting,
    answer: Callable[[httpx.Request], httpx.Response],
    expected: type[CourierError],
) -> None:
    class Odd(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            return answer(request) if request.url.path.endswith("/orders") else far.handle_request(request)

    with pytest.raises(CourierError) as caught:
        book(client(clock, Odd()))
    assert isinstance(caught.value, expected)


FAULTS = [
    (Fault("timeout", "orders", delay_s=2), CourierUncertain),
    (Fault("timeout", "orders", delay_s=2, lands=True), CourierUncertain),
    (Fault("drop", "orders"), CourierUncertain),
    (Fault("drop", "orders", lands=True), CourierUncertain),
    (Fault("fail", "orders", http_status=500), CourierUncertain),
    (Fault("fail", "orders", http_status=500, lands=True), CourierUncertain),
    (Fault("html", "orders", lands=True), CourierUncertain),
    (Fault("fail", "orders", http_status=429), CourierUnavailable),
    (Fault("fail", "orders", http_status=403), CourierUnavailable),
    (Fault("timeout", "issue-token", delay_s=2), CourierUnavailable),
    (Fault("html", "issue-token"), CourierUnavailable),
    (Fault("fail", "issue-token", http_status=404), CourierUnavailable),
]


@pytest.mark.parametrize(("fault", "expected"), FAULTS, ids=lambda found: getattr(found, "kind", None))
def test_every_fault_of_a_booking_is_uncertain_or_certainly_nothing(
    clock: ManualClock, practice: PathaoPractice, far: Counting, fault: Fault, expected: type[CourierError]
) -> None:
    practice.faults.add(replace(fault))
    with pytest.raises(CourierError) as caught:
        book(client(clock, far))
    assert isinstance(caught.value, expected)
    assert len(practice.listed(9)) == int(fault.lands)


def test_a_wrong_path_is_no_missing_parcel(clock: ManualClock) -> None:
    lost = client(clock, httpx.MockTransport(lambda r: httpx.Response(404, json={"message": "no Route matched with"})))
    with pytest.raises(CourierUnavailable, match="address"):
        lost.prove_keys()


@pytest.mark.parametrize("missing", ["404", "200"])
def test_a_parcel_that_they_do_not_know_is_missing(
    clock: ManualClock, practice: PathaoPractice, far: Counting, missing: str
) -> None:
    practice.reads["missing"] = missing
    with pytest.raises((NotFound, CourierRefused)):
        client(clock, far).status(ParcelName(consignment_id="DL281126NOBODY"))
    with pytest.raises(NotFound):
        client(clock, far).status(ParcelName(invoice="DG-1001"))


@pytest.mark.parametrize("slug", ["lower", "as the guide has it"])
@pytest.mark.parametrize(
    ("event", "status"),
    [
        ("pickup-requested", CarrierStatus.AWAITING_PICKUP),
        ("pickup-failed", CarrierStatus.PICKUP_FAILED),
        ("pickup-cancelled", CarrierStatus.PICKUP_CANCELLED),
        ("received-at-last-mile-hub", CarrierStatus.PENDING),
        ("assigned-for-delivery", CarrierStatus.OUT_FOR_DELIVERY),
        ("delivered", CarrierStatus.DELIVERED),
        ("partial-delivery", CarrierStatus.PARTIAL_DELIVERED),
        ("delivery-failed", CarrierStatus.DELIVERY_FAILED),
        ("on-hold", CarrierStatus.HOLD),
        ("returned", CarrierStatus.RETURNING),
        ("paid-return", CarrierStatus.PAID_RETURN),
        ("exchanged", CarrierStatus.EXCHANGED),
        ("eaten_by_goat", CarrierStatus.UNKNOWN),
    ],
)
def test_every_status_is_read_in_either_spelling(
    clock: ManualClock, practice: PathaoPractice, far: Counting, event: str, status: CarrierStatus, slug: str
) -> None:
    practice.reads["slug"] = slug
    pathao = client(clock, far)
    consignment_id = book(pathao)
    practice.move(consignment_id, event)
    reading = pathao.status(ParcelName(consignment_id=consignment_id))
    assert (reading.status, reading.return_leg) == (status, ReturnLeg.NONE)


def test_no_word_is_read_as_delivered_but_delivered() -> None:
    assert [word for word, status in WORDS.items() if status is CarrierStatus.DELIVERED] == ["delivered"]
    for word in ("Partial_Delivery", "Delivery_Failed", "not delivered", "Delivered to hub", "redelivered", "", None):
        assert read_word(word).meaning.effect is not Effect.DELIVERED


@pytest.mark.parametrize("kind", ["return", "paid-return", "exchange", "partial-delivery", None, "other"])
def test_only_returned_to_merchant_says_that_the_goods_are_back(kind: str | None) -> None:
    legs = {w: read_leg(w, kind) for w in (*WORDS, "return_id_created", "return_in_transit", "returned_to_merchant")}
    back = [word for word, leg in legs.items() if leg is not None and leg.return_leg is ReturnLeg.RECEIVED]
    assert back == ["returned_to_merchant"]


def test_stores_are_all_pages_of_the_active_ones_and_the_default_is_taken(clock: ManualClock, far: Counting) -> None:
    pathao = client(clock, far)
    assert [(store.id, store.default) for store in pathao.areas("store", "")] == [("4101", True), ("4102", False)]
    assert pathao.prove_keys() == "It picks up from 2 stores: Mirpur, Agrabad."
    assert [area.name for area in pathao.areas("zone", "1")][:2] == ["Mirpur 10", "Mirpur 1"]
    assert pathao.areas("zone", "999999") == []


def test_calls_keep_to_the_pace_that_the_owner_set(clock: ManualClock) -> None:
    sessions = MemorySessions(clock)
    assert [sessions.turn_s("a", "pathao", 120) for _ in range(4)] == pytest.approx([0, 0.5, 1, 1.5], abs=1e-3)
    clock.advance(10)
    assert sessions.turn_s("a", "pathao", 120) == 0 and sessions.turn_s("b", "pathao", 120) == 0


def test_the_form_names_where_it_goes() -> None:
    assert pathao_keys({}).url == "https://api-hermes.pathao.com/aladdin/api/v1"
    assert pathao_keys({"server": "sandbox"}).url == "https://courier-api-sandbox.pathao.com/aladdin/api/v1"
    assert pathao_keys({"base_url": "http://here/aladdin/api/v1/"}).url == "http://here/aladdin/api/v1"
    one, other = pathao_keys({"password": "a"}), pathao_keys({"password": "b"})
    assert one.account != other.account and one.account != "a"
    whole = {"client_id": "7", "client_secret": "s"}
    assert not PATHAO.has_account(whole) and PATHAO.has_account({**whole, "sign_in": "external"})


@pytest.mark.parametrize(
    ("heard", "due"),
    [("2026-11-27T09:00", "2026-11-28T18:00"), ("2026-11-27T23:59", "2026-11-28T18:00"),
     ("2026-11-28T00:01", "2026-11-29T18:00")],
)  # fmt: skip
def test_a_failed_delivery_is_answered_until_18_00_of_the_next_day_in_dhaka(heard: str, due: str) -> None:
    def us(day: str) -> int:
        return us_of(datetime.fromisoformat(day).replace(tzinfo=ZONE))

    assert answer_by("refused", us(heard)) == us(due)
    assert answer_by("lost", us(heard)) is None
    assert set(FAILED_DELIVERIES) == ANSWERED_THERE


def token(**more: object) -> httpx.Response:
    return httpx.Response(200, json={"token_type": "Bearer", "expires_in": "432000", **more})


@pytest.mark.parametrize("refresh", [{"refresh_token": "second"}, {}], ids=["replaced", "kept"])
def test_a_refresh_token_is_used_on_whether_it_is_replaced_or_not(clock: ManualClock, refresh: dict[str, str]) -> None:
    asked: list[dict[str, str]] = []

    def far(request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/issue-token"):
            return httpx.Response(200, json={"type": "success", "code": 200, "data": {"data": []}})
        asked.append(json.loads(request.content))
        more = {"refresh_token": "first"} if len(asked) == 1 else refresh
        return token(access_token=f"a{len(asked)}", **more)

    pathao = Pathao(KEYS, Line(clock, httpx.MockTransport(far), is_played=True))
    for _ in range(3):
        pathao.prove_keys()
        clock.advance(432_000)
    assert [body["grant_type"] for body in asked] == ["password", "refresh_token", "refresh_token"]
    assert [body.get("refresh_token") for body in asked] == [None, "first", refresh.get("refresh_token", "first")]


@pytest.mark.parametrize("status", [400, 401, 403, 422])
def test_a_refresh_that_is_refused_with_any_status_goes_on_by_the_login(clock: ManualClock, status: int) -> None:
    asked: list[str] = []

    def far(request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/issue-token"):
            return httpx.Response(200, json={"type": "success", "code": 200, "data": {"data": []}})
        asked.append(json.loads(request.content)["grant_type"])
        if asked[-1] == "refresh_token":
            return httpx.Response(status, json={"error": "invalid_grant", "message": "no"})
        return token(access_token=f"a{len(asked)}", refresh_token="r")

    pathao = Pathao(KEYS, Line(clock, httpx.MockTransport(far), is_played=True))
    for _ in range(2):
        pathao.prove_keys()
        clock.advance(432_000)
    assert asked == ["password", "refresh_token", "password"]
