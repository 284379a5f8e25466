"""Webhooks: who is let in, what is kept, and that each is only a hint."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from dokango.clock import ManualClock
from dokango.couriers import inbox
from dokango.couriers.inbox import receive_webhook
from dokango.db import Database
from tests.core.couriered import COD, TOKEN, Couriered, lose, notification, shipped


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


def test_a_storm_of_one_parcel_costs_one_call_of_its_courier(couriered: Couriered) -> None:
    order = shipped(couriered)
    couriered.move(order, "pending")
    for number in range(9):
        couriered.hear(notification(couriered, order, "pending"), key=f"storm-{number}")
    couriered.sync(order)
    couriered.fail_next("fail", "status_with_return_status", times=9)
    assert couriered.run_jobs() == 9
    assert couriered.desk.practice().faults.take("status_with_return_status") is not None, "it was asked again"
    couriered.desk.practice().faults.clear()
    assert couriered.parcel(order).status == "pending"
    couriered.move(order, "hold")
    couriered.shop.clock.advance(30)
    couriered.hear(notification(couriered, order, "hold"), key="another")
    couriered.run_jobs()
    assert couriered.parcel(order).status == "hold", "what came after the last call is asked"


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
    assert receive_webhook(db, clock, "steadfast", headers, raw, token).status == status
