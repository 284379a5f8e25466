"""Late parcels: when one should come, by the shop's own history; who is told when it does not, and once."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Protocol

import pytest
from sqlalchemy import func, select

from dokango.clock import US_PER_DAY, day_of
from dokango.clocks.table import CLOCKS
from dokango.couriers.desk import CourierDesk
from dokango.couriers.models import DeliveryDays
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.delivery_days import ENOUGH, Expected, count_delivery, expected, expected_now
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.db import Tx, table_of
from dokango.migrations import versions
from dokango.notify.messages import Letterhead, render
from dokango.notify.models import Message
from dokango.orders import Done
from dokango.orders.cases import rows as cases
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import describe
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels import late
from dokango.orders.parcels.late import look_for_late
from tests.core.couriered import Couriered
from tests.core.test_search_migration import migrate
from tests.small_shop import Shop

_M, _D = table_of(Message), table_of(DeliveryDays)
DAY_S = 86_400
COD = {"payment": {"method": "cod"}}
HANDED = date(2026, 11, 22)


def live(shop: Shop, order: Done) -> ParcelRow:
    found = shop.db.read(lambda tx: shipments.live_of(tx, order.order_id))
    assert found is not None
    return found


class History(Protocol):
    def __call__(self, *took: tuple[int, int], district: str = "Dhaka", carrier: str = "Rider") -> None: ...


@pytest.fixture
def history(shop: Shop) -> Iterator[History]:
    """So many deliveries that took so many days, of orders that were none: forgotten when the test is over."""

    def count(*took: tuple[int, int], district: str = "Dhaka", carrier: str = "Rider") -> None:
        def each(tx: Tx) -> None:
            for days, times in took:
                for _ in range(times):
                    count_delivery(tx, "manual", carrier, district, 0, days * US_PER_DAY)

        shop.db.write(each)

    yield count
    shop.db.write(lambda tx: tx.script("DELETE FROM delivery_days"))


def seen(shop: Shop, order: Done) -> list[tuple[str, str]]:
    found = shop.db.read(lambda tx: cases.open_of(tx, order.order_id))
    return [(row.kind, row.words) for row in found]


HISTORIES: list[tuple[list[tuple[int, int]], Expected]] = [
    ([], Expected(HANDED + timedelta(days=2))),
    ([(1, ENOUGH - 1)], Expected(HANDED + timedelta(days=2))),
    ([(1, 20), (3, 8), (9, 2)], Expected(HANDED + timedelta(days=3), HANDED + timedelta(days=1))),
    ([(1, 15), (2, 15)], Expected(HANDED + timedelta(days=2), HANDED + timedelta(days=1))),
    ([(1, 14), (5, 16)], Expected(HANDED + timedelta(days=5), HANDED + timedelta(days=5))),
]


@pytest.mark.parametrize(("took", "comes"), HISTORIES)
def test_a_parcel_is_expected_by_the_day_within_which_nine_of_ten_came(
    shop: Shop, history: History, took: list[tuple[int, int]], comes: Expected
) -> None:
    history(*took)
    history((40, 100), district="Sylhet")
    history((40, 100), carrier="Sundarban")
    found = shop.db.read(lambda tx: expected(tx, "manual", "Rider", "Dhaka", shop.clock.now_us(), 2))
    assert found == comes


def test_the_day_is_kept_on_the_parcel_and_told_to_its_customer(shop: Shop, history: History) -> None:
    history((1, 20), (3, 10))
    order = shop.bring_to("shipped", **COD)
    parcel = live(shop, order)
    assert (parcel.estimated_delivery, parcel.usual_delivery) == ("2026-11-25", "2026-11-23")
    page = describe(shop.db.read(lambda tx: by_link(tx, shop.order(order).token)), "en")
    assert page.order["expected"] == "Expected by 25 Nov 2026"


def test_each_delivery_counts_once_for_its_courier_and_district(shop: Shop) -> None:
    for _ in range(ENOUGH):
        order = shop.bring_to("shipped", ("CARD", 1), **COD)
        shop.clock.advance(3 * DAY_S)
        shop.do(order, c.Deliver())
    found = shop.db.read(lambda tx: expected(tx, "manual", "Rider", "Dhaka", shop.clock.now_us(), 2))
    assert found.by - day_of(shop.clock.now_us()) == timedelta(days=3)


@pytest.mark.parametrize(
    ("took", "now"),
    [([], 2), ([(1, 100), (4, 29)], 2), ([(1, 100), (4, 20), (6, 20)], 3)],
)
def test_the_new_day_of_a_late_parcel_is_that_of_those_that_took_longer(
    shop: Shop, history: History, took: list[tuple[int, int]], now: int
) -> None:
    history(*took)
    handed_us = shop.clock.now_us()
    now_us = handed_us + 3 * US_PER_DAY
    day = shop.db.read(lambda tx: expected_now(tx, "manual", "Rider", "Dhaka", handed_us, now_us))
    assert day == day_of(now_us) + timedelta(days=now)


def test_a_late_parcel_opens_a_case_and_its_customer_is_told_once_with_a_new_day(shop: Shop) -> None:
    order = shop.bring_to("shipped", **COD)
    shop.clock.advance(2 * DAY_S)
    assert look_for_late(shop.db, shop.clock) == 0
    shop.clock.advance(DAY_S)
    assert [look_for_late(shop.db, shop.clock) for _ in range(3)] == [1, 0, 0]
    said = "Expected by 24 Nov 2026, now by 27 Nov 2026. The customer is told. Ask the courier where it is."
    assert seen(shop, order) == [("late", said)]
    parcel = live(shop, order)
    assert (parcel.estimated_delivery, parcel.late_at is not None) == ("2026-11-27", True)
    wanted = select(func.count()).where(_M.c.template == "parcel_late", _M.c.audience == "customer")
    assert shop.db.read(lambda tx: tx.value(wanted)) == 1
    page = describe(shop.db.read(lambda tx: by_link(tx, shop.order(order).token)), "bn")
    assert page.order["expected"] == "দেরি হচ্ছে: এখন ২৭ নভেম্বর ২০২৬-এর মধ্যে পৌঁছাবে"
    assert page.history[0]["what"] == "দেরি হচ্ছে; নতুন তারিখ জানিয়েছি"
    shop.clock.advance(10 * DAY_S)
    assert look_for_late(shop.db, shop.clock) == 0
    shop.do(order, c.Deliver())
    assert seen(shop, order) == []


@pytest.mark.parametrize(
    ("locale", "words"), [("en", "now expect it by 27 Nov 2026."), ("bn", "এখন ২৭ নভেম্বর ২০২৬-এর মধ্যে পৌঁছাবে")]
)
def test_the_message_names_the_new_day_in_the_customers_language(locale: str, words: str) -> None:
    data = f'{{"number": "1001", "name": "Rahima", "token": "t", "locale": "{locale}", "expected_day": "2026-11-27"}}'
    assert words in render("customer", "parcel_late", data, Letterhead("Shop", "", "http://s")).body


def test_a_parcel_whose_customer_is_asked_already_is_not_said_to_be_late(shop: Shop) -> None:
    order = shop.bring_to("shipped", **COD)
    shop.do(order, c.ReportProblem(problem="nobody home"))
    shop.clock.advance(5 * DAY_S)
    assert look_for_late(shop.db, shop.clock) == 0
    shop.do(order, c.ReportProblem(problem=""))
    assert look_for_late(shop.db, shop.clock) == 1


@pytest.mark.parametrize("step", [c.Deliver(), c.ReceiveReturn(restock=True)])
def test_what_has_ended_is_never_late(shop: Shop, step: c.Command) -> None:
    shop.do(shop.bring_to("shipped", **COD), step)
    shop.clock.advance(30 * DAY_S)
    assert look_for_late(shop.db, shop.clock) == 0


@pytest.fixture
def couriered(shop: Shop, practice_courier: CourierDesk) -> Couriered:
    return Couriered(shop, practice_courier)


def moved(couriered: Couriered, order: Done, status: str) -> None:
    couriered.shop.clock.advance(120)
    couriered.move(order, status)
    couriered.sync(order)


def test_a_parcel_that_its_courier_does_not_fetch_opens_a_case_until_it_does(couriered: Couriered) -> None:
    shop = couriered.shop
    order = shop.bring_to("packed", **COD)
    couriered.ship(order)
    shop.clock.advance(23 * 3_600)
    assert look_for_late(shop.db, shop.clock) == 0
    shop.clock.advance(2 * 3_600)
    assert [look_for_late(shop.db, shop.clock) for _ in range(2)] == [1, 0]
    [(kind, words)] = seen(shop, order)
    assert (kind, "has not picked it up 24 hours after" in words) == ("not_picked_up", True)
    moved(couriered, order, "pending")
    assert seen(shop, order) == []
    assert look_for_late(shop.db, shop.clock) == 0


def test_an_owner_who_sets_no_hours_waits_for_ever(couriered: Couriered) -> None:
    shop = couriered.shop
    shop.set_profile(pickup_hours=0, delivery_days_inside=60)
    couriered.ship(shop.bring_to("packed", **COD))
    shop.clock.advance(40 * DAY_S)
    assert look_for_late(shop.db, shop.clock) == 0


def test_a_late_parcel_that_turns_back_is_awaited_no_more(couriered: Couriered) -> None:
    shop = couriered.shop
    order = shop.bring_to("packed", **COD)
    couriered.ship(order)
    moved(couriered, order, "pending")
    shop.clock.advance(4 * DAY_S)
    assert look_for_late(shop.db, shop.clock) == 1
    moved(couriered, order, "cancelled")
    assert [kind for kind, _ in seen(shop, order)] == ["unknown"]


def test_many_are_looked_through_in_pages(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late, "MOST_AT_ONCE", 2)
    orders = [shop.bring_to("shipped", ("CARD", 1), **COD) for _ in range(7)]
    shop.do(orders[2], c.ReportProblem(problem="nobody home"))
    shop.clock.advance(5 * DAY_S)
    assert look_for_late(shop.db, shop.clock) == 6


def test_the_clock_looks_every_hour() -> None:
    [row] = [row for row in CLOCKS if row.name == "look for late parcels"]
    assert row.every_s == 3_600


def test_what_was_delivered_before_is_counted_by_the_migration(shop: Shop) -> None:
    for days in (0, 3, 3, 70):
        order = shop.bring_to("shipped", ("CARD", 1), **COD)
        shop.clock.advance(days * DAY_S)
        shop.do(order, c.Deliver())
    shop.bring_to("shipped", ("CARD", 1), **COD)
    counted = shop.db.read(lambda tx: tx.rows(select(_D).order_by(_D.c.days)))
    [path] = Path(versions.__file__ or "").parent.glob("*_late.py")
    migration = importlib.import_module(f"{versions.__name__}.{path.stem}")
    shop.db.write(lambda tx: tx.script("DELETE FROM delivery_days"))
    migrate(shop, SimpleNamespace(upgrade=migration.count_what_was_delivered))
    assert shop.db.read(lambda tx: tx.rows(select(_D).order_by(_D.c.days))) == counted
    assert [(row.courier, row.days, row.deliveries) for row in counted] == [
        ("rider", 0, 1), ("rider", 3, 2), ("rider", 60, 1),
    ]  # fmt: skip
