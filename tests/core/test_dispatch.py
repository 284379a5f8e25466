"""Orders handed to a courier's API, on both databases: what is booked, what is not, and what nobody knows yet."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from dokango.clock import ManualClock
from dokango.couriers import inbox, shipments
from dokango.couriers.base import ParcelName
from dokango.couriers.carrier_status import MEANINGS, CarrierStatus
from dokango.couriers.desk import CourierDesk
from dokango.couriers.inbox import receive_webhook
from dokango.couriers.sandbox.faults import Fault
from dokango.couriers.steadfast import SteadfastKeys
from dokango.db import Database
from dokango.errors import CourierRefused, CourierUnavailable, InvalidInput, NotAllowed, Refused, StaleVersion
from dokango.jobs.models import Job
from dokango.orders import commands as c
from dokango.orders import courier_jobs, resolutions, settling, shipping_views
from dokango.orders.ask_back import ask_parcel_back
from dokango.orders.parcel_draft import ParcelEdits
from dokango.orders.parcel_news import Synced, apply_reading, sync_order
from dokango.orders.service import Context, Done
from dokango.orders.shipping import Outcome, draft, ship_by_courier
from dokango.people.actor import Actor
from tests.small_shop import Shop

TOKEN = "webhook-token"


@dataclass
class Couriered:
    """A shop with the practice courier beside it."""

    shop: Shop
    desk: CourierDesk

    def context(self, actor: Actor | None = None, version: int | None = None) -> Context:
        return Context(actor or self.shop.owner, self.shop.clock, version)

    def ship(self, order: Done, edits: ParcelEdits | None = None, **who: Any) -> Outcome:
        return ship_by_courier(self.desk, self.shop.db, self.context(**who), order.number, "steadfast", edits)

    def sync(self, order: Done) -> Synced:
        return sync_order(self.desk, self.shop.db, self.context(), order.number)

    def parcel(self, order: Done) -> Any:
        """The order's latest parcel."""
        return self.shop.db.read(lambda tx: shipments.all_of(tx, order.order_id))[-1]

    def parcels(self, order: Done) -> list[Any]:
        return self.shop.db.read(lambda tx: shipments.all_of(tx, order.order_id))

    def move(self, order: Done, *statuses: str) -> None:
        for status in statuses:
            assert self.desk.practice().move(self.parcel(order).consignment_id, status)

    def waiting(self, order: Done) -> list[str]:
        return [row.kind for row in self.shop.db.read(lambda tx: resolutions.waiting_of(tx, order.order_id))]

    def fail_next(self, kind: str, call: str = "create_order", **more: Any) -> None:
        self.desk.practice().faults.add(Fault(kind, call, **more))

    def run_jobs(self) -> int:
        """Do what is due, as the worker would."""
        jobs = Job.__table__  # type: ignore[attr-defined]
        now_us = self.shop.clock.now_us()
        due = self.shop.db.read(
            lambda tx: tx.rows(select(*jobs.c).where(jobs.c.state == "waiting", jobs.c.due_at <= now_us))
        )
        mine = [job for job in due if job.kind in courier_jobs.HANDLERS]
        for job in mine:
            courier_jobs.HANDLERS[job.kind](self.desk, self.shop.db, self.shop.clock, json.loads(job.payload))
            self.shop.db.write(
                lambda tx, job=job: tx.run(jobs.update().where(jobs.c.id == job.id).values(state="done"))
            )
        return len(mine)

    def hear(self, body: dict[str, Any], key: str = "") -> int:
        """A webhook arrives."""
        raw = json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {TOKEN}"} | ({"Idempotency-Key": key} if key else {})
        return receive_webhook(self.shop.db, self.shop.clock, headers, raw, TOKEN).status


@pytest.fixture
def couriered(shop: Shop, clock: ManualClock) -> Iterator[Couriered]:
    desk = CourierDesk(clock, None, timeout=httpx.Timeout(0.3))
    yield Couriered(shop, desk)
    desk.close()


COD = {"payment": {"method": "cod"}}


def test_a_packed_order_is_booked_and_shipped_with_what_the_courier_answered(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed", ("SARI", 1), **COD)
    outcome = couriered.ship(order)
    row = couriered.parcel(order)
    assert outcome.booking == "booked" and row.tracking_code in outcome.sentence
    assert couriered.shop.order(order).status == "shipped"
    assert (row.booking, row.live, row.status, row.raw_status) == ("booked", 1, "in_review", "in_review")
    assert row.consignment_id.isdigit() and row.tracking_link.startswith("https://")
    assert json.loads(row.payload)["cod_amount"] == row.cod_poisha // 100 == 1300
    assert row.estimated_delivery == "2026-11-24"
    assert couriered.desk.steadfast().find_booking(row.invoice).consignment_id == row.consignment_id


@pytest.mark.parametrize("status", ["pending", "confirmed", "shipped", "cancelled"])
def test_only_a_packed_order_is_sent(couriered: Couriered, status: str) -> None:
    order = couriered.shop.bring_to(status)
    with pytest.raises(Refused):
        couriered.ship(order)
    assert not couriered.desk.practice().store.rows("SELECT 1 FROM parcel")


def test_who_may_not_ship_or_saw_an_older_order_books_nothing(couriered: Couriered, viewer: Actor) -> None:
    order = couriered.shop.bring_to("packed")
    with pytest.raises(NotAllowed):
        couriered.ship(order, actor=viewer)
    with pytest.raises(StaleVersion):
        couriered.ship(order, version=1)
    assert couriered.parcels(order) == []


def test_a_refusal_leaves_the_order_confirmed_says_why_and_another_try_takes_a_new_name(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed")
    couriered.fail_next("fail", http_status=422)
    with pytest.raises(CourierRefused):
        couriered.ship(order)
    assert couriered.shop.order(order).status == "confirmed"
    assert (couriered.parcel(order).booking, couriered.parcel(order).live) == ("refused", None)
    couriered.ship(order)
    first, second = couriered.parcels(order)
    assert second.invoice == f"{first.invoice}-2" and couriered.shop.order(order).status == "shipped"


def test_wrong_keys_are_certainly_not_a_booking(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed")
    couriered.fail_next("fail", http_status=401)
    with pytest.raises(CourierUnavailable, match="keys"):
        couriered.ship(order)
    assert couriered.parcel(order).booking == "refused"


def test_edits_are_sent_and_wrong_ones_are_said_by_field_before_anything_is_sent(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed", **COD)
    with pytest.raises(InvalidInput) as caught:
        couriered.ship(order, ParcelEdits(recipient_address="x" * 491, recipient_name=""))
    assert set(caught.value.fields) == {"recipient_address", "recipient_name"}
    with pytest.raises(InvalidInput) as caught:
        couriered.ship(order, ParcelEdits(recipient_phone="0123"))
    assert set(caught.value.fields) == {"recipient_phone"}
    assert couriered.parcels(order) == []
    couriered.ship(order, ParcelEdits(recipient_phone="+880 1911-000000", note="Gate 2", cod_poisha=50_000))
    sent = json.loads(couriered.parcel(order).payload)
    assert (sent["recipient_phone"], sent["note"], sent["cod_amount"]) == ("01911000000", "Gate 2", 500)


def test_a_draft_is_pre_filled_and_says_what_is_odd_without_writing_anything(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed", ("SARI", 2), ("MUG", 1), note="Ring twice", **COD)
    drafted = couriered.shop.db.read(lambda tx: draft(tx, couriered.desk, order.number, "steadfast"))
    parcel = drafted.parcel
    assert parcel.recipient_address == "House 7, Road 3, Dhanmondi, Dhaka"
    assert parcel.item_description in ("2 × Jamdani sari, 1 × Clay mug", "1 × Clay mug, 2 × Jamdani sari")
    assert parcel.note == "Ring twice" and parcel.cod_poisha == drafted.due_poisha
    assert not drafted.checked.errors and not drafted.checked.warnings
    edits = ParcelEdits(cod_poisha=0)
    odd = couriered.shop.db.read(lambda tx: draft(tx, couriered.desk, order.number, "steadfast", edits))
    assert "although" in odd.checked.warnings["cod"]
    assert couriered.parcels(order) == []


def lose(couriered: Couriered, *, lands: bool) -> Done:
    """A packed order whose booking was never answered."""
    order = couriered.shop.bring_to("packed")
    couriered.fail_next("timeout", delay_s=5, lands=lands)
    assert couriered.ship(order).booking == "uncertain"
    assert couriered.shop.order(order).status == "confirmed"
    return order


@pytest.mark.parametrize("lands", [True, False])
def test_an_uncertain_booking_blocks_a_second_one_a_cancel_and_a_manual_parcel(
    couriered: Couriered, lands: bool
) -> None:
    order = lose(couriered, lands=lands)
    assert couriered.waiting(order) == ["booking_uncertain"]
    manual = c.Ship(courier="manual", carrier="Rider")
    for attempt in (
        lambda: couriered.ship(order),
        lambda: couriered.shop.do(order, c.Cancel(reason="no")),
        lambda: couriered.shop.do(order, manual),
    ):
        with pytest.raises(Refused, match="not known"):
            attempt()
    assert len(couriered.parcels(order)) == 1


def test_a_lost_booking_that_landed_is_found_by_the_job_and_ships_the_order(couriered: Couriered) -> None:
    order = lose(couriered, lands=True)
    assert couriered.run_jobs() == 0
    couriered.shop.clock.advance(61)
    assert couriered.run_jobs() == 1
    assert couriered.shop.order(order).status == "shipped"
    row = couriered.parcel(order)
    assert row.consignment_id and row.tracking_code == "" and couriered.waiting(order) == []


def test_one_that_lags_is_found_by_a_later_look_and_looking_ends(couriered: Couriered) -> None:
    order = lose(couriered, lands=False)
    looks = 0
    for _ in range(12):
        couriered.shop.clock.advance(500)
        looks += couriered.run_jobs()
    assert looks == 1 + len(settling.LOOK_AGAIN_S)
    assert couriered.parcel(order).booking == "uncertain" and couriered.waiting(order) == ["booking_uncertain"]


def test_a_process_that_died_between_row_and_answer_leaves_an_uncertain_booking(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed")

    class Died(BaseException):
        """kill -9"""

    def dies(payload: object) -> None:
        raise Died

    courier = couriered.desk.steadfast()
    courier.send = dies  # type: ignore[method-assign,assignment]
    couriered.desk.courier = lambda key: courier  # type: ignore[method-assign,assignment]
    with pytest.raises(Died):
        couriered.ship(order)
    del couriered.desk.courier
    assert couriered.parcel(order).booking == "requested"
    with pytest.raises(Refused, match="right now"):
        couriered.ship(order)
    couriered.shop.clock.advance(61)
    couriered.run_jobs()
    assert couriered.parcel(order).booking == "uncertain"


@pytest.mark.parametrize("lands", [True, False])
def test_trying_again_uses_the_same_invoice_and_books_one_parcel_either_way(couriered: Couriered, lands: bool) -> None:
    order = lose(couriered, lands=lands)
    outcome = settling.try_again(couriered.desk, couriered.shop.db, couriered.context(), order.number)
    assert outcome.booking == "booked" and couriered.shop.order(order).status == "shipped"
    (parcel,) = couriered.desk.practice().store.rows("SELECT * FROM parcel")
    assert str(parcel["consignment_id"]) == couriered.parcel(order).consignment_id
    assert parcel["invoice"] == couriered.parcel(order).invoice


@pytest.mark.parametrize("http_status", [401, 403, 422, 429])
def test_a_refused_retry_says_nothing_about_the_first_try(couriered: Couriered, http_status: int) -> None:
    order = lose(couriered, lands=True)
    couriered.fail_next("fail", http_status=http_status)
    with pytest.raises((CourierRefused, CourierUnavailable)):
        settling.try_again(couriered.desk, couriered.shop.db, couriered.context(), order.number)
    assert couriered.parcel(order).booking == "uncertain"


def test_an_id_entered_by_hand_is_asked_for_before_it_is_believed(couriered: Couriered) -> None:
    other = couriered.shop.bring_to("packed")
    couriered.ship(other)
    order = lose(couriered, lands=True)

    def enter(consignment_id: str) -> Outcome:
        context = couriered.context()
        return settling.settle_with_id(
            couriered.desk, couriered.shop.db, context, order.number, consignment_id, "CODE9"
        )

    for wrong in ("1", "", "12/../3", couriered.parcel(other).consignment_id):
        with pytest.raises(InvalidInput):
            enter(wrong)
    (right,) = couriered.desk.practice().store.rows(
        "SELECT consignment_id FROM parcel WHERE invoice = ?", couriered.parcel(order).invoice
    )
    enter(str(right["consignment_id"]))
    assert couriered.shop.order(order).status == "shipped" and couriered.parcel(order).tracking_code == "CODE9"


def test_saying_that_it_never_landed_frees_the_order_and_a_late_surprise_is_kept_beside(couriered: Couriered) -> None:
    order = lose(couriered, lands=True)
    lost = couriered.parcel(order)
    settling.never_landed(couriered.shop.db, couriered.context(), order.number)
    couriered.ship(order)
    second = couriered.parcel(order)
    assert second.invoice == f"{lost.invoice}-2"
    (landed,) = couriered.desk.practice().store.rows("SELECT * FROM parcel WHERE invoice = ?", lost.invoice)
    hint = {"notification_type": "delivery_status", "consignment_id": landed["consignment_id"]}
    couriered.hear({**hint, "invoice": lost.invoice, "status": "cancelled"})
    couriered.desk.practice().move(str(landed["consignment_id"]), "cancelled")
    couriered.run_jobs()
    assert couriered.waiting(order) == ["two_parcels"]
    assert couriered.shop.order(order).status == "shipped"
    assert couriered.parcel(order).booking == "booked"
    couriered.desk.practice().move(str(landed["consignment_id"]), "delivered")
    courier_jobs.sync_shipment(couriered.desk, couriered.shop.db, couriered.shop.clock, lost.id)
    assert couriered.shop.order(order).status == "shipped", "cancelled is final for the unused one"


def test_a_delivery_of_a_superseded_parcel_counts(couriered: Couriered) -> None:
    order = lose(couriered, lands=True)
    lost = couriered.parcel(order)
    settling.never_landed(couriered.shop.db, couriered.context(), order.number)
    couriered.ship(order)
    (landed,) = couriered.desk.practice().store.rows("SELECT * FROM parcel WHERE invoice = ?", lost.invoice)
    couriered.desk.practice().move(str(landed["consignment_id"]), "delivered")
    couriered.hear({"consignment_id": landed["consignment_id"], "invoice": lost.invoice, "status": "delivered"})
    couriered.run_jobs()
    assert couriered.shop.order(order).status == "delivered"


def test_two_clicks_at_once_book_one_parcel(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed")
    outcomes: list[object] = []

    def click() -> None:
        try:
            outcomes.append(couriered.ship(order))
        except Refused as refusal:
            outcomes.append(refusal)

    threads = [threading.Thread(target=click) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(outcome, Outcome) for outcome in outcomes) == 1
    assert len(couriered.desk.practice().store.rows("SELECT 1 FROM parcel")) == 1


def test_a_hold_put_on_while_the_courier_was_called_keeps_the_parcel_and_shipping_goes_on_after_release(
    couriered: Couriered,
) -> None:
    order = couriered.shop.bring_to("packed")
    courier = couriered.desk.steadfast()
    send = courier.send

    def held_meanwhile(payload: Any) -> Any:
        couriered.shop.do(order, c.Hold(reason="address"))
        return send(payload)

    courier.send = held_meanwhile  # type: ignore[method-assign]
    couriered.desk.courier = lambda key: courier  # type: ignore[method-assign,assignment]
    outcome = couriered.ship(order)
    assert "could not be shipped" in outcome.sentence and couriered.shop.order(order).status == "confirmed"
    assert couriered.waiting(order) == ["booked_not_shipped"]
    with pytest.raises(Refused, match="has a parcel"):
        couriered.shop.do(order, c.Cancel(reason="no"))
    couriered.shop.do(order, c.Release())
    with pytest.raises(Refused, match="already"):
        couriered.shop.do(order, c.Ship(courier="manual", carrier="Rider"))
    couriered.ship(order)
    assert couriered.shop.order(order).status == "shipped"
    assert len(couriered.desk.practice().store.rows("SELECT 1 FROM parcel")) == 1


def shipped(couriered: Couriered, **changes: Any) -> Done:
    order = couriered.shop.bring_to("packed", ("MUG", 2), **changes)
    couriered.ship(order)
    return order


def test_delivered_by_sync_moves_stock_and_makes_the_courier_owe_the_cash(couriered: Couriered) -> None:
    order = shipped(couriered, **COD)
    couriered.move(order, "pending", "delivered_approval_pending")
    assert couriered.sync(order).changed
    assert couriered.shop.order(order).status == "shipped" and couriered.shop.level("MUG") == (50, 2, 2_500_000)
    couriered.move(order, "Delivered")
    couriered.sync(order)
    after = couriered.shop.order(order)
    assert (after.status, after.money) == ("delivered", "cod_with_courier")
    assert couriered.shop.balance("receivable:courier:steadfast") == after.total_poisha
    assert couriered.shop.level("MUG") == (48, 0, 2_400_000)
    with pytest.raises(NotAllowed):
        sync_order(couriered.desk, couriered.shop.db, couriered.context(Actor(9, "V", "viewer")), order.number)


@pytest.mark.parametrize(
    ("status", "kind", "is_problem"),
    [
        ("hold", None, True),
        ("cancelled_approval_pending", None, True),
        ("unknown_approval_pending", None, True),
        ("on the moon", None, True),
        ("partial_delivered_approval_pending", None, False),
        ("cancelled", "parcel_returning", False),
        ("partial_delivered", "partly_delivered", False),
        ("exceptional", "lost_or_damaged", False),
        ("cancelled_return_received", "parcel_back", False),
    ],
)
def test_every_other_word_leaves_money_and_stock_and_asks_a_person_where_it_should(
    couriered: Couriered, status: str, kind: str | None, is_problem: bool
) -> None:
    order = shipped(couriered)
    before = couriered.shop.level("MUG")
    couriered.move(order, status)
    couriered.sync(order)
    assert couriered.waiting(order) == ([kind] if kind else [])
    assert bool(couriered.parcel(order).problem) is is_problem
    assert couriered.shop.order(order).status == "shipped" and couriered.shop.level("MUG") == before


def test_a_problem_goes_when_the_parcel_moves_on_and_what_staff_noted_stays(couriered: Couriered) -> None:
    order = shipped(couriered)
    couriered.move(order, "hold")
    couriered.sync(order)
    couriered.move(order, "pending")
    couriered.sync(order)
    assert couriered.parcel(order).problem == ""
    couriered.shop.do(order, c.ReportProblem(problem="Customer away until Friday"))
    couriered.move(order, "in_review")
    couriered.sync(order)
    assert couriered.parcel(order).problem == "Customer away until Friday"


def test_the_way_back_is_followed_to_the_shelf_and_its_questions_close(couriered: Couriered) -> None:
    order = shipped(couriered)
    for status in ("cancelled", "cancelled_return_processing", "cancelled_return_received"):
        couriered.move(order, status)
        couriered.sync(order)
        assert couriered.shop.level("MUG")[1] == 2, "nothing is restocked by a word"
    assert couriered.parcel(order).return_leg == "received"
    couriered.shop.do(order, c.ReceiveReturn(restock=True))
    assert couriered.shop.level("MUG") == (50, 0, 2_500_000) and couriered.waiting(order) == []


def test_a_courier_that_takes_a_final_word_back_is_not_followed_and_a_person_is_told(couriered: Couriered) -> None:
    order = shipped(couriered)
    couriered.move(order, "delivered")
    couriered.sync(order)
    couriered.shop.clock.advance(5)
    number = order.number
    row = couriered.parcel(order)
    couriered.move(order, "cancelled")
    courier_jobs.sync_shipment(couriered.desk, couriered.shop.db, couriered.shop.clock, row.id)
    assert couriered.shop.order(number).status == "delivered" and couriered.parcel(order).status == "delivered"
    assert couriered.waiting(order) == ["courier_contradiction"]


def test_an_answer_asked_for_earlier_never_undoes_a_later_one(couriered: Couriered) -> None:
    order = shipped(couriered)
    row = couriered.parcel(order)
    early = couriered.shop.clock.now_us()
    couriered.move(order, "pending")
    couriered.sync(order)
    reading = couriered.desk.steadfast().status(ParcelName(row.invoice))
    couriered.move(order, "hold")
    couriered.sync(order)
    couriered.shop.db.write(lambda tx: apply_reading(tx, couriered.shop.clock, row.id, reading, early))
    assert couriered.parcel(order).status == "hold"


def notification(couriered: Couriered, order: Done, status: str, **more: Any) -> dict[str, Any]:
    row = couriered.parcel(order)
    named = {"consignment_id": int(row.consignment_id), "invoice": row.invoice}
    return {"notification_type": "delivery_status", **named, "status": status, **more}


def test_a_webhook_is_a_hint_that_the_api_confirms(couriered: Couriered) -> None:
    order = shipped(couriered)
    assert couriered.hear(notification(couriered, order, "delivered")) == 200
    couriered.run_jobs()
    assert couriered.shop.order(order).status == "shipped", "the API did not say so"
    couriered.move(order, "delivered")
    couriered.shop.clock.advance(66)
    couriered.run_jobs()
    assert couriered.shop.order(order).status == "delivered", "asked again when their cache had let go"


def test_a_webhook_comes_twice_and_is_kept_once(couriered: Couriered) -> None:
    order = shipped(couriered)
    body = notification(couriered, order, "pending")
    assert [couriered.hear(body, key="k1"), couriered.hear(body, key="k1")] == [200, 200]
    assert [couriered.hear(body), couriered.hear(body)] == [200, 200]
    assert len(couriered.shop.db.read(lambda tx: inbox.news_of(tx, order.order_id))) == 2


def test_a_webhook_without_an_invoice_is_matched_by_its_id_and_one_of_nobody_is_kept(couriered: Couriered) -> None:
    order = shipped(couriered)
    couriered.move(order, "pending")
    assert couriered.hear(notification(couriered, order, "pending", invoice=None)) == 200
    assert couriered.hear({"consignment_id": 1, "invoice": "774", "status": "delivered"}) == 200
    assert couriered.hear({}) == 200
    couriered.run_jobs()
    assert couriered.parcel(order).status == "pending"


def test_a_recovered_parcel_learns_its_code_from_a_webhook(couriered: Couriered) -> None:
    order = lose(couriered, lands=True)
    couriered.shop.clock.advance(61)
    couriered.run_jobs()
    couriered.hear(notification(couriered, order, "in_review", tracking_id="SFR1"))
    couriered.run_jobs()
    assert couriered.parcel(order).tracking_code == "SFR1"


def test_an_amount_changed_at_the_door_is_told_to_a_person_and_books_nothing(couriered: Couriered) -> None:
    order = shipped(couriered, **COD)
    words = "Amount has been changed from 1770 to 50"
    couriered.hear(notification(couriered, order, "", notification_type="tracking_update", tracking_message=words))
    couriered.run_jobs()
    assert couriered.waiting(order) == ["amount_changed"]
    couriered.move(order, "delivered")
    couriered.sync(order)
    assert couriered.waiting(order) == ["amount_changed"], "what was really collected is still open"


def test_a_webhook_settles_an_uncertain_booking_when_the_api_agrees(couriered: Couriered) -> None:
    order = lose(couriered, lands=True)
    invoice = couriered.parcel(order).invoice
    couriered.hear({"consignment_id": 5, "invoice": invoice, "status": "pending"})
    couriered.run_jobs()
    assert couriered.parcel(order).booking == "uncertain", "an id that they do not know settles nothing"
    (landed,) = couriered.desk.practice().store.rows("SELECT * FROM parcel")
    couriered.hear({"consignment_id": landed["consignment_id"], "invoice": invoice, "status": "pending"})
    couriered.run_jobs()
    assert couriered.shop.order(order).status == "shipped"


def signature(raw: bytes) -> str:
    return hmac.new(TOKEN.encode(), raw, hashlib.sha256).hexdigest()


RAW = b'{"consignment_id": 1}'
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.mark.parametrize(
    ("headers", "raw", "token", "status"),
    [
        (BEARER, RAW, TOKEN, 200),
        ({"authorization": f"bearer {TOKEN}"}, RAW, TOKEN, 200),
        ({**BEARER, "X-Signature": signature(RAW)}, RAW, TOKEN, 200),
        ({**BEARER, "X-Signature": signature(RAW).upper()}, RAW, TOKEN, 200),
        ({**BEARER, "X-Signature": signature(b"{}")}, RAW, TOKEN, 401),
        ({**BEARER, "X-Signature": ""}, RAW, TOKEN, 401),
        ({"X-Signature": signature(RAW)}, RAW, TOKEN, 401),
        ({"Authorization": "Bearer wrong"}, RAW, TOKEN, 401),
        ({"Authorization": "Bearer "}, RAW, TOKEN, 401),
        ({"Authorization": f"Basic {TOKEN}"}, RAW, TOKEN, 401),
        ({}, RAW, TOKEN, 401),
        (BEARER, RAW, "", 401),
        ({"Authorization": "Bearer "}, RAW, "", 401),
        ({"Authorization": "Bearer"}, RAW, "", 401),
        (BEARER, b"not json", TOKEN, 400),
        (BEARER, b"[1]", TOKEN, 400),
        (BEARER, b"", TOKEN, 400),
        (BEARER, b"\xff\xfe", TOKEN, 400),
        (BEARER, b"[" * 9_000, TOKEN, 400),
        (BEARER, b'{"a": "' + b"x" * 200_000 + b'"}', TOKEN, 400),
        (BEARER, b'{"invoice": "\\u0000\\ud800", "consignment_id": {"a": 1}, "status": []}', TOKEN, 200),
    ],
)
def test_a_webhook_is_let_in_by_its_token_and_its_signature_alone(
    db: Database, clock: ManualClock, headers: dict[str, str], raw: bytes, token: str, status: int
) -> None:
    assert receive_webhook(db, clock, headers, raw, token).status == status


def test_with_keys_of_a_real_account_nothing_goes_to_the_practice_courier(shop: Shop, clock: ManualClock) -> None:
    hosts: list[str] = []

    def elsewhere(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        consignment = {"consignment_id": 7, "tracking_code": "T7", "status": "in_review"}
        return httpx.Response(200, json={"status": 200, "consignment": consignment})

    keys = SteadfastKeys("live", "live", "")
    desk = CourierDesk(clock, None, find_keys=lambda: keys, transport=httpx.MockTransport(elsewhere))
    order = shop.bring_to("packed")
    Couriered(shop, desk).ship(order)
    assert hosts == ["portal.packzy.com"] and not desk.practising and not desk.no_real_parcels


WORDS = [*MEANINGS, "cancelled_return_processing", "cancelled_return_received", "gone fishing"]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.sampled_from(WORDS)),
        st.tuples(st.just("hear"), st.sampled_from(WORDS)),
        st.tuples(st.sampled_from(["sync", "jobs", "wait", "deliver", "return", "problem"]), st.just("")),
    ),
    max_size=14,
)


@given(steps=STEPS, cod=st.booleans())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_of_webhooks_and_looks_makes_an_illegal_history(
    couriered: Couriered, steps: list[tuple[str, str]], cod: bool
) -> None:
    """The checks of the books, the shelf and the histories run when the fixture closes."""
    shop = couriered.shop
    order = shop.place(("CARD", 1), **(COD if cod else {}))
    if not cod:
        shop.settle(order)
    shop.do(order, c.Confirm())
    shop.do(order, c.Pack())
    couriered.ship(order)
    doings: dict[str, Callable[[str], object]] = {
        "move": lambda word: couriered.move(order, word),
        "hear": lambda word: couriered.hear(notification(couriered, order, word)),
        "sync": lambda _: couriered.sync(order),
        "jobs": lambda _: couriered.run_jobs(),
        "wait": lambda _: shop.clock.advance(70),
        "deliver": lambda _: shop.do(order, c.Deliver()),
        "return": lambda _: shop.do(order, c.ReceiveReturn(restock=True)),
        "problem": lambda _: shop.do(order, c.ReportProblem(problem="away")),
    }
    ended = ""
    for doing, word in steps:
        with suppress(Refused):
            doings[doing](word)
        status = shop.order(order).status
        assert not ended or status == ended or (ended, status) == ("delivered", "returned")
        ended = status if status in ("delivered", "returned") else ""
    if couriered.parcel(order).status != CarrierStatus.DELIVERED and not ended:
        assert shop.order(order).status == "shipped"


def test_parcels_that_nobody_asked_about_are_followed_and_one_they_do_not_know_does_not_block(
    couriered: Couriered,
) -> None:
    first, second = shipped(couriered), shipped(couriered)
    couriered.move(second, "delivered")
    store = couriered.desk.practice().store
    store.run("DELETE FROM parcel WHERE invoice = ?", couriered.parcel(first).invoice)
    db, clock = couriered.shop.db, couriered.shop.clock
    assert courier_jobs.follow_parcels(couriered.desk, db, clock) == 0
    clock.advance(courier_jobs.FOLLOW_AFTER_S + 1)
    assert courier_jobs.follow_parcels(couriered.desk, db, clock) == 2
    assert [couriered.shop.order(order).status for order in (first, second)] == ["shipped", "delivered"]
    assert courier_jobs.follow_parcels(couriered.desk, db, clock) == 0


def test_a_parcel_is_asked_back_once_and_the_order_stays_on_its_way(couriered: Couriered) -> None:
    order = shipped(couriered)
    made = ask_parcel_back(couriered.desk, couriered.shop.db, couriered.context(), order.number, "Customer gave up")
    assert made.status == "pending" and couriered.shop.order(order).status == "shipped"
    with pytest.raises(CourierRefused, match="already open"):
        ask_parcel_back(couriered.desk, couriered.shop.db, couriered.context(), order.number, "again")
    manual = couriered.shop.bring_to("shipped")
    with pytest.raises(Refused):
        ask_parcel_back(couriered.desk, couriered.shop.db, couriered.context(), manual.number, "no")


def test_the_lists_show_what_waits_goes_and_is_in_trouble_by_pages_of_25(couriered: Couriered) -> None:
    for _ in range(3):
        couriered.shop.bring_to("packed", ("CARD", 1))
    lost = lose(couriered, lands=False)
    order = shipped(couriered)
    couriered.move(order, "hold")
    couriered.sync(order)
    read = couriered.shop.db.read
    assert read(shipping_views.counts) == {"to_ship": 4, "in_transit": 1, "problems": 2}
    pages = {tab: read(lambda tx, tab=tab: shipping_views.parcels_page(tx, tab)) for tab in shipping_views.TABS}
    assert [len(page.rows) for page in pages.values()] == [4, 1, 2]
    assert [row.order.number for row in pages["problems"].rows] == [lost.number, order.number]
    assert pages["in_transit"].rows[0].parcel.problem and pages["to_ship"].rows[3].waits
    assert read(shipping_views.numbers_to_ask) == [order.number]
    file = read(lambda tx: shipping_views.parcel_file(tx, order.number))
    assert file.sent["recipient_phone"] == "01711000000" and file.events


def test_troubles_are_paged_both_ways(couriered: Couriered) -> None:
    orders = [couriered.shop.bring_to("shipped", ("CARD", 1)) for _ in range(27)]
    for order in orders:
        couriered.shop.do(order, c.ReportProblem(problem="away"))
    read = couriered.shop.db.read
    first = read(lambda tx: shipping_views.parcels_page(tx, "problems"))
    second = read(lambda tx: shipping_views.parcels_page(tx, "problems", after=first.after))
    back = read(lambda tx: shipping_views.parcels_page(tx, "problems", before=second.before))
    assert (len(first.rows), first.before, len(second.rows), second.after) == (25, "", 2, "")
    assert back.rows == first.rows
    for cursor in ("x", "1.1", "9" * 40):
        with pytest.raises(InvalidInput):
            read(lambda tx, cursor=cursor: shipping_views.parcels_page(tx, "problems", after=cursor))
