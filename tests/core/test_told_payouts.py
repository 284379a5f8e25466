"""Payouts that couriers tell of: asked for once a day, through kills and by one worker; looked at, never booked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import httpx
import pytest
from sqlalchemy import func, select

from dokango.clock import DHAKA, ManualClock, datetime_of
from dokango.clocks.table import CLOCKS
from dokango.couriers.desk import CourierDesk
from dokango.couriers.parcels.paid_out import CourierPayout
from dokango.couriers.parcels.told_payouts import ToLookAt, set_aside, take_turn, to_look_at
from dokango.couriers.practice.faults import Fault, Faults
from dokango.db import table_of
from dokango.errors import NotAllowed, NotFound
from dokango.notify import notices
from dokango.orders import Done
from dokango.orders.parcels import uncertain
from dokango.payouts.book import book_payout
from dokango.payouts.daily import AGAIN_S, DEAD_AFTER_S, ask_for_payouts
from dokango.payouts.findings import Verdict
from dokango.payouts.from_courier import payout_of
from dokango.payouts.match import match
from dokango.payouts.statement import FILE, StatedLine, Statement
from dokango.people.actor import Actor
from tests.core.couriered import COD, Couriered, Told, hear_all
from tests.core.stories.mortal import MOMENTS, Killed, Mortal
from tests.small_shop import Shop

HOUR_S = 3_600


def paid(couriered: Couriered) -> Done:
    """A delivered COD order whose cash the courier has paid out."""
    order = couriered.shop.bring_to("packed", ("MUG", 2), **COD)
    couriered.ship(order)
    couriered.move(order, "delivered")
    couriered.sync(order)
    assert couriered.desk.practice(couriered.courier).pay_out() is not None
    return order


def ask(couriered: Couriered) -> int:
    return ask_for_payouts(couriered.desk, couriered.shop.db, couriered.shop.clock)


def waiting(shop: Shop) -> list[ToLookAt]:
    return list(shop.db.read(to_look_at).rows)


def rung(shop: Shop) -> list[str]:
    return [one.words for one in shop.db.read(lambda tx: notices.latest(tx, 1)) if "payout" in one.words]


class Counting(Faults):
    """How often the courier was asked for its list of payouts."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    def take(self, path: str) -> Fault | None:
        self.calls += "payments" in path
        return super().take(path)


def counted(couriered: Couriered) -> Counting:
    counting = Counting()
    couriered.desk.practice(couriered.courier).faults = counting
    return counting


DEBT = "receivable:courier:steadfast"


def test_the_shops_clock_asks() -> None:
    assert "ask couriers for their payouts" in [row.name for row in CLOCKS]


def test_what_is_new_rings_once_stands_to_be_looked_at_and_books_nothing(couriered: Couriered) -> None:
    paid(couriered)
    assert ask(couriered) == 1
    (one,) = waiting(couriered.shop)
    assert (one.courier, one.source, one.amount_poisha) == ("steadfast", "api", couriered.shop.balance(DEBT))
    assert rung(couriered.shop) == ["Steadfast tells of 1 new payout: look at it under Couriers' cash, Payouts"]
    booked = couriered.shop.db.read(lambda tx: tx.value(select(func.count()).select_from(table_of(CourierPayout))))
    assert booked == 0
    for _ in range(3):
        couriered.shop.clock.advance(24 * HOUR_S)
        assert ask(couriered) == 0
    assert len(waiting(couriered.shop)) == len(rung(couriered.shop)) == 1


def test_it_is_asked_once_a_day_in_the_morning(couriered: Couriered) -> None:
    counting, asked = counted(couriered), []
    for _ in range(49):
        before = counting.calls
        ask(couriered)
        ask(couriered)
        if counting.calls > before:
            asked.append(datetime_of(couriered.shop.clock.now_us()).astimezone(DHAKA).hour)
        couriered.shop.clock.advance(HOUR_S)
    assert asked[1:] == [7, 7] and counting.calls == 3


def test_one_that_does_not_answer_is_asked_again_an_hour_later(couriered: Couriered) -> None:
    paid(couriered)
    counted(couriered).add(Fault("fail", "payments", http_status=503))
    assert ask(couriered) == 0
    couriered.shop.clock.advance(AGAIN_S - 1)
    assert ask(couriered) == 0
    couriered.shop.clock.advance(1)
    assert ask(couriered) == 1 and len(waiting(couriered.shop)) == 1


@pytest.mark.parametrize("write", [0, 1])
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_worker_that_is_killed_at_any_write_leaves_it_to_the_next_and_nothing_rings_twice(
    couriered: Couriered, write: int, moment: str
) -> None:
    paid(couriered)
    mortal = Mortal(couriered.shop.db)
    mortal.die_at(write, moment)
    with pytest.raises(Killed):
        ask_for_payouts(couriered.desk, mortal, couriered.shop.clock)  # type: ignore[arg-type]
    couriered.shop.clock.advance(DEAD_AFTER_S)
    ask(couriered)
    assert len(waiting(couriered.shop)) == len(rung(couriered.shop)) == 1


def test_while_one_worker_asks_another_does_not(couriered: Couriered) -> None:
    paid(couriered)
    db, now_us = couriered.shop.db, couriered.shop.clock.now_us()
    assert db.write(lambda tx: take_turn(tx, "steadfast", now_us, now_us + DEAD_AFTER_S * 1_000_000))
    counting = counted(couriered)
    assert ask(couriered) == 0 and counting.calls == 0


@pytest.mark.parametrize("keys", [{"api_key": "k", "secret_key": "s"}, {}])
def test_couriers_without_keys_are_not_asked_beside_one_that_has_some(shop: Shop, keys: Mapping[str, str]) -> None:
    """Pathao tells no payouts; once it alone is set up nobody is asked."""
    pathao = {"client_id": "c", "client_secret": "s", "username": "u", "password": "p"}
    found = {"pathao": pathao, "steadfast": dict(keys)}
    called: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        called.append(request.url.host)
        return httpx.Response(200, json={"status": 200, "data": []})

    desk = CourierDesk(
        shop.clock, None, find_keys=lambda key: found.get(key, {}), transport=httpx.MockTransport(answer)
    )
    ask_for_payouts(desk, shop.db, shop.clock)
    assert bool(called) is bool(keys)
    desk.close()


def test_a_payout_that_is_booked_or_set_aside_waits_no_more(couriered: Couriered, packer: Actor) -> None:
    shop = couriered.shop
    paid(couriered)
    ask(couriered)
    (one,) = waiting(shop)
    statement = payout_of(couriered.desk, "steadfast", one.reference)
    seen = shop.db.read(lambda tx: match(tx, statement))
    shop.db.write(lambda tx: book_payout(tx, couriered.context(), statement, seen.print))
    assert waiting(shop) == []
    paid(couriered)
    shop.clock.advance(24 * HOUR_S)
    ask(couriered)
    (other,) = waiting(shop)
    with pytest.raises(NotAllowed):
        shop.db.write(lambda tx: set_aside(tx, packer, other.id, 1))
    shop.db.write(lambda tx: set_aside(tx, shop.owner, other.id, 1))
    with pytest.raises(NotFound):
        shop.db.write(lambda tx: set_aside(tx, shop.owner, other.id, 1))
    shop.clock.advance(24 * HOUR_S)
    assert ask(couriered) == 0 and waiting(shop) == []


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def pathao(shop: Shop, clock: ManualClock, told: Told) -> Iterator[Couriered]:
    desk = CourierDesk(clock, None)
    desk.practice("pathao").teller = told
    yield Couriered(shop, desk, "pathao")
    desk.close()


def delivered(pathao: Couriered, told: Told, *lines: tuple[str, int]) -> Done:
    order = pathao.shop.bring_to("packed", *lines, **COD)
    pathao.ship(order)
    pathao.move(order, "delivered")
    hear_all(pathao, told)
    return order


@pytest.mark.parametrize("named", ["sent", "left out"])
def test_the_invoice_that_a_notice_names_is_kept_with_its_parcels_rings_once_and_is_matched_to_its_file(
    pathao: Couriered, told: Told, named: str
) -> None:
    pathao.desk.practice("pathao").reads["merchant_order_id"] = named
    first, second = delivered(pathao, told, ("MUG", 2)), delivered(pathao, told, ("MUG", 1))
    made = pathao.desk.practice("pathao").pay_out()
    assert made is not None
    hear_all(pathao, told)
    (one,) = waiting(pathao.shop)
    cod = sum(pathao.parcel(order).cod_poisha for order in (first, second))
    assert (one.courier, one.reference, one.source, one.parcels, one.cod_poisha) == (
        "pathao", made["invoice_id"], "notice", 2, cod
    )  # fmt: skip
    assert rung(pathao.shop) == ["Pathao tells of 1 new payout: look at it under Couriers' cash, Payouts"]
    lines = [StatedLine(1, consignment_id=pathao.parcel(first).consignment_id, collected_poisha=cod, charge_poisha=0)]
    statement = Statement("pathao", one.reference, FILE, "p.csv", lines)
    found = pathao.shop.db.read(lambda tx: match(tx, statement))
    missing = [finding for finding in found.findings if finding.verdict is Verdict.MISSING]
    assert [(f.number, "named this payout" in f.words) for f in missing] == [(second.number, True)]
    pathao.shop.db.write(lambda tx: book_payout(tx, pathao.context(), statement, found.print))
    assert waiting(pathao.shop) == []


def test_a_notice_of_a_parcel_that_nobody_knows_yet_is_of_its_payout_once_it_is_known(
    pathao: Couriered, told: Told
) -> None:
    order = pathao.shop.bring_to("packed", ("MUG", 2), **COD)
    pathao.fail_next("drop", "orders", lands=True)
    pathao.desk.practice("pathao").reads["merchant_order_id"] = "left out"
    assert pathao.ship(order).booking == "uncertain"
    (there,) = pathao.desk.practice("pathao").listed(9)
    name = str(there["consignment_id"])
    body = {"event": "order.paid", "consignment_id": name, "invoice_id": "271126IBW1", "timestamp": "2026-11-27T1"}
    assert pathao.hear(body) == 202
    assert [(one.reference, one.parcels) for one in waiting(pathao.shop)] == [("271126IBW1", 0)]
    uncertain.settle_with_id(pathao.desk, pathao.shop.db, pathao.context(), order.number, name)
    pathao.run_jobs()
    assert [(one.reference, one.parcels) for one in waiting(pathao.shop)] == [("271126IBW1", 1)]
