"""Our Steadfast client against the practice courier over a real line, and the practice courier against its contract."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count
from pathlib import Path

import httpx
import pytest

from dokango.clock import ManualClock
from dokango.courier_errors import CourierRefused, CourierUnavailable, CourierUncertain
from dokango.couriers import line as lines
from dokango.couriers.kind.base import Parcel, ParcelName
from dokango.couriers.kind.status import CarrierStatus, ReturnLeg
from dokango.couriers.practice.in_process import InProcess
from dokango.couriers.practice.scenario import ScenarioPlayer, read_scenario
from dokango.couriers.practice.tellers import Posted
from dokango.couriers.steadfast.booking import invoice_taken
from dokango.couriers.steadfast.client import Steadfast
from dokango.couriers.steadfast.keys import SteadfastKeys
from dokango.couriers.steadfast.practice.app import open_practice_courier, practice_app
from dokango.couriers.steadfast.practice.courier import PracticeCourier
from dokango.errors import InvalidInput, NotFound
from tests.core.practice import KEYS, Line, served

_numbers = count(1)


def parcel(**change: object) -> Parcel:
    given = {
        "invoice": f"T-{next(_numbers)}",
        "recipient_name": "Rahima Akter",
        "recipient_phone": "01711000000",
        "recipient_address": "House 12, Road 5, Dhanmondi, Dhaka",
        "cod_poisha": 106_000,
    }
    return Parcel(**(given | change))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    with served(tmp_path_factory.mktemp("practice")) as found:
        yield found


@pytest.fixture
def practice() -> Iterator[PracticeCourier]:
    clock = ManualClock(datetime(2026, 11, 22, 9, tzinfo=UTC))
    found = open_practice_courier(None, clock)
    yield found
    found.store.close()


def in_process(practice: PracticeCourier, read_s: float = 8.0) -> Steadfast:
    keys = SteadfastKeys("practice", "practice", "http://practice/api/v1")
    clock = ManualClock(datetime(2026, 11, 22, 9, tzinfo=UTC))
    return Steadfast(keys, lines.Line(clock, InProcess(practice_app(practice)), httpx.Timeout(read_s)))


def test_a_parcel_is_booked_found_by_every_name_and_followed_to_its_end(line: Line) -> None:
    client, wanted = line.client(), parcel()
    booking = client.book(wanted)
    assert booking.status is CarrierStatus.IN_REVIEW
    assert booking.tracking_link.startswith("https://")
    found = client.find_booking(wanted.invoice)
    assert found is not None and found.consignment_id == booking.consignment_id and found.tracking_code == ""
    for name in (
        ParcelName(wanted.invoice),
        ParcelName(tracking_code=booking.tracking_code),
        ParcelName(consignment_id=booking.consignment_id),
    ):
        assert client.status(name).status is CarrierStatus.IN_REVIEW
    for status in ("pending", "Delivered"):
        moved = line.post(f"/_practice/parcels/{booking.consignment_id}", {"status": status})
        assert moved.status_code == 200
    assert client.status(ParcelName(wanted.invoice)).status is CarrierStatus.DELIVERED


def test_the_return_leg_is_seen_and_only_received_means_here(line: Line) -> None:
    client = line.client()
    booking = client.book(parcel())
    name = ParcelName(consignment_id=booking.consignment_id)
    legs = []
    for status in ("cancelled", "cancelled_return_processing", "cancelled_return_received"):
        line.post(f"/_practice/parcels/{booking.consignment_id}", {"status": status})
        reading = client.status(name)
        assert reading.status is CarrierStatus.CANCELLED
        legs.append(reading.return_leg)
    assert legs == [ReturnLeg.NONE, ReturnLeg.PROCESSING, ReturnLeg.RECEIVED]


def test_an_invoice_is_taken_once(line: Line) -> None:
    wanted = parcel()
    line.client().book(wanted)
    with pytest.raises(CourierRefused) as caught:
        line.client().book(wanted)
    assert invoice_taken(caught.value)


def test_a_refusal_inside_http_200_is_a_refusal(line: Line) -> None:
    wanted = parcel()
    line.client().book(wanted)
    line.misbehave(kind="errors_in_200", call="create_order")
    with pytest.raises(CourierRefused, match="already been taken"):
        line.client().book(wanted)


@pytest.mark.parametrize("kind", ["timeout", "drop"])
def test_a_lost_answer_is_uncertain_and_the_parcel_is_found_by_its_invoice(line: Line, kind: str) -> None:
    wanted, client = parcel(), line.client(read_s=0.5)
    line.misbehave(kind=kind, call="create_order", delay_s=2, lands=True)
    with pytest.raises(CourierUncertain):
        client.book(wanted)
    found = client.find_booking(wanted.invoice)
    assert found is not None
    with pytest.raises(CourierRefused) as caught:
        line.client().book(wanted)
    assert invoice_taken(caught.value)


@pytest.mark.parametrize("fault", [{"kind": "fail", "http_status": 503}, {"kind": "html"}])
def test_a_broken_server_leaves_a_booking_uncertain(line: Line, fault: dict[str, object]) -> None:
    line.misbehave(call="create_order", **fault)
    with pytest.raises(CourierUncertain):
        line.client().book(parcel())


def test_nobody_listening_is_certainly_not_booked() -> None:
    with pytest.raises(CourierUnavailable):
        Line("http://127.0.0.1:9").client().book(parcel())


def test_many_parcels_go_in_one_call_and_each_has_its_own_result(line: Line) -> None:
    taken, good = parcel(), parcel()
    line.client().book(taken)
    rows = [line.client().payload(one) for one in (taken, good)]
    results = line.client().send_many([rows[0], rows[0] | {"invoice": "WRONG", "recipient_phone": "123"}, rows[1]])
    assert [type(result.error) for result in results] == [CourierRefused, CourierRefused, type(None)]
    assert results[2].booking is not None and results[2].booking.tracking_code


@pytest.mark.parametrize("as_text", [True, False])
def test_the_old_bulk_call_takes_a_list_and_a_list_as_text(line: Line, as_text: bool) -> None:
    rows = [line.client().payload(parcel()) for _ in range(2)]
    data = json.dumps(rows) if as_text else rows
    answer = line.post("/api/v1/create_order/bulk-order", {"data": data}).json()
    assert [row["status"] for row in answer] == ["success", "success"]
    again = line.post("/api/v1/create_order/bulk-order", {"data": data}).json()
    assert {row["error"] for row in again} == {'["THIS_INVOICE_ALREADY_EXISTS"]'}
    assert {row["consignment_id"] for row in again} == {None}


def test_too_many_in_bulk_are_refused_whole(line: Line) -> None:
    assert line.post("/api/v1/create_order/bulk-order/extended", {"data": [{}] * 501}).status_code == 400


def test_asking_a_parcel_back_works_once_and_not_after_delivery(line: Line) -> None:
    client = line.client()
    first, second = client.book(parcel()), client.book(parcel())
    made = client.ask_back(ParcelName(consignment_id=first.consignment_id), "Changed mind")
    assert made.status == "pending" and made.consignment_id == first.consignment_id
    assert client.return_request(made.id) == made
    assert made in client.return_requests()
    with pytest.raises(CourierRefused, match="already open"):
        client.ask_back(ParcelName(consignment_id=first.consignment_id), "Again")
    line.post(f"/_practice/parcels/{second.consignment_id}", {"status": "delivered"})
    with pytest.raises(CourierRefused, match="delivered"):
        client.ask_back(ParcelName(tracking_code=second.tracking_code), "Late")


def test_what_was_collected_is_the_balance_until_it_is_paid_out_parcel_by_parcel(tmp_path: Path) -> None:
    with served(tmp_path) as line:
        client, wanted = line.client(), parcel(cod_poisha=100_000)
        booking = client.book(wanted)
        assert client.balance_poisha() == 0
        line.post(f"/_practice/parcels/{booking.consignment_id}", {"status": "delivered"})
        assert client.balance_poisha() == (1000 - 115 - 10) * 100
        assert line.post("/_practice/payouts", {}).status_code == 200
        assert line.post("/_practice/payouts", {}).status_code == 409
        assert client.balance_poisha() == 0
        (paid,) = client.payouts()
        whole = client.payout(paid.id)
        assert whole.amount_poisha == 100_000 and whole.total_poisha == 87_500
        assert [(p.invoice, p.amount_poisha, p.charge_poisha) for p in whole.parcels] == [
            (wanted.invoice, 100_000, 12_500)
        ]


def test_no_history_is_not_a_clean_one(line: Line) -> None:
    client = line.client()
    assert client.buyer_record("01999999999").delivery_percent is None
    booking = client.book(parcel(recipient_phone="01888888888"))
    line.post(f"/_practice/parcels/{booking.consignment_id}", {"status": "cancelled"})
    assert client.buyer_record("01888888888").delivery_percent == 0


def test_police_stations_come_with_their_district(line: Line) -> None:
    found = line.client().police_stations()
    assert ("Dhanmondi", "Dhaka") in {(station.name, station.district) for station in found}


@pytest.mark.parametrize(
    "path",
    ["/api/v1/status_by_cid/1", "/api/v1/status_with_return_status_by_cid/x", "/api/v1/payments/SFC-0"],
)
def test_what_is_not_there_is_404(line: Line, path: str) -> None:
    assert line.get(path).status_code == 404


def test_unknown_parcels_read_as_not_found(line: Line) -> None:
    assert line.client().find_booking("never") is None
    with pytest.raises(NotFound):
        line.client().status(ParcelName("never"))


def test_ping_needs_no_keys_and_everything_else_does(line: Line) -> None:
    assert httpx.get(f"{line.url}/api/v1/ping", trust_env=False).status_code == 200
    assert httpx.get(f"{line.url}/api/v1/get_balance", trust_env=False).status_code == 401


def test_ten_refused_keys_shut_the_address_out_and_right_keys_do_not_help(tmp_path: Path) -> None:
    with served(tmp_path) as line:
        wrong = {**KEYS, "Secret-Key": "guess"}
        answers = [
            httpx.get(f"{line.url}/api/v1/get_balance", headers=wrong, trust_env=False).status_code for _ in range(11)
        ]
        assert answers == [401] * 10 + [429]
        assert line.get("/api/v1/get_balance").status_code == 429
        line.misbehave(clear=True)
        assert line.get("/api/v1/get_balance").status_code == 200


WRONG_BODIES: list[bytes] = [
    b"",
    b"not json",
    b"[]",
    b"null",
    b'{"invoice": {"a": 1}, "cod_amount": true}',
    b'{"invoice": "a b", "recipient_name": 5, "recipient_phone": "1", "recipient_address": [], "cod_amount": "NaN"}',
    b'{"invoice": "x", "cod_amount": 1e400}',
    b'{"invoice": "\\ud800", "recipient_name": "\\u0000", "cod_amount": -1}',
    b"[" * 5000,
]


@pytest.mark.parametrize("path", ["/api/v1/create_order", "/api/v1/create_order/bulk-order", "/_practice/faults"])
@pytest.mark.parametrize("body", WRONG_BODIES)
def test_nonsense_is_refused_and_never_a_crash(line: Line, path: str, body: bytes) -> None:
    answer = httpx.post(f"{line.url}{path}", content=body, headers=KEYS, trust_env=False)
    assert 400 <= answer.status_code < 500 or answer.json()[0]["status"] == "error"


def test_over_long_text_is_cut_silently_and_signs_become_spaces(line: Line) -> None:
    body = {
        "invoice": f"T-{next(_numbers)}",
        "recipient_name": "n" * 150,
        "recipient_phone": "01711000000",
        "recipient_address": "a{b};<c>" + "x" * 600,
        "cod_amount": "1060.00",
    }
    made = line.post("/api/v1/create_order", body).json()["consignment"]
    assert made["recipient_name"] == "n" * 100 and len(made["recipient_address"]) == 490
    assert made["recipient_address"].startswith("a b   c x") and made["cod_amount"] == 1060


def test_in_process_a_late_answer_is_a_time_out_and_threads_may_call_together(practice: PracticeCourier) -> None:
    app = practice_app(practice)
    fault = {"kind": "timeout", "call": "create_order", "delay_s": 5, "lands": True}
    with httpx.Client(transport=InProcess(app), base_url="http://practice") as handle:
        assert handle.post("/_practice/faults", json=fault).status_code == 200
    lost = parcel()
    with pytest.raises(CourierUncertain):
        in_process(practice, read_s=0.1).book(lost)
    client = in_process(practice)
    assert client.find_booking(lost.invoice) is not None
    wanted = [parcel() for _ in range(8)]
    threads = [threading.Thread(target=client.book, args=(one,)) for one in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(client.find_booking(one.invoice) for one in wanted)


def test_a_scenario_moves_each_parcel_once_when_its_time_has_come(practice: PracticeCourier, tmp_path: Path) -> None:
    script = tmp_path / "scenario.json"
    script.write_text('[{"after_s": 90, "status": "delivered"}, {"after_s": 30, "status": "pending"}]')
    player = ScenarioPlayer(practice, read_scenario(script), practice.store._clock)
    client, wanted = in_process(practice), parcel()
    client.book(wanted)
    seen = []
    for wait_s in (10, 25, 60, 60):
        practice.store._clock.advance(wait_s)  # type: ignore[attr-defined]
        seen.append((player.play_due(), client.status(ParcelName(wanted.invoice)).raw))
    assert seen == [(0, "in_review"), (1, "pending"), (1, "delivered"), (0, "delivered")]


@pytest.mark.parametrize("content", ["", "{}", "[1]", '[{"after_s": "soon", "status": "x"}]'])
def test_a_scenario_that_cannot_be_read_says_what_it_should_hold(tmp_path: Path, content: str) -> None:
    script = tmp_path / "scenario.json"
    script.write_text(content)
    if content == "{}":
        assert read_scenario(script) == []
        return
    with pytest.raises(InvalidInput, match="after_s"):
        read_scenario(script)


class Shop(HTTPServer):
    """Takes webhooks; answers what it is told to, then 200."""

    def __init__(self, *answers: int) -> None:
        super().__init__(("127.0.0.1", 0), _Taker)
        self.answers = list(answers)
        self.received: list[tuple[dict[str, str], bytes]] = []
        self.came = threading.Condition()

    def wait_for(self, number: int) -> None:
        with self.came:
            assert self.came.wait_for(lambda: len(self.received) >= number, timeout=20)


class _Taker(BaseHTTPRequestHandler):
    server: Shop

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.came:
            self.server.received.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.server.came.notify_all()
            self.send_response(self.server.answers.pop(0) if self.server.answers else 200)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


def test_a_move_is_told_signed_and_a_retry_keeps_its_key(practice: PracticeCourier) -> None:
    shop = Shop(503)
    threading.Thread(target=shop.serve_forever, daemon=True).start()
    practice.teller = Posted(
        f"http://127.0.0.1:{shop.server_port}/hook", partial(practice.signed, "token"), retry_after_s=(0.05,)
    )
    booking = in_process(practice).book(parcel())
    practice.move(booking.consignment_id, "cancelled")
    shop.wait_for(2)
    (first, body), (second, again) = shop.received
    assert body == again and first["idempotency-key"] == second["idempotency-key"]
    assert first["authorization"] == "Bearer token"
    assert first["x-signature"] == hmac.new(b"token", body, hashlib.sha256).hexdigest()
    told = json.loads(body)
    assert (told["notification_type"], told["status"]) == ("delivery_status", "cancelled")
    assert str(told["consignment_id"]) == booking.consignment_id
    practice.move(booking.consignment_id, "cancelled_return_processing")
    shop.wait_for(3)
    assert json.loads(shop.received[2][1])["tracking_message"] == (
        "Consignment Return status has been updated to Processing"
    )
    shop.shutdown()
    shop.server_close()
