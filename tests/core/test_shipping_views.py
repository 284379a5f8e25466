"""What the shipping page lists."""

from __future__ import annotations

import pytest

from dokango.errors import InvalidInput
from dokango.orders.cases import lists as problems
from dokango.orders.parcels import lists
from tests.core.couriered import Couriered, lose, shipped


def test_the_lists_show_what_waits_and_goes_and_count_the_problems(couriered: Couriered) -> None:
    for _ in range(3):
        couriered.shop.bring_to("packed", ("CARD", 1))
    lose(couriered, lands=False)
    order = shipped(couriered)
    couriered.move(order, "hold")
    couriered.sync(order)
    read = couriered.shop.db.read
    assert read(lists.counts) == {"to_ship": 4, "in_transit": 1, "problems": 2}
    assert read(problems.counts)["needs_us"] == 2
    pages = {tab: read(lambda tx, tab=tab: lists.parcels_page(tx, tab)) for tab in lists.TABS}
    assert [len(page.rows) for page in pages.values()] == [4, 1]
    assert pages["in_transit"].rows[0].parcel.problem and pages["to_ship"].rows[3].waits
    assert read(lists.numbers_to_ask) == [order.number]
    file = read(lambda tx: lists.parcel_file(tx, order.number))
    assert file.sent["recipient_phone"] == "01711000000" and file.events


def test_parcels_are_paged_both_ways(couriered: Couriered) -> None:
    orders = [couriered.shop.bring_to("shipped", ("CARD", 1)) for _ in range(27)]
    assert len(orders) == 27
    read = couriered.shop.db.read
    first = read(lambda tx: lists.parcels_page(tx, "in_transit"))
    second = read(lambda tx: lists.parcels_page(tx, "in_transit", first.next))
    back = read(lambda tx: lists.parcels_page(tx, "in_transit", second.previous))
    assert (len(first.rows), first.previous, len(second.rows), second.next) == (25, None, 2, None)
    assert back.rows == first.rows
    for cursor in ("x", "after." + "9" * 40):
        with pytest.raises(InvalidInput):
            read(lambda tx, cursor=cursor: lists.parcels_page(tx, "in_transit", cursor))
