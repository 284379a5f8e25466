"""Confirming past the checks: what is amber or red is left out unless it is wished, and red needs a permission."""

from __future__ import annotations

import pytest

from dokango import audit
from dokango.clock import ManualClock
from dokango.db import Database
from dokango.errors import NotAllowed
from dokango.orders import Context, Done, perform_once
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.reading.confirming import Result, Wish, confirm_each, look
from dokango.orders.reading.review import review
from dokango.people import permissions
from dokango.people.actor import Actor
from dokango.people.permissions import Permission, Role
from tests.small_shop import Shop, open_shop

COD = {"payment": {"method": "cod"}}
NO_HOUSE = {"address": {"line": "home", "area": "Dhanmondi", "district": "Dhaka"}}  # red
NO_ROAD = {"address": {"line": "near the big mosque", "district": "Dhaka"}}  # amber


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


@pytest.fixture
def careful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Managers may not pass a red check here."""
    held = permissions.PERMISSIONS[Role.MANAGER] - {Permission.OVERRULE_CHECKS}
    monkeypatch.setitem(permissions.PERMISSIONS, Role.MANAGER, held)


def placed(shop: Shop) -> tuple[Done, Done, Done]:
    """A green order, an amber and a red one, of three buyers."""
    buyers = [{"customer": {"name": "Buyer", "phone": f"0171100000{n}"}} for n in range(3)]
    return (
        shop.place(("MUG", 1), **COD, **buyers[0]),
        shop.place(("MUG", 1), **COD, **NO_ROAD, **buyers[1]),
        shop.place(("MUG", 1), **COD, **NO_HOUSE, **buyers[2]),
    )


def confirm(shop: Shop, actor: Actor, *wishes: Wish) -> list[Result]:
    return shop.db.write(lambda tx: confirm_each(tx, Context(actor, shop.clock), wishes))


def test_each_order_is_looked_at_with_the_checks_of_its_review(shop: Shop) -> None:
    for done in placed(shop):
        looked = shop.db.read(lambda tx, n=done.number: look(tx, shop.owner, n, shop.clock.now_us()))
        reviewed = shop.db.read(lambda tx, n=done.number: review(tx, shop.owner, shop.clock, n))
        assert (looked.verdicts, looked.version, looked.why) == (reviewed.verdicts, done.version, "")


def test_amber_and_red_are_left_out_unless_they_are_wished(shop: Shop) -> None:
    orders = placed(shop)
    first = confirm(shop, shop.owner, *(Wish(done.number) for done in orders))
    assert [result.outcome for result in first] == ["confirmed", "left_out", "left_out"]
    assert [[v.level for v in result.warnings] for result in first] == [[], ["warn"], ["bad"]]
    second = confirm(shop, shop.owner, *(Wish(done.number, done.version, anyway=True) for done in orders))
    assert [result.outcome for result in second] == ["refused", "confirmed", "confirmed"]
    assert [shop.order(done).status for done in orders] == ["confirmed"] * 3


def test_who_passed_a_red_check_stands_on_the_order(shop: Shop) -> None:
    _, amber, red = placed(shop)
    for done, note in ((amber, ""), (red, "passed: Address")):
        shop.do(done, c.Confirm())
        event = shop.db.read(lambda tx, order=done.order_id: audit.of_order(tx, order))[-1]
        assert (event.action, event.note) == ("confirm", note)


def test_one_that_cannot_be_confirmed_leaves_the_others(shop: Shop) -> None:
    green, _, _ = placed(shop)
    others = [{"customer": {"name": "Buyer", "phone": f"0181100000{n}"}} for n in range(2)]
    unpaid, stale = shop.place(("MUG", 1), **others[0]), shop.place(("HONEY", 1), **COD, **others[1])
    wishes = (Wish(unpaid.number, anyway=True), Wish("404"), Wish(stale.number, 9, anyway=True), Wish(green.number))
    results = confirm(shop, shop.owner, *wishes)
    assert [result.outcome for result in results] == ["refused", "refused", "refused", "confirmed"]
    assert [type(result.error).__name__ for result in results[:3]] == ["Refused", "NotFound", "StaleVersion"]


@pytest.mark.usefixtures("careful")
def test_a_role_may_be_forbidden_to_pass_red_by_every_way(shop: Shop, manager: Actor) -> None:
    _, amber, red = placed(shop)
    assert confirm(shop, manager, Wish(red.number, anyway=True))[0].outcome == "refused"
    context = Context(manager, shop.clock, red.version)
    with pytest.raises(NotAllowed, match="Your role may not pass a red check"):
        shop.db.write(lambda tx: perform_once(tx, context, red.number, c.Confirm()))
    found = shop.db.read(lambda tx: review(tx, manager, shop.clock, red.number))
    assert found.next is not None and found.next.why.startswith("Address: The address is not complete")
    assert shop.order(red).status == "pending"
    assert shop.do(amber, c.Confirm(), actor=manager).status == "confirmed"
    assert shop.do(red, c.Confirm()).status == "confirmed"


@pytest.mark.usefixtures("careful")
def test_a_permission_about_red_is_asked_of_nothing_else(shop: Shop, manager: Actor) -> None:
    _, _, red = placed(shop)
    assert shop.do(red, c.Hold(reason="address"), actor=manager).status == "pending"
    assert situation_of_red(shop, manager, red) == ()


def situation_of_red(shop: Shop, actor: Actor, done: Done) -> tuple[object, ...]:
    return shop.db.read(lambda tx: situation_of(tx, actor, shop.clock, done.number)).red
