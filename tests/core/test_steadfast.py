"""The Steadfast client against every shape that the contract names; the fake stands at the HTTP boundary alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from dokango.clock import ManualClock
from dokango.courier_errors import CourierError, CourierRefused, CourierUnavailable, CourierUncertain
from dokango.couriers.kind.base import Parcel, ParcelName
from dokango.couriers.kind.status import CarrierStatus, ReturnLeg
from dokango.couriers.line import Line
from dokango.couriers.steadfast.booking import invoice_taken
from dokango.couriers.steadfast.client import Steadfast
from dokango.couriers.steadfast.keys import SteadfastKeys
from dokango.errors import InvalidInput, NotFound

PARCEL = Parcel(
    invoice="1042",
    recipient_name="Rahima Akter",
    recipient_phone="01711000000",
    recipient_address="House 12, Road 5, Dhanmondi, Dhaka",
    cod_poisha=106_000,
    note="Call first",
)
CREATED = {
    "status": 200,
    "message": "Consignment has been created successfully.",
    "consignment": {
        "consignment_id": 1424107,
        "invoice": "1042",
        "tracking_code": "15BAEB8A",
        "tracking_link": "https://steadfast.com.bd/t/a1b2c3d4",
        "cod_amount": 1060,
        "status": "in_review",
    },
}
TAKEN = {"status": 400, "message": "Bad", "errors": {"invoice": ["The invoice has already been taken."]}}

Handler = Callable[[httpx.Request], httpx.Response]


def client(handler: Handler, clock: ManualClock | None = None) -> Steadfast:
    clock = clock or ManualClock(datetime(2026, 11, 22, tzinfo=UTC))
    keys = SteadfastKeys("key", "secret", "https://courier.test/api/v1")
    return Steadfast(keys, Line(clock, httpx.MockTransport(handler)))


def answering(status: int, body: object = None, text: str | None = None, **headers: str) -> Handler:
    def handler(request: httpx.Request) -> httpx.Response:
        content = text if text is not None else json.dumps(body)
        return httpx.Response(status, text=content, headers=headers)

    return handler


def failing(error: type[httpx.HTTPError]) -> Handler:
    def handler(request: httpx.Request) -> httpx.Response:
        raise error("boom", request=request)  # type: ignore[call-arg]

    return handler


def test_a_booking_sends_the_keys_and_whole_taka_and_reads_the_answer() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=CREATED)

    booking = client(handler).book(PARCEL)
    assert (booking.consignment_id, booking.tracking_code) == ("1424107", "15BAEB8A")
    assert booking.tracking_link == "https://steadfast.com.bd/t/a1b2c3d4"
    assert booking.status is CarrierStatus.IN_REVIEW
    (request,) = seen
    assert request.url == "https://courier.test/api/v1/create_order"
    assert request.headers["Api-Key"] == "key" and request.headers["Secret-Key"] == "secret"
    assert request.headers["Content-Type"] == "application/json"
    sent = json.loads(request.content)
    assert sent["cod_amount"] == 1060 and type(sent["cod_amount"]) is int
    assert sent == client(handler).payload(PARCEL)


@pytest.mark.parametrize(("cod_poisha", "taka"), [(0, 0), (105_049, 1_050), (105_050, 1_051), (105_100, 1_051)])
def test_the_rider_collects_whole_taka_rounded_half_up(cod_poisha: int, taka: int) -> None:
    assert client(answering(200, CREATED)).payload(replace(PARCEL, cod_poisha=cod_poisha))["cod_amount"] == taka


@pytest.mark.parametrize("consignment_id", [1424107, "1424107", 1424107.0])
def test_ids_are_text_whatever_they_come_as_and_an_old_answer_has_no_link(consignment_id: object) -> None:
    body = {"status": "200", "consignment": {"consignment_id": consignment_id, "tracking_code": "15BAEB8A"}}
    booking = client(answering(200, body)).book(PARCEL)
    assert booking.consignment_id == "1424107" and booking.tracking_link == ""


def test_a_link_that_a_browser_must_not_follow_is_not_kept() -> None:
    body = {"status": 200, "consignment": {"consignment_id": 1, "tracking_link": "javascript:alert(1)"}}
    assert client(answering(200, body)).book(PARCEL).tracking_link == ""


BOOKING_FAILURES = [
    ("refused as HTTP 400", answering(400, TAKEN), CourierRefused),
    ("refused inside HTTP 200", answering(200, TAKEN), CourierRefused),
    ("errors as a string", answering(200, {"status": 400, "errors": "Bad phone"}), CourierRefused),
    ("refused without errors", answering(422, {"message": "Unprocessable"}), CourierRefused),
    ("wrong keys", answering(401, {"message": "Unauthenticated."}), CourierUnavailable),
    ("wrong keys inside 200", answering(200, {"status": 401, "message": "Unauthorized"}), CourierUnavailable),
    ("inactive account", answering(403, {"message": "Your account is not active"}), CourierUnavailable),
    ("locked out", answering(429, {"message": "Too Many Attempts."}), CourierUnavailable),
    ("no such call", answering(404, {"message": "Not found"}), CourierUnavailable),
    ("moved", answering(301, text="", Location="https://elsewhere.test/"), CourierUnavailable),
    ("redirect after the deed", answering(302, text="", Location="https://elsewhere.test/"), CourierUncertain),
    ("server error", answering(500, {"message": "Server Error"}), CourierUncertain),
    ("gateway", answering(502, text="<html>Bad gateway</html>"), CourierUncertain),
    ("a page instead of JSON", answering(200, text="<!doctype html><html></html>"), CourierUncertain),
    ("success without an id", answering(200, {"status": 200, "consignment": {}}), CourierUncertain),
    ("success with a list", answering(200, []), CourierUncertain),
    ("not reached", failing(httpx.ConnectError), CourierUnavailable),
    ("connecting took too long", failing(httpx.ConnectTimeout), CourierUnavailable),
    ("time-out", failing(httpx.ReadTimeout), CourierUncertain),
    ("line dropped", failing(httpx.ReadError), CourierUncertain),
    ("closed without an answer", failing(httpx.RemoteProtocolError), CourierUncertain),
    ("line dropped while sending", failing(httpx.WriteError), CourierUncertain),
]


@pytest.mark.parametrize(
    ("handler", "expected"), [case[1:] for case in BOOKING_FAILURES], ids=[case[0] for case in BOOKING_FAILURES]
)
def test_every_failed_booking_is_one_of_three(handler: Handler, expected: type[CourierError]) -> None:
    with pytest.raises(CourierError) as caught:
        client(handler).book(PARCEL)
    assert isinstance(caught.value, expected)
    assert "<html" not in str(caught.value) and "None" not in str(caught.value)


def test_a_refusal_carries_their_reason_per_field_and_a_taken_invoice_is_known() -> None:
    with pytest.raises(CourierRefused, match="already been taken") as caught:
        client(answering(200, TAKEN)).book(PARCEL)
    assert caught.value.fields == {"invoice": "The invoice has already been taken."}
    assert invoice_taken(caught.value)


def test_the_keys_never_follow_a_redirect() -> None:
    hosts: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        return httpx.Response(307, headers={"Location": "https://thief.test/"})

    with pytest.raises(CourierUnavailable):
        client(handler).balance_poisha()
    assert hosts == ["courier.test"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"recipient_phone": "1711000000"}, "recipient_phone"),
        ({"recipient_phone": "+8801711000000"}, "recipient_phone"),
        ({"recipient_phone": "০১৭১১০০০০০০"}, "recipient_phone"),
        ({"alternative_phone": "12"}, "alternative_phone"),
        ({"recipient_name": "x" * 101}, "recipient_name"),
        ({"recipient_name": " ; "}, "recipient_name"),
        ({"recipient_address": "x" * 491}, "recipient_address"),
        ({"note": "x" * 481}, "note"),
        ({"item_description": "x" * 256}, "item_description"),
        ({"cod_poisha": -100}, "collects"),
        ({"cod_poisha": 100_000_100}, "collects"),
        ({"invoice": "10 42"}, "invoice"),
        ({"recipient_email": "nobody"}, "recipient_email"),
        ({"total_lot": 0}, "total_lot"),
    ],
)
def test_what_breaks_a_rule_is_never_sent(change: dict[str, object], field: str) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise AssertionError("sent")

    wrong = Parcel(**{**{name: getattr(PARCEL, name) for name in PARCEL.__dataclass_fields__}, **change})  # type: ignore[arg-type]
    with pytest.raises(InvalidInput) as caught:
        client(handler).book(wrong)
    assert list(caught.value.fields) == [field]


def test_a_long_address_is_warned_about_and_signs_that_they_swallow_go_as_spaces() -> None:
    parcel = Parcel("1042-2", "A <b>", "01711000000", "House {1}; " + "x" * 260, 105_050)
    courier = client(answering(200, CREATED))
    assert set(courier.check(parcel).warnings) == {"recipient_address", "text", "collects"}
    sent = courier.payload(parcel)
    assert sent["recipient_name"] == "A b" and str(sent["recipient_address"]).startswith("House 1 x")
    assert sent["cod_amount"] == 1051


@pytest.mark.parametrize(
    ("body", "status", "leg"),
    [
        ({"status": 200, "delivery_status": "in_review"}, CarrierStatus.IN_REVIEW, ReturnLeg.NONE),
        ({"status": "200", "delivery_status": "Delivered"}, CarrierStatus.DELIVERED, ReturnLeg.NONE),
        ({"delivery_status": "in review"}, CarrierStatus.IN_REVIEW, ReturnLeg.NONE),
        ({"delivery_status": "Partial-Delivered"}, CarrierStatus.PARTIAL_DELIVERED, ReturnLeg.NONE),
        ({"delivery_status": "delivered_approval_pending"}, CarrierStatus.DELIVERED_APPROVAL_PENDING, ReturnLeg.NONE),
        ({"delivery_status": "Canceled"}, CarrierStatus.CANCELLED, ReturnLeg.NONE),
        ({"delivery_status": "cancelled_return_received"}, CarrierStatus.CANCELLED, ReturnLeg.RECEIVED),
        (
            {"delivery_status": "cancelled", "return_status": "Processing"},
            CarrierStatus.CANCELLED,
            ReturnLeg.PROCESSING,
        ),
        (
            {"delivery_status": "cancelled", "return_status": "cancelled_return_rider_assigned"},
            CarrierStatus.CANCELLED,
            ReturnLeg.RIDER_ASSIGNED,
        ),
        (
            {"delivery_status": "cancelled", "return_status": {"status": "received"}},
            CarrierStatus.CANCELLED,
            ReturnLeg.RECEIVED,
        ),
        ({"delivery_status": "almost_delivered"}, CarrierStatus.UNKNOWN, ReturnLeg.NONE),
        ({"delivery_status": "delivered_return_received"}, CarrierStatus.UNKNOWN, ReturnLeg.NONE),
        ({"delivery_status": "shipped"}, CarrierStatus.UNKNOWN, ReturnLeg.NONE),
        ({"delivery_status": None}, CarrierStatus.UNKNOWN, ReturnLeg.NONE),
        ({"delivery_status": ["delivered"]}, CarrierStatus.UNKNOWN, ReturnLeg.NONE),
    ],
)
def test_statuses_are_read_in_every_spelling_and_an_unknown_one_is_not_delivered(
    body: dict[str, object], status: CarrierStatus, leg: ReturnLeg
) -> None:
    reading = client(answering(200, body)).status(ParcelName("1042", "1424107"))
    assert (reading.status, reading.return_leg) == (status, leg)
    if isinstance(body["delivery_status"], str):
        assert reading.raw == body["delivery_status"]


@pytest.mark.parametrize(
    "handler",
    [
        answering(404, {"message": "Not found"}),
        answering(200, {"status": 404, "message": "Not found"}),
        answering(200, {"status": 200, "tracking": []}),
    ],
)
def test_a_parcel_that_they_do_not_know_is_found_in_none_of_three_shapes(handler: Handler) -> None:
    assert client(handler).find_booking("1042") is None
    with pytest.raises(NotFound):
        client(handler).status(ParcelName("1042"))


def test_a_lost_booking_is_found_again_by_its_invoice() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/api/v1/trackings_by_invoice/1042"
        return httpx.Response(200, json={"status": 200, "tracking": [{"consignment_id": 1424107, "text": "…"}]})

    booking = client(handler).find_booking("1042")
    assert booking is not None and booking.consignment_id == "1424107" and booking.tracking_code == ""


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (ParcelName("1042", "7", "ABC"), "/api/v1/status_with_return_status_by_cid/7"),
        (ParcelName("1042", "", "ABC"), "/api/v1/status_by_trackingcode/ABC"),
        (ParcelName("1042"), "/api/v1/status_by_invoice/1042"),
        (ParcelName("", "../get_balance"), "/api/v1/status_with_return_status_by_cid/..%2Fget_balance"),
    ],
)
def test_the_best_known_name_is_asked_for(name: ParcelName, path: str) -> None:
    seen: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path.decode())
        return httpx.Response(200, json={"delivery_status": "pending"})

    client(handler).status(name)
    assert seen == [path]


@pytest.mark.parametrize(
    ("amount", "poisha"), [(12450, 1_245_000), (12450.5, 1_245_050), ("0.00", 0), ("1,060.00", 106_000)]
)
def test_a_balance_is_read_as_int_float_or_text(amount: object, poisha: int) -> None:
    assert client(answering(200, {"status": 200, "current_balance": amount})).balance_poisha() == poisha


@pytest.mark.parametrize("amount", [None, True, "much", "NaN", "Infinity", "9" * 40, []])
def test_a_balance_that_is_no_amount_is_not_taken_for_one(amount: object) -> None:
    with pytest.raises(CourierUnavailable):
        client(answering(200, {"status": 200, "current_balance": amount})).balance_poisha()


def bulk_row(invoice: str, **change: object) -> dict[str, object]:
    return {"invoice": invoice, "consignment_id": 1, "tracking_code": "A", "status": "success"} | change


@pytest.mark.parametrize("enveloped", [True, False])
@pytest.mark.parametrize("error", [["THIS_INVOICE_ALREADY_EXISTS"], '["THIS_INVOICE_ALREADY_EXISTS"]'])
@pytest.mark.parametrize("status", [None, "error"])
def test_every_row_of_a_bulk_answer_has_its_own_fate(enveloped: bool, error: object, status: object) -> None:
    bad = bulk_row("3", consignment_id=None, tracking_code=None, status=status, error=error)
    answer = [bulk_row("1"), bad]
    body = {"status": 200, "data": answer} if enveloped else answer
    good, taken = client(answering(200, body)).send_many([{"invoice": "1"}, {"invoice": "3"}])
    assert good.booking is not None and good.booking.consignment_id == "1" and good.error is None
    assert isinstance(taken.error, CourierRefused) and invoice_taken(taken.error)
    assert "This invoice already exists." in str(taken.error)


def test_a_row_that_a_bulk_answer_leaves_out_is_uncertain() -> None:
    first, second = client(answering(200, [bulk_row("2")])).send_many([{"invoice": "1"}, {"invoice": "2"}])
    assert isinstance(first.error, CourierUncertain) and second.booking is not None


@pytest.mark.parametrize(
    "body",
    [
        [bulk_row("dg-1"), bulk_row("DG-2", consignment_id=2)],  # in another case
        [bulk_row("DG-2", consignment_id=2), bulk_row("DG-1")],  # in another order
        {"status": 200, "data": {"0": bulk_row("DG-1"), "1": bulk_row("DG-2", consignment_id=2)}},
        json.dumps([bulk_row("DG-1"), bulk_row("DG-2", consignment_id=2)]),
        [bulk_row("", status="Success"), bulk_row("", consignment_id="2", status=200)],  # unnamed, by their places
    ],
)
def test_the_rows_of_a_bulk_answer_are_read_in_every_shape(body: object) -> None:
    first, second = client(answering(200, body)).send_many([{"invoice": "DG-1"}, {"invoice": "DG-2"}])
    assert first.booking is not None and second.booking is not None
    assert (first.booking.consignment_id, second.booking.consignment_id) == ("1", "2")
    assert {first.booking.status, second.booking.status} == {CarrierStatus.IN_REVIEW}


def test_a_row_that_names_another_parcel_counts_for_that_one_alone() -> None:
    rows = [bulk_row("3", consignment_id=3), bulk_row("2", consignment_id=2)]
    first, second = client(answering(200, rows)).send_many([{"invoice": "1"}, {"invoice": "2"}])
    assert isinstance(first.error, CourierUncertain)
    assert second.booking is not None and second.booking.consignment_id == "2"


def test_a_bulk_answer_is_waited_for_longer_than_one_of_a_single_parcel() -> None:
    waited: list[float] = []

    def handler(request: httpx.Request) -> httpx.Response:
        waited.append(request.extensions["timeout"]["read"])
        return httpx.Response(200, json=CREATED if len(waited) == 1 else [bulk_row("1042")])

    courier = client(handler)
    courier.send(courier.payload(PARCEL))
    courier.send_many([courier.payload(PARCEL)])
    assert waited[1] >= 3 * waited[0]


def test_refused_keys_stop_the_calls_long_before_the_courier_locks_us_out() -> None:
    calls = 0

    def handler(request: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        return httpx.Response(401, json={"message": "Unauthenticated."})

    clock = ManualClock(datetime(2026, 11, 22, tzinfo=UTC))
    courier = client(handler, clock)
    for _ in range(20):
        with pytest.raises(CourierUnavailable):
            courier.balance_poisha()
    assert calls == 3
    clock.advance(301)
    with pytest.raises(CourierUnavailable):
        courier.balance_poisha()
    assert calls == 4


def test_changed_keys_are_tried_but_not_past_the_limit_of_the_address() -> None:
    calls = 0

    def handler(request: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        return httpx.Response(401, json={"message": "Unauthenticated."})

    line = Line(ManualClock(datetime(2026, 11, 22, tzinfo=UTC)), httpx.MockTransport(handler))
    for attempt in range(20):
        keys = SteadfastKeys(f"key-{attempt}", "secret", "https://courier.test/api/v1")
        with pytest.raises(CourierUnavailable):
            Steadfast(keys, line).balance_poisha()
    assert calls == 7


def test_a_lock_out_is_waited_out() -> None:
    calls = 0

    def handler(request: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        return httpx.Response(429, json={"message": "Too Many Attempts."}, headers={"Retry-After": "120"})

    clock = ManualClock(datetime(2026, 11, 22, tzinfo=UTC))
    courier = client(handler, clock)
    for wait, expected in ((0, 1), (60, 1), (61, 2)):
        clock.advance(wait)
        with pytest.raises(CourierUnavailable):
            courier.balance_poisha()
        assert calls == expected


def test_an_account_without_the_return_leg_call_is_asked_by_the_older_one() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if "with_return" in request.url.path:
            return httpx.Response(404, text="<html>Not found</html>")
        return httpx.Response(200, json={"status": 200, "delivery_status": "pending"})

    assert client(handler).status(ParcelName("1042", "7")).status is CarrierStatus.PENDING
