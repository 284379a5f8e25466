"""Orders that Pathao carries: booked, told by webhook and by asking, lost answers settled, delivered and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from dokango.clock import DHAKA, ManualClock, datetime_of
from dokango.courier_errors import CourierError
from dokango.couriers.desk import CourierDesk
from dokango.couriers.inbox import receive_webhook
from dokango.couriers.pathao.keys import FIXED_ANSWER
from dokango.couriers.pathao.webhook import ANSWER
from dokango.couriers.practice.faults import Fault
from dokango.errors import InvalidInput, Refused
from dokango.orders import Done
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels import uncertain
from dokango.orders.parcels.draft import ParcelEdits
from tests.core.couriered import COD, Couriered, Told, hear_all
from tests.small_shop import Shop


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def pathao(shop: Shop, clock: ManualClock, told: Told) -> Iterator[Couriered]:
    """The small shop beside a practice Pathao that tells `told`."""
    desk = CourierDesk(clock, None, timeout=httpx.Timeout(0.3))
    desk.practice("pathao").teller = told
    yield Couriered(shop, desk, "pathao")
    desk.close()


def packed(pathao: Couriered, **changes: Any) -> Done:
    return pathao.shop.bring_to("packed", ("MUG", 2), **(COD | changes))


def shipped(pathao: Couriered, **changes: Any) -> Done:
    order = packed(pathao, **changes)
    assert pathao.ship(order).booking == "booked"
    return order


@pytest.mark.parametrize("by", ["webhook", "older webhook", "asking"])
def test_it_is_followed_to_the_door_and_owes_what_was_collected(pathao: Couriered, told: Told, by: str) -> None:
    pathao.desk.practice("pathao").reads["webhook"] = "statuses" if by == "older webhook" else "events"
    order = shipped(pathao)
    row = pathao.parcel(order)
    assert (row.courier, row.carrier, row.status, row.invoice) == ("pathao", "Pathao", "awaiting_pickup", "DG-1001")
    due = row.cod_poisha
    for event, status in (
        ("picked", "pending"), ("at-the-sorting-hub", "pending"), ("assigned-for-delivery", "out_for_delivery"),
        ("delivered", "delivered"),
    ):  # fmt: skip
        pathao.shop.clock.advance(3_600)
        pathao.move(order, event)
        if by == "asking":
            pathao.sync(order)
        else:
            hear_all(pathao, told)
        assert pathao.parcel(order).status == status
    assert pathao.shop.order(order).status == "delivered"
    assert pathao.shop.balance("receivable:courier:pathao") == due
    assert pathao.cases(order) == []


def test_places_are_guessed_from_the_address_and_a_person_may_say_otherwise(pathao: Couriered) -> None:
    order = packed(pathao)
    pathao.ship(order, ParcelEdits(areas={"store": "4102", "zone": "60"}))
    payload = pathao.parcel(order).payload
    assert '"store_id": 4102' in payload and '"recipient_city": 1' in payload and '"recipient_zone": 60' in payload


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ({"line": "House 7, Road 3", "area": "Nowhere", "city": "", "district": "Dhaka"}, {"zone"}),
        ({"line": "House 7, Gulshan 1 or Banani", "area": "", "city": "", "district": "Dhaka"}, {"zone"}),
        ({"line": "House 7, Road 3, Agrabad", "area": "", "city": "", "district": "Chattogram"}, set()),
    ],
)
def test_where_no_place_fits_or_several_do_a_person_is_asked(
    pathao: Couriered, address: dict[str, str], wrong: set[str]
) -> None:
    order = packed(pathao, address=address)
    if not wrong:
        assert pathao.ship(order).booking == "booked"
        return
    with pytest.raises(InvalidInput) as caught:
        pathao.ship(order)
    assert set(caught.value.fields) == wrong and pathao.parcels(order) == []
    assert pathao.ship(order, ParcelEdits(areas={"zone": "56"})).booking == "booked"


FAULTS = [
    Fault("timeout", "orders", delay_s=2), Fault("drop", "orders"), Fault("fail", "orders", http_status=500),
    Fault("html", "orders"), Fault("fail", "orders", http_status=429), Fault("fail", "orders", http_status=403),
    Fault("fail", "issue-token", http_status=500), Fault("timeout", "issue-token", delay_s=2),
]  # fmt: skip


@pytest.mark.parametrize("lands", [True, False])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.kind}-{fault.call}-{fault.http_status}")
def test_every_fault_of_a_booking_ends_with_one_parcel_or_none(
    pathao: Couriered, told: Told, fault: Fault, lands: bool
) -> None:
    """By webhook where it landed, else by a person; never by a second try."""
    order = packed(pathao)
    practice = pathao.desk.practice("pathao")
    practice.faults.add(replace(fault, lands=lands and fault.call == "orders"))
    try:
        booking = pathao.ship(order).booking
    except CourierError:
        booking = "refused"
    landed = len(practice.listed(9))
    if booking == "uncertain":
        assert [case.kind for case in pathao.cases(order)] == ["booking_uncertain"]
        with pytest.raises(Refused, match="twice"):
            uncertain.try_again(pathao.desk, pathao.shop.db, pathao.context(), order.number)
        with pytest.raises(Refused):
            pathao.shop.do(order, c.Ship(courier="manual", carrier="Own rider"))
    hear_all(pathao, told)
    if landed:
        assert pathao.shop.order(order).status == "shipped" and pathao.cases(order) == []
    elif booking == "uncertain":
        for _ in range(6):
            pathao.shop.clock.advance(600)
            pathao.run_jobs()
        assert [case.kind for case in pathao.cases(order)] == ["booking_uncertain"]
        uncertain.never_landed(pathao.desk, pathao.shop.db, pathao.context(), order.number)
        assert pathao.ship(order).booking == "booked"
        assert [row.invoice for row in pathao.parcels(order)] == ["DG-1001", "DG-1001-2"]
    assert len(practice.listed(9)) <= 1


def test_a_person_settles_a_lost_booking_with_the_id_from_the_panel(pathao: Couriered, told: Told) -> None:
    order = packed(pathao)
    practice = pathao.desk.practice("pathao")
    practice.reads["created"] = "not told"
    practice.faults.add(Fault("drop", "orders", lands=True))
    assert pathao.ship(order).booking == "uncertain"
    (parcel,) = practice.listed(9)
    outcome = uncertain.settle_with_id(
        pathao.desk, pathao.shop.db, pathao.context(), order.number, str(parcel["consignment_id"])
    )
    assert outcome.booking == "booked" and pathao.shop.order(order).status == "shipped"


def test_a_notification_that_does_not_name_our_parcel_is_stored_and_found_by_its_id(
    pathao: Couriered, told: Told
) -> None:
    pathao.desk.practice("pathao").reads["merchant_order_id"] = "left out"
    order = shipped(pathao)
    pathao.move(order, "delivered")
    assert all("merchant_order_id" not in body for body in told.bodies)
    hear_all(pathao, told)
    assert pathao.shop.order(order).status == "delivered"


def test_a_failed_delivery_waits_for_an_answer_until_18_00_of_the_next_day(pathao: Couriered, told: Told) -> None:
    order = shipped(pathao)
    pathao.move(order, "delivery-failed")
    told.bodies[-1]["reason"] = "Customer did not answer the phone"
    hear_all(pathao, told)
    (case,) = pathao.cases(order)
    due = datetime_of(case.due_at).astimezone(DHAKA)
    opened = datetime_of(case.opened_at).astimezone(DHAKA)
    assert (case.state, due.hour, (due.date() - opened.date()).days) == ("needs_us", 18, 1)
    pathao.move(order, "returned")
    hear_all(pathao, told)
    (case,) = pathao.cases(order)
    assert (case.state, datetime_of(case.due_at).astimezone(DHAKA).hour) == ("needs_us", 18), "it can still be stopped"


def test_only_what_is_with_the_merchant_again_is_looked_at_and_restocked(pathao: Couriered, told: Told) -> None:
    order = shipped(pathao)
    seen = []
    for event in ("returned", "return-id-created", "return-in-transit", "returned-to-merchant"):
        pathao.move(order, event)
        hear_all(pathao, told)
        (case,) = pathao.cases(order)
        seen.append((pathao.parcel(order).return_leg, case.state))
    assert seen == [
        ("", "needs_us"), ("processing", "coming_back"), ("rider_assigned", "coming_back"), ("received", "to_inspect")
    ]  # fmt: skip
    pathao.sync(order)  # the order info knows no more than "Return"
    assert pathao.parcel(order).return_leg == "received" and len(pathao.cases(order)) == 1


def test_what_comes_late_and_twice_changes_nothing_backwards(pathao: Couriered, told: Told) -> None:
    order = shipped(pathao)
    for event in ("picked", "in-transit", "delivered"):
        pathao.shop.clock.advance(60)
        pathao.move(order, event)
    for body in [*reversed(told.bodies), *told.bodies]:
        assert pathao.hear(body) == 202
        pathao.shop.clock.advance(70)
        pathao.run_jobs()
    assert pathao.shop.order(order).status == "delivered" and pathao.parcel(order).status == "delivered"
    assert pathao.cases(order) == []


def test_another_amount_than_the_rider_was_told_opens_a_case(pathao: Couriered, told: Told) -> None:
    order = shipped(pathao)
    assert pathao.desk.practice("pathao").move(pathao.parcel(order).consignment_id, "delivered", 5)
    hear_all(pathao, told)
    (case,) = pathao.cases(order)
    assert case.kind == "amount_changed" and "৳5" in case.words


@pytest.mark.parametrize(("event", "kind"), [("partial-delivery", "partial"), ("exchanged", "partial")])
def test_what_was_collected_stands_where_a_person_settles_it(
    pathao: Couriered, told: Told, event: str, kind: str
) -> None:
    order = shipped(pathao)
    assert pathao.desk.practice("pathao").move(pathao.parcel(order).consignment_id, event, 500)
    hear_all(pathao, told)
    (case,) = pathao.cases(order)
    assert case.kind == kind and "Collected ৳500" in case.words
    assert pathao.shop.order(order).status == "shipped"


def test_a_parcel_that_is_not_picked_up_waits_for_us_and_the_case_ends_when_it_is(
    pathao: Couriered, told: Told
) -> None:
    order = shipped(pathao)
    pathao.move(order, "pickup-failed")
    hear_all(pathao, told)
    assert [case.kind for case in pathao.cases(order)] == ["not_picked_up"]
    pathao.move(order, "picked")
    hear_all(pathao, told)
    assert pathao.cases(order) == []


def test_a_payout_is_no_place_of_a_parcel(pathao: Couriered, told: Told) -> None:
    order = shipped(pathao)
    pathao.move(order, "delivered")
    hear_all(pathao, told)
    paid = pathao.desk.practice("pathao").pay_out()
    assert paid is not None and told.bodies[-1]["invoice_id"] == paid["invoice_id"]
    hear_all(pathao, told)
    assert pathao.parcel(order).status == "delivered" and pathao.cases(order) == []


def answered(shop: Shop, body: bytes, given: str, **keys: str) -> tuple[int, str]:
    headers = {"X-PATHAO-Signature": given} if given else {}
    reply = receive_webhook(shop.db, shop.clock, "pathao", headers, body, "s3cret", keys=keys)
    return reply.status, reply.headers.get(ANSWER, "")


def test_the_handshake_and_every_answer_bear_what_pathao_wants(shop: Shop) -> None:
    hello = b'{"event":"webhook_integration"}'
    assert answered(shop, hello, "s3cret") == (202, FIXED_ANSWER)
    assert answered(shop, b'{"event":"order.delivered","consignment_id":"DLX"}', "s3cret") == (202, FIXED_ANSWER)
    assert answered(shop, hello, "wrong") == (401, FIXED_ANSWER)
    assert answered(shop, hello, "") == (401, FIXED_ANSWER)
    assert answered(shop, b"no", "s3cret") == (400, FIXED_ANSWER)


def test_the_shops_own_token_is_answered_to_nobody_who_does_not_know_it(shop: Shop) -> None:
    hello = b'{"event":"webhook_integration"}'
    assert answered(shop, hello, "s3cret", answer_with="own") == (202, "s3cret")
    assert answered(shop, hello, "wrong", answer_with="own") == (401, "")


def test_a_store_that_changed_is_fetched_anew(pathao: Couriered) -> None:
    shipped(pathao)
    assert pathao.hear({"event": "store.updated", "store_id": 4101, "store_name": "Mirpur"}) == 202
    pathao.desk.practice("pathao").store.run("UPDATE store SET is_active = 0 WHERE store_id = 4101")
    order = packed(pathao)
    pathao.ship(order)
    assert '"store_id": 4102' in pathao.parcel(order).payload


@pytest.mark.parametrize("lost", [False, True], ids=["answered", "told by webhook"])
def test_the_fee_that_it_says_stands_before_the_tariffs(pathao: Couriered, told: Told, lost: bool) -> None:
    if lost:
        pathao.desk.practice("pathao").faults.add(Fault("drop", "orders", lands=True))
    order = packed(pathao, address={"line": "House 7", "area": "Agrabad", "city": "", "district": "Chattogram"})
    pathao.ship(order, ParcelEdits(weight_g=2_400))
    hear_all(pathao, told)
    row = pathao.parcel(order)
    assert row.booking == "booked"
    assert row.expected_charge_poisha == (120 + 2 * 20) * 100 + row.cod_poisha // 100


def test_what_was_told_of_an_id_before_anybody_knew_whose_it_is_is_read_when_it_is_known(
    pathao: Couriered, told: Told
) -> None:
    """No call tells of the way back: a notification that was passed over would be lost for good."""
    pathao.desk.practice("pathao").reads["merchant_order_id"] = "left out"
    order, other = packed(pathao), packed(pathao)
    practice = pathao.desk.practice("pathao")
    practice.faults.add(Fault("drop", "orders", lands=True))
    assert pathao.ship(order).booking == "uncertain"
    (parcel,) = practice.listed(9)
    consignment_id = str(parcel["consignment_id"])
    for event in ("returned", "return-id-created", "returned-to-merchant"):
        pathao.shop.clock.advance(60)
        practice.move(consignment_id, event)
    pathao.hear({"event": "order.returned-to-merchant", "consignment_id": f"{consignment_id}X", "timestamp": "t"})
    hear_all(pathao, told)
    assert pathao.parcel(order).booking == "uncertain" and pathao.parcel(order).return_leg == ""
    assert pathao.ship(other).booking == "booked"
    uncertain.settle_with_id(pathao.desk, pathao.shop.db, pathao.context(), order.number, consignment_id)
    pathao.run_jobs()
    assert (pathao.parcel(order).status, pathao.parcel(order).return_leg) == ("cancelled", "received")
    assert [(case.state, case.next_act) for case in pathao.cases(order)] == [("to_inspect", "inspect")]
    assert pathao.parcel(other).return_leg == ""


def test_an_id_that_a_webhook_brought_is_not_lost_while_the_courier_is_down_for_a_day(
    pathao: Couriered, told: Told
) -> None:
    order = packed(pathao)
    practice = pathao.desk.practice("pathao")
    practice.faults.add(Fault("drop", "orders", lands=True))
    assert pathao.ship(order).booking == "uncertain"
    pathao.desk.practice("pathao").move(str(practice.listed(9)[0]["consignment_id"]), "picked")
    practice.faults.add(Fault("fail", "", times=10_000, http_status=503))
    for body in told.bodies:
        assert pathao.hear(body) == 202
    for _ in range(24):
        pathao.shop.clock.advance(3_600)
        pathao.run_jobs()
    assert [case.kind for case in pathao.cases(order)] == ["booking_uncertain"]
    practice.faults.clear()
    pathao.shop.clock.advance(3_600)
    pathao.run_jobs()
    assert pathao.shop.order(order).status == "shipped" and pathao.cases(order) == []
