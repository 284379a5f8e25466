"""Orders that stand too long where they stand: told of early, never; in time, once; and not after they went on."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from dokango.audit import Event
from dokango.db import table_of
from dokango.notify.messages import Letterhead, render
from dokango.notify.models import Message
from dokango.orders.book.queues import HELD
from dokango.orders.cases.kinds import KINDS, NEEDS_US
from dokango.orders.cases.rows import CASE
from dokango.orders.lifecycle import commands as c
from dokango.orders.waits.round import REMINDED, watch
from dokango.orders.waits.table import WAITS, Wait
from dokango.shop.profile import load_profile
from tests.core.racing import at_once
from tests.small_shop import Shop

HOUR_S = 3_600
_M, _E = table_of(Message), table_of(Event)
_trx_ids = itertools.count()
CASES = [wait for wait in WAITS if wait.case]


def trx_id() -> str:
    """One that nobody used yet."""
    return f"9J45K{next(_trx_ids):05d}"


def unpaid(shop: Shop) -> str:
    """To be paid by wallet, without a TrxID."""
    return str(shop.place(("MUG", 1)).number)


def claimed(shop: Shop) -> str:
    """With a TrxID that nobody looked at."""
    return str(shop.place(("MUG", 1), payment={"method": "bkash", "transaction_id": trx_id()}).number)


def on_delivery(shop: Shop) -> str:
    """To be confirmed."""
    return str(shop.place(("MUG", 1), payment={"method": "cod"}).number)


def confirmed(shop: Shop) -> str:
    """To be packed."""
    number = on_delivery(shop)
    shop.do(number, c.Confirm())
    return number


def packed(shop: Shop) -> str:
    """To be handed over."""
    number = confirmed(shop)
    shop.do(number, c.Pack())
    return number


def owed(shop: Shop) -> str:
    """Paid and cancelled."""
    number = unpaid(shop)
    shop.settle(number)
    shop.do(number, c.Cancel(reason="sold out"))
    return number


MADE: dict[str, Callable[[Shop], str]] = {
    "unpaid": unpaid, "to_verify": claimed, "to_confirm": on_delivery, "to_pack": confirmed, "to_ship": packed,
    "refund": owed,
}  # fmt: skip


def passes(shop: Shop, hours: float) -> int:
    """So much later the clock has its round; how much it did."""
    shop.clock.advance(int(hours * HOUR_S))
    return watch(shop.db, shop.clock)


def hours_of(shop: Shop, wait: Wait) -> int:
    """How long it may stand."""
    return wait.hours(shop.db.read(load_profile))


def only(shop: Shop, wait: Wait) -> None:
    """The other waits are switched off."""
    shop.set_profile(**{other.setting: 0 for other in WAITS if other is not wait})


def cases(shop: Shop) -> list[Any]:
    """Every case, by kind and whether it waits."""
    return shop.db.read(lambda tx: tx.rows(select(CASE.c.kind, CASE.c.state, CASE.c.words).order_by(CASE.c.id)))


def reminders(shop: Shop) -> list[Any]:
    """What customers were told from the shop itself."""
    return shop.db.read(
        lambda tx: tx.rows(select(_M.c.template, _M.c.data).where(_M.c.template == "message_from_shop"))
    )


def test_every_wait_is_tried_here() -> None:
    assert list(MADE) == [wait.key for wait in WAITS]
    assert [wait.key for wait in CASES if wait.case not in KINDS] == []


@pytest.mark.parametrize("wait", CASES, ids=lambda wait: wait.key)
def test_what_stands_too_long_is_a_case_once_and_ends_when_it_goes_on(shop: Shop, wait: Wait) -> None:
    only(shop, wait)
    number = MADE[wait.key](shop)
    hours = hours_of(shop, wait)
    assert passes(shop, hours - 0.01) == 0
    assert passes(shop, 0.02) == 1
    assert [(row.kind, row.state) for row in cases(shop)] == [(wait.case, NEEDS_US)]
    assert f"{hours} hours" in cases(shop)[0].words
    assert passes(shop, 1) == 0
    go_on(shop, number, wait)
    assert passes(shop, 0) == 1
    assert [(row.kind, row.state) for row in cases(shop)] == [(wait.case, "closed")]
    assert passes(shop, hours * 3) == 0


def go_on(shop: Shop, number: str, wait: Wait) -> None:
    """The order is let go from where it stands, without leaving another wait."""
    if wait.key == "refund":
        owed_poisha = shop.order(number).refund_due_poisha
        shop.do(number, c.PayRefund(amount_poisha=owed_poisha, method="bkash", reference="SENT0001"))
    elif wait.key == "to_verify":
        shop.do(number, c.RejectClaim(reason="not found"))
    else:
        shop.do(number, c.Hold(reason="customer_asked"))


def test_who_has_not_paid_is_told_once_more_how_to_pay(shop: Shop) -> None:
    number = unpaid(shop)
    assert passes(shop, 11.9) == 0 and reminders(shop) == []
    assert passes(shop, 0.2) == 1 and passes(shop, 5) == 0
    (told,) = reminders(shop)
    text = render("customer", told.template, told.data, Letterhead("Small shop", "", "http://localhost")).body
    assert "01700000001" in text and f"with {number} as the reference" in text and "/t/" in text
    assert shop.db.read(lambda tx: tx.value(select(_E.c.actor_kind).where(_E.c.action == REMINDED))) == "rule"


def test_who_paid_meanwhile_is_not_reminded(shop: Shop) -> None:
    only(shop, WAITS[0])
    number = unpaid(shop)
    shop.do(number, c.ClaimPayment(method="bkash", transaction_id=trx_id()))
    assert passes(shop, 100) == 0 and reminders(shop) == []


def test_an_order_that_comes_to_stand_there_again_is_told_of_again(shop: Shop) -> None:
    wait = CASES[2]
    only(shop, wait)
    number = confirmed(shop)
    assert passes(shop, 25) == 1
    shop.do(number, c.Hold(reason="customer_asked"))
    assert passes(shop, 100) == 1
    shop.do(number, c.Release())
    assert passes(shop, 23) == 0
    assert passes(shop, 2) == 1
    assert [(row.kind, row.state) for row in cases(shop)] == [("not_packed", "closed"), ("not_packed", NEEDS_US)]


def test_a_clock_that_is_set_back_tells_nothing_twice(shop: Shop) -> None:
    for make in MADE.values():
        make(shop)
    first = passes(shop, 100)
    assert first >= len(MADE)
    shop.clock.advance(-2 * HOUR_S)
    assert watch(shop.db, shop.clock) == 0
    assert passes(shop, 3) == 0


def test_two_rounds_at_once_tell_of_it_once(shop: Shop) -> None:
    unpaid(shop)
    confirmed(shop)
    shop.clock.advance(100 * HOUR_S)
    done = at_once(lambda: watch(shop.db, shop.clock), lambda: watch(shop.db, shop.clock))
    assert sum(done) == 2
    assert len(reminders(shop)) == 1 and len(cases(shop)) == 1


def test_a_wait_that_the_owner_switched_off_is_nobodys(shop: Shop) -> None:
    for make in MADE.values():
        make(shop)
    shop.set_profile(**{wait.setting: 0 for wait in WAITS})
    assert passes(shop, 1_000) == 0


def test_a_wait_is_one_row(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Wait("held", "On hold", HELD, ("hold",), "wait_pack_hours", "not_packed", "On hold for {hours} hours.")
    monkeypatch.setattr("dokango.orders.waits.round.WAITS", (held,))
    number = on_delivery(shop)
    shop.do(number, c.Hold(reason="address"))
    assert passes(shop, hours_of(shop, held)) == 1
    assert [row.words for row in cases(shop)] == ["On hold for 24 hours."]
    shop.do(number, c.Release())
    assert passes(shop, 0) == 1


def test_more_than_a_page_of_them_are_all_told_of(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dokango.orders.waits.round.MOST_AT_ONCE", 2)
    only(shop, CASES[1])
    for _ in range(5):
        on_delivery(shop)
    assert passes(shop, 25) == 5
