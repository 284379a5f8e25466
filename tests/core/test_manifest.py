"""What a rider takes along: listed by courier and day, scanned out once each, printed to be signed."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest

from dokango import audit
from dokango.clock import day_of
from dokango.errors import NotAllowed
from dokango.orders import Context, Done
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels.manifest import BAD, GOOD, Manifest, Scanned, carriers, manifest, scan_out, take_back
from dokango.papers import gathering, press
from dokango.papers.wrapping import BREAK
from dokango.people.actor import Actor
from tests.core.couriered import COD, Couriered, shipped

KEY = "steadfast"
DAY_S = 86_400


def listed(couriered: Couriered, who: str = KEY, days_ago: int = 0) -> Manifest:
    now_us = couriered.shop.clock.now_us()
    day = day_of(now_us) - timedelta(days=days_ago)
    return couriered.shop.db.read(lambda tx: manifest(tx, who, day, now_us))


def scanned(couriered: Couriered, code: str, who: str = KEY, actor: Actor | None = None) -> Scanned:
    context = Context(actor or couriered.shop.owner, couriered.shop.clock)
    return couriered.shop.db.write(lambda tx: scan_out(tx, context, who, code))


def test_a_parcel_is_ticked_once_by_any_of_its_names_and_the_second_time_is_said_loudly(couriered: Couriered) -> None:
    orders = [shipped(couriered, **COD) for _ in range(4)]
    rows = [couriered.parcel(order) for order in orders]
    codes = (rows[0].tracking_code, rows[1].consignment_id, rows[2].invoice, f"#{orders[3].number}")
    assert [scanned(couriered, f" {code} ").level for code in codes] == [GOOD] * 4
    again = scanned(couriered, rows[0].tracking_code)
    assert (again.level, again.words[:11]) == (BAD, "ALREADY OUT")
    assert all(couriered.parcel(order).handed_over_at for order in orders)
    found = listed(couriered)
    assert (found.handed, len(found.rows), found.collect_poisha) == (4, 4, 4 * rows[0].cod_poisha)


def test_what_is_no_parcel_of_this_rider_changes_nothing(couriered: Couriered, viewer: Actor) -> None:
    order = shipped(couriered)
    by_hand = couriered.shop.bring_to("packed")
    couriered.shop.do(by_hand, c.Ship(courier="manual", carrier="Own rider"))
    code = couriered.parcel(order).tracking_code
    assert scanned(couriered, "NOBODY'S").words.startswith("UNKNOWN")
    assert scanned(couriered, code, "own-rider").words.startswith("WRONG COURIER")
    couriered.move(order, "cancelled")
    couriered.sync(order)
    assert scanned(couriered, code).words.startswith("ON ITS WAY BACK")
    with pytest.raises(NotAllowed):
        scanned(couriered, code, actor=viewer)
    assert couriered.parcel(order).handed_over_at is None


def test_what_waits_stands_on_today_s_list_and_what_went_on_that_of_its_day(couriered: Couriered) -> None:
    waits, went, gone = shipped(couriered), shipped(couriered), shipped(couriered)
    scanned(couriered, couriered.parcel(went).tracking_code)
    couriered.move(gone, "pending")  # the rider had it without a scan
    couriered.sync(gone)
    assert [row.number for row in listed(couriered).rows] == [waits.number, went.number]
    couriered.shop.clock.advance(DAY_S)
    assert [row.number for row in listed(couriered).rows] == [waits.number]
    assert [row.number for row in listed(couriered, days_ago=1).rows] == [went.number]
    couriered.shop.clock.advance(20 * DAY_S)
    assert listed(couriered).rows == ()


def test_each_carrier_has_its_own_list_and_a_hand_carried_parcel_waits_for_a_day(couriered: Couriered) -> None:
    shipped(couriered)
    order: Done = couriered.shop.bring_to("packed")
    couriered.shop.do(order, c.Ship(courier="manual", carrier="Own rider"))
    now_us = couriered.shop.clock.now_us()
    assert couriered.shop.db.read(lambda tx: carriers(tx, day_of(now_us), now_us)) == {
        KEY: "Steadfast",
        "own-rider": "Own rider",
    }
    assert [row.number for row in listed(couriered, "own-rider").rows] == [order.number]
    couriered.shop.clock.advance(DAY_S)
    assert listed(couriered, "own-rider").rows == ()


def test_the_paper_says_how_many_what_they_collect_and_has_room_to_sign(couriered: Couriered) -> None:
    orders = [shipped(couriered, **COD) for _ in range(2)]
    scanned(couriered, couriered.parcel(orders[0]).tracking_code)
    shop = couriered.shop.db.read(gathering.shop_card)
    made = press.manifest(shop, listed(couriered), couriered.shop.clock.now_us())
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made)]
    words = " ".join(" ".join(pages).replace(BREAK, "").split())
    assert "2 parcels, 1 scanned out" in words and "1 of 2 parcels out · collects ৳1,700 together" in words
    assert "Rider's name" in words and "Signature" in words
    assert all(f"#{order.number}" in words and couriered.parcel(order).tracking_code in words for order in orders)


@pytest.mark.parametrize("after", ["lost", "back", "elsewhere", "delivered"])
def test_what_went_out_stays_on_the_list_of_its_day_whatever_became_of_it(couriered: Couriered, after: str) -> None:
    order = shipped(couriered, **COD)
    assert scanned(couriered, couriered.parcel(order).invoice).words.startswith(f"#{order.number}")
    couriered.shop.clock.advance(DAY_S)
    became = {
        "lost": c.LoseParcel(reason="not in any hub"), "back": c.ReceiveReturn(restock=True),
        "elsewhere": c.SendElsewhere(reason="another takes it"), "delivered": c.Deliver(),
    }  # fmt: skip
    couriered.shop.do(order, became[after])
    found = listed(couriered, days_ago=1)
    assert [(row.number, row.handed_us is not None) for row in found.rows] == [(order.number, True)]
    assert listed(couriered).rows == ()


def test_a_tick_that_was_too_soon_is_taken_back_the_same_day_and_may_come_again(couriered: Couriered) -> None:
    order = shipped(couriered, **COD)
    code, shop = couriered.parcel(order).invoice, couriered.shop

    def taken_back() -> Scanned:
        context = Context(shop.owner, shop.clock)
        return shop.db.write(lambda tx: take_back(tx, context, KEY, code))

    assert taken_back().words.startswith("STILL HERE")
    assert scanned(couriered, code).level == GOOD
    assert (taken_back().level, couriered.parcel(order).handed_over_at, listed(couriered).handed) == (GOOD, None, 0)
    assert scanned(couriered, code).level == GOOD
    shop.clock.advance(DAY_S)
    assert taken_back().words.startswith("OUT SINCE")
    assert listed(couriered, days_ago=1).handed == 1
    done = [event.action for event in shop.db.read(lambda tx: audit.of_order(tx, order.order_id))]
    assert [action for action in done if "hand" in action] == ["hand_over", "not_handed_over", "hand_over"]
