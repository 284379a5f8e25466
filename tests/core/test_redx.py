"""Our RedX client against its practice server: bookings, words, places, and every answer of the contract."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from dokango.clock import ManualClock
from dokango.courier_errors import CourierError, CourierRefused, CourierUnavailable, CourierUncertain
from dokango.couriers.kind.areas import Address, Area
from dokango.couriers.kind.base import Parcel, ParcelName
from dokango.couriers.kind.status import CarrierStatus, ReturnLeg
from dokango.couriers.line import Line
from dokango.couriers.line.http import KeysRefused
from dokango.couriers.practice.faults import Fault
from dokango.couriers.practice.in_process import InProcess
from dokango.couriers.redx import places
from dokango.couriers.redx.client import RedX
from dokango.couriers.redx.keys import PATHS, SERVERS, Box, RedxKeys, Server, Types, redx_keys
from dokango.couriers.redx.practice.app import RedxPractice, open_practice
from dokango.couriers.redx.practice.server import READINGS
from dokango.couriers.redx.webhook import WEBHOOK
from dokango.couriers.redx.words import WORDS, read_word
from dokango.errors import InvalidInput, NotFound

KEYS = RedxKeys("practice", f"http://practice-redx{PATHS}")
PARCEL = Parcel(
    invoice="DG-1001",
    recipient_name="Rahima Akter",
    recipient_phone="01711000000",
    recipient_address="House 12, Road 5, Dhanmondi, Dhaka",
    cod_poisha=106_000,
    value_poisha=150_000,
    areas={"district": Area("Dhaka", "Dhaka"), "area": Area("2", "Dhanmondi")},
)


class Watched(InProcess):
    """The practice server at the end of a line that remembers what was asked."""

    def __init__(self, practice: RedxPractice) -> None:
        super().__init__(practice.app())
        self.asked: list[tuple[str, str, Any]] = []
        self.headers: list[httpx.Headers] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.read() or b"null")
        self.asked.append((request.method, request.url.path.removeprefix(PATHS), body))
        self.headers.append(request.headers)
        return super().handle_request(request)


@pytest.fixture
def practice(clock: ManualClock) -> Iterator[RedxPractice]:
    found = open_practice(None, clock, KEYS)
    yield found
    found.close()


@pytest.fixture
def far(practice: RedxPractice) -> Watched:
    return Watched(practice)


@pytest.fixture
def redx(clock: ManualClock, far: Watched) -> RedX:
    return client(clock, far)


def client(clock: ManualClock, far: httpx.BaseTransport, keys: RedxKeys = KEYS) -> RedX:
    return RedX(keys, Line(clock, far, httpx.Timeout(0.3), is_played=True))


def said(clock: ManualClock, answer: httpx.Response) -> RedX:
    """A client whose every call is answered so."""
    return client(clock, httpx.MockTransport(lambda request: answer))


def book(redx: RedX, parcel: Parcel = PARCEL) -> ParcelName:
    return ParcelName(parcel.invoice, redx.send(redx.payload(parcel)).consignment_id)


def test_a_parcel_is_booked_with_the_tables_types_and_followed(redx: RedX, far: Watched) -> None:
    name = book(redx, replace(PARCEL, note="Call first"))
    assert far.asked == [("POST", "/parcel", {
        "customer_name": "Rahima Akter", "customer_phone": "01711000000",
        "customer_address": "House 12, Road 5, Dhanmondi, Dhaka", "delivery_area": "Dhanmondi", "delivery_area_id": 2,
        "cash_collection_amount": "1060", "parcel_weight": 500, "value": 1500, "merchant_invoice_id": "DG-1001",
        "instruction": "Call first",
    })]  # fmt: skip
    assert redx.status(name).status is CarrierStatus.AWAITING_PICKUP


def test_the_token_goes_in_redxs_own_header_and_in_no_other(redx: RedX, far: Watched) -> None:
    redx.prove_keys()
    assert far.headers[0]["api-access-token"] == "Bearer practice" and "authorization" not in far.headers[0]


def test_prepaid_is_zero_as_text_and_still_worth_something(redx: RedX) -> None:
    prepaid = redx.payload(replace(PARCEL, cod_poisha=0))
    assert (prepaid["cash_collection_amount"], prepaid["value"]) == ("0", 1500)
    assert redx.payload(replace(PARCEL, value_poisha=0))["value"] == 1060


@pytest.mark.parametrize(
    ("keys", "more"),
    [
        (replace(KEYS, pickup_store_id="2"), {"pickup_store_id": 2}),
        (replace(KEYS, box=Box.OPEN), {"is_closed_box": "false"}),
        (replace(KEYS, box=Box.CLOSED), {"is_closed_box": "true"}),
        (replace(KEYS, weight_g=750), {"parcel_weight": 750}),
        (replace(KEYS, types=Types.TABLE), {"parcel_weight": "500", "value": "1500", "delivery_area_id": 2}),
        (replace(KEYS, types=Types.TABLE, pickup_store_id="2"), {"pickup_store_id": "2"}),
        (replace(KEYS, types=Types.TABLE, box=Box.OPEN), {"is_closed_box": False}),
        (replace(KEYS, types=Types.TABLE, box=Box.CLOSED), {"is_closed_box": True}),
    ],
)
def test_what_the_owner_set_is_in_the_parcel(
    clock: ManualClock, far: Watched, keys: RedxKeys, more: dict[str, Any]
) -> None:
    redx = client(clock, far, keys)
    payload = redx.payload(PARCEL)
    assert more.items() <= payload.items() and redx.send(payload).consignment_id


def test_a_parcel_without_its_places_is_not_sent(redx: RedX) -> None:
    assert set(redx.check(replace(PARCEL, areas={})).errors) == {"district", "area"}
    with pytest.raises(InvalidInput):
        redx.payload(replace(PARCEL, recipient_phone="8801711000000"))


@pytest.mark.parametrize("name", READINGS)
def test_whichever_way_the_contract_is_read_a_parcel_is_booked_and_followed(
    redx: RedX, practice: RedxPractice, clock: ManualClock, name: str
) -> None:
    for way in READINGS[name]:
        practice.reads = {name: way}
        parcel = book(redx)
        practice.move(parcel.consignment_id, "delivered")
        assert redx.status(parcel).status is CarrierStatus.DELIVERED
        assert [area.name for area in redx.areas("area", redx.areas("district", "")[0].id)]


@pytest.mark.parametrize("status", READINGS["refusal"])
@pytest.mark.parametrize("errors", READINGS["errors"])
def test_a_refusal_is_read_wherever_its_words_stand(
    redx: RedX, practice: RedxPractice, status: str, errors: str
) -> None:
    practice.reads = {"refusal": status, "errors": errors}
    with pytest.raises(CourierRefused, match="delivery_area_id is not valid"):
        redx.send({**redx.payload(PARCEL), "delivery_area_id": 999})


@pytest.mark.parametrize("way", READINGS["wrong_token"])
def test_a_wrong_token_books_nothing(clock: ManualClock, practice: RedxPractice, far: Watched, way: str) -> None:
    practice.reads = {"wrong_token": way}
    with pytest.raises(CourierUnavailable, match="Check the courier keys"):
        book(client(clock, far, replace(KEYS, token="wrong")))
    assert practice.listed(9) == []


def test_a_token_pasted_with_its_bearer_is_the_same_token() -> None:
    assert redx_keys({"access_token": " Bearer abc "}).token == "abc"


def test_the_sandbox_has_a_token_of_its_own() -> None:
    keys = redx_keys({"server": "sandbox", "access_token": "live", "sandbox_token": "toy"})
    assert (keys.token, keys.url) == ("toy", SERVERS[Server.SANDBOX])
    assert redx_keys({"access_token": "live"}).url == SERVERS[Server.LIVE]
    assert keys.account != redx_keys({"access_token": "live"}).account


@pytest.mark.parametrize(
    "fault",
    [
        Fault("timeout", "/parcel", delay_s=2, lands=True), Fault("timeout", "/parcel", delay_s=2),
        Fault("drop", "/parcel", lands=True), Fault("html", "/parcel"), Fault("fail", "/parcel", http_status=503),
    ],
    ids=str,
)  # fmt: skip
def test_a_booking_without_a_clear_answer_is_uncertain(redx: RedX, practice: RedxPractice, fault: Fault) -> None:
    practice.faults.add(fault)
    with pytest.raises(CourierUncertain):
        book(redx)
    assert len(practice.listed(9)) == fault.lands


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.Response(200, json={"message": "ok"}), CourierUncertain),
        (httpx.Response(200, json={"tracking_id": None}), CourierUncertain),
        (httpx.Response(200, json=[]), CourierUncertain),
        (httpx.Response(302, headers={"Location": "https://elsewhere.test"}), CourierUncertain),
        (httpx.Response(200, json={"status": "error", "message": "No"}), CourierRefused),
        (httpx.Response(200, json={"error": "No"}), CourierRefused),
        (httpx.Response(401, json={"message": "No"}), KeysRefused),
        (httpx.Response(404, json={"message": "No"}), CourierUnavailable),
        (httpx.Response(429, json={"message": "Slow"}), CourierUnavailable),
    ],
    ids=lambda value: value.text[:40] if isinstance(value, httpx.Response) else "",
)
def test_an_answer_to_a_booking_is_what_it_says(
    clock: ManualClock, answer: httpx.Response, kind: type[CourierError]
) -> None:
    with pytest.raises(kind):
        said(clock, answer).send({"merchant_invoice_id": "DG-1001"})


def test_an_answer_that_names_the_parcel_booked_it_whatever_stands_beside(clock: ManualClock) -> None:
    both = httpx.Response(201, json={"tracking_id": "26A1", "errors": ["weight rounded"]})
    assert said(clock, both).send({}).consignment_id == "26A1"


@pytest.mark.parametrize("way", READINGS["missing"])
def test_a_parcel_that_is_not_there_has_no_status(redx: RedX, practice: RedxPractice, way: str) -> None:
    practice.reads = {"missing": way}
    with pytest.raises((NotFound, CourierRefused)):
        redx.status(ParcelName("DG-1", "26A1"))
    with pytest.raises(NotFound):
        redx.status(ParcelName("DG-1"))


@pytest.mark.parametrize(
    ("word", "status", "leg"),
    [
        ("pickup-pending", CarrierStatus.AWAITING_PICKUP, ReturnLeg.NONE),
        ("Ready For_Delivery", CarrierStatus.PENDING, ReturnLeg.NONE),
        ("delivery-in-progress", CarrierStatus.OUT_FOR_DELIVERY, ReturnLeg.NONE),
        ("DELIVERED", CarrierStatus.DELIVERED, ReturnLeg.NONE),
        ("agent-hold", CarrierStatus.HOLD, ReturnLeg.NONE),
        ("agent-area-change", CarrierStatus.HOLD, ReturnLeg.NONE),
        ("agent-returning", CarrierStatus.RETURNING, ReturnLeg.NONE),
        ("returned", CarrierStatus.CANCELLED, ReturnLeg.RECEIVED),
        ("canceled", CarrierStatus.PICKUP_CANCELLED, ReturnLeg.NONE),
        ("agent-hold-returning", CarrierStatus.UNKNOWN, ReturnLeg.NONE),
        ("not-delivered", CarrierStatus.UNKNOWN, ReturnLeg.NONE),
        ("delivered-partially", CarrierStatus.UNKNOWN, ReturnLeg.NONE),
        (None, CarrierStatus.UNKNOWN, ReturnLeg.NONE),
    ],
)
def test_words_are_folded_and_only_returned_says_that_the_goods_are_here(
    word: object, status: CarrierStatus, leg: ReturnLeg
) -> None:
    found = read_word(word)
    assert (found.status, found.return_leg, found.raw) == (status, leg, word or "")


def test_no_word_but_delivered_is_delivered_and_none_but_returned_is_back() -> None:
    assert [word for word in WORDS if read_word(word).status is CarrierStatus.DELIVERED] == ["delivered"]
    assert [word for word in WORDS if read_word(word).return_leg is not ReturnLeg.NONE] == ["returned"]


def test_a_cancelled_parcel_is_cancelled_when_its_info_says_so(
    redx: RedX, practice: RedxPractice, clock: ManualClock
) -> None:
    practice.reads = {"cancelled": "later"}
    name = book(redx)
    assert redx.cancel(name, "changed her mind") == "Request Accepted"
    assert redx.status(name).status is CarrierStatus.AWAITING_PICKUP, "accepted is not done"
    clock.advance(6)
    assert redx.status(name).status is CarrierStatus.PICKUP_CANCELLED


@pytest.mark.parametrize("way", READINGS["cancel_late"])
def test_after_pick_up_it_is_refused_or_passed_over(redx: RedX, practice: RedxPractice, way: str) -> None:
    practice.reads = {"cancel_late": way}
    name = book(redx)
    practice.move(name.consignment_id, "ready-for-delivery")
    if way == "refused":
        with pytest.raises(CourierRefused, match="picked up"):
            redx.cancel(name, "late")
    else:
        redx.cancel(name, "late")
    assert redx.status(name).status is CarrierStatus.PENDING


def test_a_parcel_without_an_id_cannot_be_cancelled_yet(redx: RedX) -> None:
    with pytest.raises(InvalidInput):
        redx.cancel(ParcelName("DG-1001"), "no")


def test_stores_prove_the_token_and_a_wrong_store_is_said(clock: ManualClock, redx: RedX, far: Watched) -> None:
    assert redx.prove_keys() == "It picks up from 2 stores: Mirpur, Agrabad."
    assert "knows no store 77" in client(clock, far, replace(KEYS, pickup_store_id="77")).prove_keys()


@pytest.mark.parametrize("district", ["Cumilla", "Chattogram"])
def test_a_district_in_two_spellings_is_one_with_the_areas_of_both(redx: RedX, district: str) -> None:
    assert [area.id for area in redx.areas("district", "")].count(district) == 1
    assert len(redx.areas("area", district)) == 2


@pytest.mark.parametrize(
    ("address", "area"),
    [
        (Address("Dhaka", "Mohammadpur"), "1"), (Address("Dhaka", "", "", "House 3, Banani, Dhaka"), "4"),
        (Address("Cumilla", "Laksam"), "24"), (Address("Dhaka", "Nowhere"), None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("way", READINGS["districts"])
def test_an_address_finds_its_area_where_one_fits_and_a_person_where_none_does(
    redx: RedX, practice: RedxPractice, way: str, address: Address, area: str | None
) -> None:
    practice.reads = {"districts": way}
    first, second = redx.area_levels
    district = first.guess(address, redx.areas("district", ""))
    assert district is not None
    found = second.guess(address, redx.areas("area", district.id))
    assert (found.id if found else None) == area


def test_rows_that_are_no_areas_are_left_out() -> None:
    rows = [{"id": "x", "name": "A", "district_name": "Dhaka"}, {"id": 3, "district_name": "Dhaka"}, {"zone_id": 99}]
    assert places.districts(rows)[0].id == "Dhaka" and places.areas(rows, "Dhaka") == []


def test_the_token_stands_in_the_address_that_redx_is_given() -> None:
    assert WEBHOOK.address("https://shop.test/hook", "a b&c") == "https://shop.test/hook?token=a+b%26c"
    assert WEBHOOK.address("https://shop.test/hook?x=1", "t") == "https://shop.test/hook?x=1&token=t"


NEWS = {
    "tracking_number": "26A312THQ7J8", "timestamp": "2026-11-27T10:15:00.000Z", "status": "delivered",
    "message_en": "Parcel is delivered", "message_bn": "…", "invoice_number": "ORD-10231",
}  # fmt: skip


def test_a_notification_is_read_by_the_webhooks_names_and_by_the_apis() -> None:
    by_api = {"tracking_id": "26A312THQ7J8", "merchant_invoice_id": "ORD-10231", "status": "delivered"}
    for body in (NEWS, by_api):
        news = WEBHOOK.read(body)
        assert (news.consignment_id, news.invoice, news.status) == ("26A312THQ7J8", "ORD-10231", "delivered")
        assert news.counts is None, "it is a hint: the API confirms it before money or stock moves"
    assert WEBHOOK.in_address == "token"


@pytest.mark.parametrize(
    "timestamp", ["2026-11-27T10:15:00.000Z", "2026-11-27 16:15:00", 1795774500000, "1795774500000", 1795774500]
)
def test_a_time_is_read_in_any_format(timestamp: object) -> None:
    assert WEBHOOK.read({**NEWS, "timestamp": timestamp}).updated_at_us == 1_795_774_500_000_000


def test_the_same_event_has_the_same_key_and_another_has_not() -> None:
    assert WEBHOOK.key_of({}, NEWS) == WEBHOOK.key_of({}, {**NEWS, "message_en": "again"})
    others = [{**NEWS, "status": "returned"}, {**NEWS, "timestamp": "later"}, {**NEWS, "tracking_number": "2"}]
    assert len({WEBHOOK.key_of({}, body) for body in (NEWS, *others)}) == 4
    assert WEBHOOK.key_of({}, {"tracking_number": "2", "status": "delivered"}) == ""


@pytest.mark.parametrize("body", [{}, {"timestamp": [1]}, {"tracking_number": {"a": 1}, "status": None}])
def test_a_strange_notification_is_read_as_nothing(body: dict[str, Any]) -> None:
    news = WEBHOOK.read(body)
    assert (news.consignment_id, news.status, news.updated_at_us) == ("", "", None)
