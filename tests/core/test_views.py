"""The order list: pages by keyset, filters, and what a search finds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dokango.clock import US_PER_DAY, ManualClock
from dokango.db import Database
from dokango.errors import InvalidInput
from dokango.orders.lifecycle import commands as c
from dokango.orders.reading import lists
from dokango.orders.reading.lists import Filters, Wanted
from dokango.people.actor import Actor
from tests.small_shop import Shop, open_shop

COD = {"payment": {"method": "cod"}}


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


def numbers(shop: Shop, wanted: Wanted) -> list[str]:
    return [row.number for row in shop.db.read(lambda tx: lists.page(tx, wanted)).rows]


def found(shop: Shop, **filters: Any) -> list[str]:
    return numbers(shop, Wanted("all", Filters(**filters), newest_first=True))


def test_pages_follow_each_other_without_gap_or_repeat_in_both_directions(shop: Shop) -> None:
    placed = [shop.place(("MUG", 1), **COD).number for _ in range(7)]
    first = shop.db.read(lambda tx: lists.page(tx, Wanted("all", newest_first=True, limit=3)))
    second = shop.db.read(lambda tx: lists.page(tx, Wanted("all", newest_first=True, limit=3, cursor=first.next)))
    third = shop.db.read(lambda tx: lists.page(tx, Wanted("all", newest_first=True, limit=3, cursor=second.next)))
    back = shop.db.read(lambda tx: lists.page(tx, Wanted("all", newest_first=True, limit=3, cursor=third.previous)))

    assert [row.number for page in (first, second, third) for row in page.rows] == placed[::-1]
    assert back.rows == second.rows
    assert (first.previous, third.next) == (None, None)


def test_an_order_placed_meanwhile_does_not_move_the_next_page(shop: Shop) -> None:
    placed = [shop.place(("MUG", 1), **COD).number for _ in range(4)]
    first = shop.db.read(lambda tx: lists.page(tx, Wanted("all", newest_first=True, limit=2)))
    shop.place(("MUG", 1), **COD)

    assert numbers(shop, Wanted("all", newest_first=True, limit=2, cursor=str(first.next))) == placed[1::-1]


@pytest.mark.parametrize(
    "cursor",
    ["x", "1.2", "after.1", "after.1.x", "after.-1.2", f"after.{2**70}.1", "after.1.2; DROP", "after.১.২"],
)
def test_a_cursor_of_somebodys_own_making_is_refused(shop: Shop, cursor: str) -> None:
    with pytest.raises(InvalidInput):
        numbers(shop, Wanted("all", cursor=cursor))


def test_each_filter_keeps_what_it_says(shop: Shop, clock: ManualClock) -> None:
    dhaka = shop.place(("MUG", 1), **COD)
    clock.advance(2 * US_PER_DAY / 1_000_000)
    sylhet = shop.place(("MUG", 1), address={"line": "House 7, Road 3", "area": "Amberkhana", "district": "Sylhet"})
    held = shop.do(shop.place(("MUG", 1), **COD), c.Hold(reason="suspicious"))
    mine = shop.do(shop.bring_to("confirmed"), c.Mark(assigned_to="Mitu"))

    assert found(shop, district="Sylhet") == [sylhet.number]
    assert found(shop, method="cod") == [held.number, dhaka.number]
    assert found(shop, status="confirmed") == [mine.number]
    assert found(shop, money="paid") == [mine.number]
    assert found(shop, money="unpaid") == [sylhet.number]
    assert found(shop, held="suspicious") == [held.number]
    assert found(shop, assigned="Mitu") == [mine.number]
    assert found(shop, to_day=date(2026, 11, 22)) == [dhaka.number]
    assert found(shop, from_day=date(2026, 11, 24), method="cod") == [held.number]
    assert found(shop, district="Nowhere") == []


def test_a_search_finds_number_name_phone_and_trx_id(shop: Shop) -> None:
    other = {"customer": {"name": "Karim Uddin", "phone": "01811222333"}}
    rahima, karim = shop.place(("MUG", 1)), shop.place(("MUG", 1), **other)
    shop.settle(rahima, trx_id="BLU1H6X8AA")

    assert found(shop, search=f"#{rahima.number}") == [rahima.number]
    assert found(shop, search=karim.number) == [karim.number]
    assert found(shop, search="rahima") == [rahima.number]
    assert found(shop, search="Uddin Karim") == [karim.number]
    assert found(shop, search="01811222") == [karim.number]
    assert found(shop, search="blu1h6x8aa") == [rahima.number]
    assert found(shop, search="nobody-here") == []


@pytest.mark.parametrize("typed", ['"', "*", "a OR b", "NEAR(", "'; --", "%", "() & | !", "x:*", "\\", "🙂"])
def test_whatever_is_typed_into_the_search_is_only_looked_for(shop: Shop, typed: str) -> None:
    shop.place(("MUG", 1))

    assert found(shop, search=typed) in ([], ["1001"])


def test_a_search_within_a_tab_stays_in_the_tab(shop: Shop) -> None:
    unpaid = shop.place(("MUG", 1))
    shop.bring_to("confirmed")

    assert numbers(shop, Wanted("unpaid", Filters(search="Rahima"))) == [unpaid.number]


def test_a_buyers_record_counts_orders_and_returns_by_phone(shop: Shop) -> None:
    shop.bring_to("returned")
    shop.place(("MUG", 1))

    assert shop.db.read(lambda tx: lists.records_by_phone(tx, ["01711000000", "01999999999"])) == {
        "01711000000": (2, 1)
    }


def test_a_claims_place_in_the_queue_is_said(shop: Shop) -> None:
    claims = [{"payment": {"method": "bkash", "transaction_id": f"BLU1H6X8A{i}"}} for i in range(3)]
    placed = [shop.place(("MUG", 1), **claim) for claim in claims]
    row = shop.order(placed[1])

    assert shop.db.read(lambda tx: lists.position_in(tx, "to_verify", row)) == (2, 3)
