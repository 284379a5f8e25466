"""README: to add a courier, touch one file and its row. Here it is added and followed from booking to the books."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from dokango.clock import ManualClock
from dokango.courier_errors import CourierUnavailable
from dokango.couriers import inbox
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.abilities import ABILITIES, Can
from dokango.couriers.line import Line
from dokango.couriers.practice.in_process import InProcess
from dokango.couriers.registry import COURIERS
from dokango.errors import InvalidInput, NotFound, Refused
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels.book import UNCERTAIN, draft, ship_by_courier
from dokango.orders.parcels.call_back import ask_parcel_back
from dokango.orders.parcels.news import sync_order
from dokango.orders.parcels.uncertain import try_again
from dokango.reports.books.account_names import account_name
from tests.core.couriered import Couriered
from tests.paperplane import PAPERPLANE, Airfield
from tests.small_shop import Shop

COD = {"payment": {"method": "cod"}}
CLUB = {"club": "7", "password": "wings"}


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line in COURIERS."""
    monkeypatch.setitem(COURIERS, PAPERPLANE.key, PAPERPLANE)


def desk_with(clock: ManualClock, keys: dict[str, str], airfield: Airfield | None = None) -> CourierDesk:
    """The couriers, with keys for Paperplane, and its server at the other end of the line."""
    transport = InProcess(airfield.app()) if airfield else None
    return CourierDesk(clock, None, lambda key: keys if key == "paperplane" else {}, transport=transport)


@pytest.mark.parametrize("kind", [*COURIERS.values(), PAPERPLANE], ids=lambda kind: kind.key)
def test_a_courier_can_do_all_that_its_row_says_and_no_more(clock: ManualClock, kind: Any) -> None:
    if kind.connect is None:
        assert not kind.can
        return
    courier = kind.connect(Line(clock), kind.practice_keys({}))
    assert (courier.key, courier.name) == (kind.key, kind.name)
    assert {can for can in Can if isinstance(courier, ABILITIES[can])} == kind.can


def test_with_keys_it_is_booked_on_its_own_line_followed_and_owes_the_cash(shop: Shop, clock: ManualClock) -> None:
    airfield = Airfield("wings")
    desk = desk_with(clock, CLUB, airfield)
    couriered = Couriered(shop, desk)
    order = shop.bring_to("packed", ("SARI", 1), **COD)
    outcome = ship_by_courier(desk, shop.db, couriered.context(), order.number, "paperplane")
    assert outcome.sentence == "Paperplane has the parcel: PP1."
    row = couriered.parcel(order)
    assert (row.courier, row.carrier, row.consignment_id, row.status) == (
        "paperplane",
        "Paperplane",
        "PP1",
        "in_review",
    )
    assert airfield.planes["PP1"]["coins"] == 1300 == row.cod_poisha // 100
    airfield.move("PP1", "stuck in a tree")
    assert sync_order(desk, shop.db, couriered.context(), order.number).words == "Held by the courier"
    airfield.move("PP1", "landed")
    sync_order(desk, shop.db, couriered.context(), order.number)
    assert shop.order(order).status == "delivered"
    assert shop.balance("receivable:courier:paperplane") == 130_000
    assert account_name("receivable:courier:paperplane") == "Cash with Paperplane"


def test_without_keys_its_own_practice_server_plays_it(shop: Shop, clock: ManualClock) -> None:
    desk = desk_with(clock, {})
    assert desk.practises("paperplane") and desk.offered() == [kind for kind in COURIERS.values() if kind.by_api]
    order = shop.bring_to("packed")
    ship_by_courier(desk, shop.db, Couriered(shop, desk).context(), order.number, "paperplane")
    assert list(desk.practice("paperplane").planes) == ["PP1"]
    assert desk.practice().store.rows("SELECT 1 FROM parcel") == [], "Steadfast heard nothing"


def test_beside_a_real_account_no_played_courier_is_offered(shop: Shop, clock: ManualClock) -> None:
    desk = desk_with(clock, CLUB, Airfield("wings"))
    assert [kind.key for kind in desk.offered()] == ["paperplane"]


def test_without_keys_and_without_a_practice_server_it_is_not_offered(
    shop: Shop, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(COURIERS, "paperplane", replace(PAPERPLANE, practice=None))
    desk = desk_with(clock, {})
    assert "paperplane" not in [kind.key for kind in desk.offered()]
    with pytest.raises(CourierUnavailable, match="Paperplane has no keys yet"):
        desk.courier("paperplane")
    with pytest.raises(NotFound):
        desk.practice("paperplane")


def test_keys_refused_by_one_courier_stop_that_one_alone(shop: Shop, clock: ManualClock) -> None:
    desk = desk_with(clock, CLUB, Airfield("another password"))
    for _ in range(5):
        with pytest.raises(CourierUnavailable, match="Paperplane"):
            desk.courier("paperplane").prove_keys()
    with pytest.raises(CourierUnavailable, match="was not called"):
        desk.courier("paperplane").prove_keys()
    assert "for you" in desk.courier("steadfast").prove_keys()


def test_its_limits_are_its_own(shop: Shop, clock: ManualClock) -> None:
    order = shop.bring_to("packed", note="x" * 300)
    desk = desk_with(clock, {})
    errors = {
        key: set(shop.db.read(lambda tx, key=key: draft(tx, desk, order.number, key)).checked.errors)
        for key in ("steadfast", "paperplane")
    }
    assert errors == {"steadfast": set(), "paperplane": {"note"}}


def test_what_it_cannot_do_is_refused_in_words(shop: Shop, clock: ManualClock) -> None:
    desk = desk_with(clock, {})
    context = Couriered(shop, desk).context()
    order = shop.bring_to("packed")
    ship_by_courier(desk, shop.db, context, order.number, "paperplane")
    with pytest.raises(Refused, match="Only a parcel that Steadfast carries"):
        ask_parcel_back(desk, shop.db, context, order.number, "no")


def test_a_lost_booking_is_not_sent_again_where_it_would_be_booked_twice(shop: Shop, clock: ManualClock) -> None:
    desk = desk_with(clock, CLUB, Airfield("wings", falls_silent=True))
    context = Couriered(shop, desk).context()
    order = shop.bring_to("packed")
    assert ship_by_courier(desk, shop.db, context, order.number, "paperplane").booking == UNCERTAIN
    with pytest.raises(Refused, match="would book the parcel twice"):
        try_again(desk, shop.db, context, order.number)


def test_a_secret_in_the_address_proves_the_sender_where_nothing_else_does(
    shop: Shop, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhook = replace(PAPERPLANE.webhook, in_address="token", adorn=lambda keys, theirs: {"X-Say": keys["club"]})
    monkeypatch.setitem(COURIERS, "paperplane", replace(PAPERPLANE, webhook=webhook))

    def hear(raw: bytes, **query: str) -> tuple[int, str]:
        headers = {"X-Paperplane": "s3cret"}
        answer = inbox.receive_webhook(shop.db, clock, "paperplane", headers, raw, "s3cret", query=query, keys=CLUB)
        return answer.status, answer.headers["X-Say"]

    body = b'{"plane": "PP1"}'
    assert [hear(body), hear(body, token="wrong"), hear(body, token="s3cret"), hear(b"no", token="s3cret")] == [
        (401, "7"), (401, "7"), (200, "7"), (400, "7")
    ]  # fmt: skip


def test_its_webhook_is_proved_and_read_its_own_way(shop: Shop, clock: ManualClock) -> None:
    desk = desk_with(clock, {})
    couriered = Couriered(shop, desk)
    order = shop.bring_to("packed")
    ship_by_courier(desk, shop.db, couriered.context(), order.number, "paperplane")
    desk.practice("paperplane").move("PP1", "landed")
    raw = json.dumps({"plane": "PP1", "says": "landed"}).encode()

    def hear(**headers: str) -> int:
        return inbox.receive_webhook(shop.db, clock, "paperplane", headers, raw, "s3cret").status

    assert [hear(), hear(authorization="Bearer s3cret"), hear(**{"X-Paperplane": "s3cret"})] == [401, 401, 200]
    ((_, news),) = shop.db.read(lambda tx: inbox.news_of(tx, order.order_id))
    assert (news.consignment_id, news.status) == ("PP1", "landed")
    couriered.run_jobs()
    assert shop.order(order).status == "delivered"


@pytest.mark.parametrize("carrier", ["", "\x07", "\u202e\u200b", "x" * 61, "\x00"])
def test_who_carries_a_parcel_by_hand_is_plain_words_whichever_way_it_comes(shop: Shop, carrier: str) -> None:
    order = shop.bring_to("packed")
    with pytest.raises(InvalidInput) as caught:
        shop.do(order, c.Ship(courier="manual", carrier=carrier))
    assert list(caught.value.fields) == ["carrier"] and shop.order(order).status == "confirmed"
