"""Orders that RedX carries: a lost booking is settled by its webhook, and goods are back when it says so alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dokango import process
from dokango.clock import ManualClock
from dokango.couriers import inbox, process_desk
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.webhook import Reply
from dokango.errors import Refused
from dokango.orders.parcels.uncertain import try_again
from tests.core.couriered import COD, Couriered
from tests.small_shop import Shop


@pytest.fixture
def redx(shop: Shop, clock: ManualClock) -> Iterator[Couriered]:
    desk = CourierDesk(clock, None)
    yield Couriered(shop, desk, "redx")
    desk.close()


def test_a_booking_whose_answer_was_lost_is_settled_by_the_webhook_that_names_it_and_never_tried_again(
    redx: Couriered,
) -> None:
    order = redx.shop.bring_to("packed", **COD)
    redx.fail_next("drop", "/parcel", lands=True)
    assert redx.ship(order).booking == "uncertain"
    with pytest.raises(Refused, match="would book the parcel twice"):
        try_again(redx.desk, redx.shop.db, redx.context(), order.number)
    (there,) = redx.desk.practice("redx").listed(9)
    body = {
        "tracking_number": there["tracking_id"], "invoice_number": there["merchant_invoice_id"],
        "status": "ready-for-delivery", "timestamp": "2026-11-27T10:15:00.000Z",
    }  # fmt: skip
    redx.desk.practice("redx").move(str(there["tracking_id"]), "ready-for-delivery")
    assert redx.hear(body) == 200
    redx.run_jobs()
    assert redx.parcel(order).consignment_id == there["tracking_id"]
    assert redx.shop.order(order).status == "shipped"


def test_on_its_way_back_is_not_back(redx: Couriered) -> None:
    order = redx.shop.bring_to("packed")
    redx.ship(order)
    redx.move(order, "agent-returning")
    redx.sync(order)
    assert (redx.parcel(order).status, redx.parcel(order).return_leg) == ("returning", "")
    redx.move(order, "returned")
    redx.sync(order)
    assert redx.parcel(order).return_leg == "received"


def test_what_the_played_redx_tells_comes_in_by_the_door_of_the_site(redx: Couriered) -> None:
    process.use(redx.shop.db, redx.shop.clock)
    try:
        reply = process_desk._receive("redx", {}, b'{"tracking_number": "26A1", "status": "delivered"}', "t0ken")
    finally:
        process.use(None)
    assert reply.status == 200


@pytest.mark.parametrize("token", ["", "wrong", "t0ke", "t0ken2", "টোকেন"])
@pytest.mark.parametrize("where", ["nowhere", "token", "Authorization", "authorization", "X-Webhook-Token"])
def test_who_does_not_bring_the_token_is_turned_away(redx: Couriered, where: str, token: str) -> None:
    assert brought(redx, where, token).status == 401


@pytest.mark.parametrize("where", ["token", "Authorization", "authorization", "X-Webhook-Token", "x-webhook-token"])
def test_the_token_is_brought_in_the_address_or_in_a_header(redx: Couriered, where: str) -> None:
    assert brought(redx, where, "t0ken").status == 200
    answer = inbox.receive_webhook(redx.shop.db, redx.shop.clock, "redx", {where: "Bearer "}, b"{}", "")
    assert answer.status == 401, "none is set"


def brought(redx: Couriered, where: str, token: str) -> Reply:
    """A notification with `token` in the address, in a header, or nowhere."""
    query = {where: token} if where == "token" else {}
    headers = {where: f"Bearer {token}" if where.lower() == "authorization" else token} if where[0] not in "nt" else {}
    return inbox.receive_webhook(redx.shop.db, redx.shop.clock, "redx", headers, b"{}", "t0ken", query=query)


@pytest.mark.parametrize("amounts", ["numbers", "text"])
def test_the_charge_that_its_info_says_stands_before_the_tariffs(redx: Couriered, amounts: str) -> None:
    order = redx.shop.bring_to("packed", ("MUG", 2), **COD)
    redx.ship(order)
    parcel = redx.parcel(order)
    by_tariff = parcel.expected_charge_poisha
    practice = redx.desk.practice("redx")
    practice.reads["amounts"] = amounts
    practice.store.run("UPDATE parcel SET charge = charge + 7")  # type: ignore[attr-defined]
    charge = practice.listed(1)[0]["charge"]
    redx.sync(order)
    cod_share = by_tariff - 6_000  # of the tariff's 60 taka in the city
    assert charge == 67 and redx.parcel(order).expected_charge_poisha == 6_700 + cod_share
