"""What nobody confirms is let go: told before, once, in one piece, beside others and through kills; nothing else is."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from dokango import audit, topics
from dokango.audit import Event
from dokango.checks import run_checks
from dokango.clocks.worker import make_worker
from dokango.couriers.desk import CourierDesk
from dokango.db import open_database, table_of
from dokango.errors import NotAllowed, Refused
from dokango.notify.messages import Letterhead, render
from dokango.notify.models import Message
from dokango.orders import Context
from dokango.orders.customer import steps
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import describe
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.table import steps as steps_of
from dokango.orders.lifecycle.unconfirmed import let_go
from dokango.orders.placing.checkout_form import Placed, place_once
from dokango.orders.reading.review import review
from dokango.people.actor import SYSTEM, customer
from dokango.people.permissions import STAFF_ROLES
from dokango.settings import Settings
from tests.core.racing import at_once
from tests.small_shop import Shop, request

ROOT = Path(__file__).parents[2]
HOUR_S = 3_600
_keys = itertools.count()
_E, _M = table_of(Event), table_of(Message)


def web_order(shop: Shop, method: str = "cod", locale: str = "en") -> Placed:
    """A visitor's order of two mugs, with a phone of its own."""
    key = next(_keys)
    wanted = request(
        ("MUG", 2), customer={"name": "Rahima Akter", "phone": f"0171{key:07d}"}, payment={"method": method}
    )
    context = Context(customer("Rahima Akter"), shop.clock)
    return shop.db.write(lambda tx: place_once(tx, context, f"expiry-{key}", wanted, locale=locale))


def after(shop: Shop, hours: float) -> int:
    """So much later the clock has its round; how many orders took a step."""
    shop.clock.advance(hours * HOUR_S)
    return let_go(shop.db, shop.clock)


def told(shop: Shop, audience: str) -> list[Any]:
    """The messages of the outbox about ends."""
    query = select(_M.c.template, _M.c.data).where(_M.c.audience == audience).order_by(_M.c.id)
    return [row for row in shop.db.read(lambda tx: tx.rows(query)) if "expire" in row.template]


def events(shop: Shop, action: str) -> int:
    """How often something happened, to all orders."""
    query = select(func.count()).where(_E.c.action == action)
    return int(shop.db.read(lambda tx: tx.value(query)))


@pytest.mark.parametrize(("method", "missing"), [("cod", "confirmed"), ("bkash", "paid")])
def test_an_order_that_nobody_confirms_is_told_after_two_days_and_let_go_after_three(
    shop: Shop, method: str, missing: str
) -> None:
    before = (shop.books(), shop.level("MUG"))
    placed = web_order(shop, method)
    assert shop.level("MUG")[1] == 2
    assert [after(shop, hours) for hours in (47, 1.1, 1, 22)] == [0, 1, 0, 0]
    assert shop.order(placed.number).status == "pending"
    assert [after(shop, hours) for hours in (1, 1, 24)] == [1, 0, 0]
    order = shop.order(placed.number)
    assert (order.status, order.money, order.due_poisha, order.expires_at) == ("cancelled", "unpaid", 0, None)
    assert (shop.books(), shop.level("MUG")) == before
    last = shop.db.read(lambda tx: audit.of_order(tx, order.id))[-1]
    assert (last.action, last.actor_kind, last.note) == ("expire", "rule", f"not {missing} within 72 hours")
    assert (events(shop, "remind"), events(shop, "expire")) == (1, 1)


def test_customer_and_staff_are_told_once_before_and_once_after(shop: Shop) -> None:
    placed = web_order(shop)
    for hours in (48.1, 1, 24, 24, 24):
        after(shop, hours)
    for audience in ("customer", "staff"):
        assert [row.template for row in told(shop, audience)] == ["order_expires_soon", "order_expired"]
    head = Letterhead("Small shop", "01700000000", "http://localhost")
    words = [render("customer", row.template, row.data, head).body for row in told(shop, "customer")]
    assert "We keep its items for you until 25 Nov 2026, 12:06; please call us before" in words[0]
    assert f"Your order #{placed.number} was not confirmed in time" in words[1]
    staff = render("staff", told(shop, "staff")[0].template, told(shop, "staff")[0].data, head).subject
    assert staff.startswith(f"Order #{placed.number} from Rahima Akter is let go on 25 Nov 2026, 12:06 unless")


def test_who_pays_by_wallet_is_told_what_to_send_in_their_language(shop: Shop) -> None:
    web_order(shop, "bkash", locale="bn")
    after(shop, 50)
    row = told(shop, "customer")[0]
    body = render("customer", row.template, row.data, Letterhead("Small shop", "", "http://localhost")).body
    assert "৳১,৭০০ এখনও বাকি" in body and "২৫ নভেম্বর ২০২৬" in body


STAYS: dict[str, Callable[[Shop, Placed], Any]] = {
    "confirmed": lambda shop, placed: shop.do(placed.number, c.Confirm()),
    "claimed": lambda shop, placed: shop.do(
        placed.number, c.ClaimPayment(method="bkash", transaction_id="BLU1H6X8AA"), actor=customer("Rahima Akter")
    ),
    "part paid": lambda shop, placed: shop.settle(placed.number, 100),
    "on hold": lambda shop, placed: shop.do(placed.number, c.Hold(reason="address")),
    "a wish waits": lambda shop, placed: shop.do(placed.number, c.AskChange(what="change", words="one less")),
    "the owner keeps for ever": lambda shop, placed: shop.set_profile(hold_hours=0),
}


@pytest.mark.parametrize("why", STAYS.values(), ids=STAYS)
@pytest.mark.parametrize("first_hours", [1, 60], ids=["before it is told", "after"])
def test_what_somebody_has_seen_to_stays(shop: Shop, why: Callable[[Shop, Placed], Any], first_hours: float) -> None:
    placed = web_order(shop)
    after(shop, first_hours)
    why(shop, placed)
    stands = shop.order(placed.number).status
    for _ in range(5):
        after(shop, 48)
    assert shop.order(placed.number).status == stands
    for command in (c.Expire(), c.Remind()):
        with pytest.raises(Refused):
            shop.do(placed.number, command, actor=SYSTEM)


def test_a_step_of_the_clock_is_refused_before_its_time(shop: Shop) -> None:
    placed = web_order(shop)
    for hours, command in ((0, c.Remind()), (100, c.Expire())):
        shop.clock.advance(hours * HOUR_S)
        with pytest.raises(Refused):
            shop.do(placed.number, command, actor=SYSTEM)
    shop.do(placed.number, c.Remind(), actor=SYSTEM)
    for command in (c.Remind(), c.Expire()):
        with pytest.raises(Refused):
            shop.do(placed.number, command, actor=SYSTEM)


def test_each_step_of_the_clock_wakes_who_watches_the_order_and_an_end_who_watches_the_shelf(shop: Shop) -> None:
    placed = web_order(shop)
    heard: list[set[str]] = []
    shop.db.listen(lambda announcement: heard.append(set(announcement.topics)))
    for hours in (50, 30):
        after(shop, hours)
    reminded, ended = heard
    assert {topics.ORDERS, topics.of_order(placed.number)} <= reminded & ended
    assert {topics.STOCK, topics.of_sku("MUG")} <= ended - reminded


def test_orders_that_staff_and_programs_enter_are_kept(shop: Shop) -> None:
    order = shop.place(("MUG", 1), payment={"method": "cod"})
    assert after(shop, 1_000) == 0
    assert shop.order(order).status == "pending"


@pytest.mark.parametrize("stops", ["claim", "hold", "wish"])
def test_who_is_to_act_again_has_the_whole_notice_for_it(shop: Shop, stops: str) -> None:
    placed = web_order(shop, "bkash")
    after(shop, 71.5)
    there, back = {
        "claim": (
            c.ClaimPayment(method="bkash", transaction_id="BLU1H6X8AA"), c.RejectClaim(reason="not in the wallet"),
        ),
        "hold": (c.Hold(reason="address"), c.Release()),
        "wish": (c.AskChange(what="change", words="one less"), c.RefuseChange(reason="it is the last one")),
    }[stops]  # fmt: skip
    shop.do(placed.number, there)
    assert after(shop, 48) == 0
    shop.do(placed.number, back)
    assert [after(shop, hours) for hours in (0, 23.9, 0.2)] == [0, 0, 1]
    assert shop.order(placed.number).status == "cancelled"
    assert events(shop, "remind") == 1


def test_orders_older_than_a_hold_that_begins_are_told_first(shop: Shop) -> None:
    shop.set_profile(hold_hours=0)
    placed = web_order(shop)
    assert after(shop, 2_000) == 0
    shop.set_profile(hold_hours=48, hold_notice_hours=12)
    assert [after(shop, hours) for hours in (0, 11.9, 0.2)] == [1, 0, 1]
    assert shop.order(placed.number).status == "cancelled"


def test_an_owner_who_lets_nobody_be_told_has_them_let_go_at_once(shop: Shop) -> None:
    shop.set_profile(hold_hours=4, hold_notice_hours=0)
    web_order(shop)
    assert [after(shop, hours) for hours in (3.9, 0.2)] == [0, 1]
    assert [row.template for row in told(shop, "customer")] == ["order_expired"]


def test_only_the_clock_lets_go(shop: Shop) -> None:
    placed = web_order(shop)
    after(shop, 100)
    for role in STAFF_ROLES:
        actor = type(shop.owner)(7, "Somebody", role)
        with pytest.raises(NotAllowed):
            shop.do(placed.number, c.Expire(), actor=actor)
        seen = shop.db.read(lambda tx, actor=actor: steps_of(situation_of(tx, actor, shop.clock, placed.number)))
        assert not {"expire", "remind"} & {step.action for step in seen}


def test_the_shops_worker_lets_go(shop: Shop, practice_courier: CourierDesk) -> None:
    placed = web_order(shop)
    worker = make_worker(shop.db, shop.clock, practice_courier, Settings(_env_file=None, backup_every_h=0))
    for hours in (50, 30):
        shop.clock.advance(hours * HOUR_S)
        worker.run_due()
    assert shop.order(placed.number).status == "cancelled"


@pytest.mark.parametrize("locale", ["en", "bn"])
def test_the_customers_page_says_until_when_and_then_what_became_of_it(shop: Shop, locale: str) -> None:
    cod, wallet = web_order(shop), web_order(shop, "bkash")

    def page(placed: Placed) -> tuple[str, str, str]:
        seen = describe(shop.db.read(lambda tx: by_link(tx, placed.token)), locale)
        return seen.order["standing"], seen.order["kept"], seen.history[0]["what"]

    assert page(cod)[1] == ""
    after(shop, 49)
    until = "until 25 Nov 2026, 13:00" if locale == "en" else "২৫ নভেম্বর ২০২৬, ১৩:০০ পর্যন্ত"
    assert until in page(cod)[1] and until in page(wallet)[1] and page(cod)[1] != page(wallet)[1]
    assert page_of_staff(shop, cod) == shop.order(cod.number).expires_at
    after(shop, 25)
    assert page_of_staff(shop, cod) is None
    standing, kept, history = page(cod)
    if locale == "en":
        assert standing == "This order has expired." and history == "The order expired unconfirmed"
        assert kept.endswith("If you sent money for it, or still want it, call us.")
    else:
        assert standing == "অর্ডারটির সময় শেষ।" and kept.endswith("আমাদের কল করুন।")
    with pytest.raises(Refused):
        shop.db.write(
            lambda tx: steps.send_trx_id(tx, shop.clock, wallet.token, {"wallet": "bkash", "trx_id": "BLU1H6X8AA"})
        )


def page_of_staff(shop: Shop, placed: Placed) -> int | None:
    """Until when the desk's review says that an order is kept."""
    return shop.db.read(lambda tx: review(tx, shop.owner, shop.clock, placed.number)).kept_until_us


def test_two_rounds_at_once_let_each_go_once(shop: Shop) -> None:
    for _ in range(12):
        web_order(shop)
    for hours in (50, 30):
        shop.clock.advance(hours * HOUR_S)
        rounds = at_once(*[lambda: let_go(shop.db, shop.clock) for _ in range(3)])
        assert sum(rounds) == 12
    assert (events(shop, "remind"), events(shop, "expire")) == (12, 12)
    assert shop.level("MUG")[1] == 0
    assert len(told(shop, "customer")) == 24


def test_a_confirm_and_the_end_at_once_end_as_one_of_the_two(shop: Shop) -> None:
    placed = [web_order(shop) for _ in range(6)]
    after(shop, 50)
    shop.clock.advance(30 * HOUR_S)
    at_once(
        lambda: let_go(shop.db, shop.clock),
        *[lambda one=one: shop.do(one.number, c.Confirm()) for one in placed],
    )
    statuses = [shop.order(one.number).status for one in placed]
    assert set(statuses) <= {"confirmed", "cancelled"}
    assert shop.level("MUG")[1] == 2 * statuses.count("confirmed")


@pytest.mark.parametrize("gone", [1, 9])
def test_a_round_that_is_killed_is_finished_by_the_next_and_nothing_happens_twice(shop: Shop, gone: int) -> None:
    placed = [web_order(shop) for _ in range(24)]
    after(shop, 50)
    shop.clock.advance(30 * HOUR_S)
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.core.expirer", shop.db.url, str(shop.clock.now_us())], cwd=ROOT
    )
    while events(shop, "expire") < gone:
        assert worker.poll() is None
        time.sleep(0.001)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    reopened = open_database(shop.db.url)
    assert all(result.ok for result in reopened.read(run_checks))
    let_go(reopened, shop.clock)
    reopened.close()
    assert {shop.order(one.number).status for one in placed} == {"cancelled"}
    assert events(shop, "expire") == 24
    assert shop.level("MUG")[1] == 0
