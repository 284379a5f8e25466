"""Commands beside the lifecycle's table refuse whoever lacks their permission, and leave nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dokango.db import Tx
from dokango.errors import NotAllowed
from dokango.orders.packing import checklist
from dokango.orders.parcels.call_back import ask_parcel_back
from dokango.orders.parcels.news import sync_order
from dokango.orders.parcels.uncertain import never_landed
from dokango.people.actor import Actor
from dokango.people.permissions import PERMISSIONS, Permission, Role
from dokango.stock.receiving import Count, CountedLine, Receipt, ReceivedLine, count, receive
from tests.core.couriered import COD, Couriered

Doing = Callable[[Couriered, Actor, str], Any]


def shelf(command: Callable[[Tx, Actor, Couriered], Any]) -> Doing:
    """A command in one transaction that concerns no order."""
    return lambda couriered, actor, _: couriered.shop.db.write(lambda tx: command(tx, actor, couriered))


def bench(command: Callable[[Tx, Actor, Couriered, str], Any]) -> Doing:
    """A command in one transaction on one order."""
    return lambda couriered, actor, number: couriered.shop.db.write(lambda tx: command(tx, actor, couriered, number))


GOODS = Receipt(lines=(ReceivedLine(sku="MUG", quantity=1, unit_cost_poisha=1),), supplier="Weavers")
FOUND = Count(lines=(CountedLine(sku="MUG", counted=3),), reason="monthly")
COMMANDS: dict[str, tuple[Permission, str, Doing]] = {
    "receive": (Permission.RECEIVE_STOCK, "packed", shelf(
        lambda tx, who, c: receive(tx, who, c.shop.clock, GOODS, key="k"))),
    "count": (Permission.COUNT_STOCK, "packed", shelf(lambda tx, who, c: count(tx, who, c.shop.clock, FOUND, key="k"))),
    "count into the box": (Permission.PACK, "confirmed", bench(
        lambda tx, who, c, number: checklist.count(tx, who, c.shop.clock, number, "MUG", 1))),
    "tick": (Permission.PACK, "confirmed", bench(
        lambda tx, who, c, number: checklist.tick(tx, who, c.shop.clock, number, "sealed", True))),
    "scan": (Permission.PACK, "confirmed", bench(
        lambda tx, who, c, number: checklist.scan(tx, who, c.shop.clock, number, "MUG"))),
    "send": (Permission.SHIP, "packed", lambda c, who, number: c.ship(c.shop.order(number), actor=who)),
    "sync": (Permission.SHIP, "sent", lambda c, who, number: sync_order(c.desk, c.shop.db, c.context(who), number)),
    "ask back": (Permission.SHIP, "sent", lambda c, who, number: ask_parcel_back(
        c.desk, c.shop.db, c.context(who), number, "gave up")),
    "never landed": (Permission.SHIP, "uncertain", lambda c, who, number: never_landed(
        c.desk, c.shop.db, c.context(who), number)),
}  # fmt: skip


def order_at(couriered: Couriered, stage: str) -> str:
    """The number of an order that has come as far as `stage`; "sent" and "uncertain" by the practice courier."""
    order = couriered.shop.bring_to(stage if stage == "confirmed" else "packed", ("MUG", 2), **COD)
    if stage == "uncertain":
        couriered.fail_next("timeout", lands=False)
    if stage in ("sent", "uncertain"):
        couriered.ship(order)
    return order.number


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_without_its_permission_is_refused_and_changes_nothing(couriered: Couriered, name: str) -> None:
    permission, stage, command = COMMANDS[name]
    number = order_at(couriered, stage)
    before = (couriered.shop.order(number), couriered.shop.books(), couriered.shop.level("MUG"))
    outsiders = [role for role in Role if permission not in PERMISSIONS[role]]
    assert outsiders
    for role in outsiders:
        with pytest.raises(NotAllowed) as refused:
            command(couriered, Actor(9, "Rafi", role), number)
        assert refused.value.permission == permission.value
    assert (couriered.shop.order(number), couriered.shop.books(), couriered.shop.level("MUG")) == before


@pytest.mark.parametrize("name", COMMANDS)
def test_the_same_command_with_its_permission_is_taken(couriered: Couriered, name: str, owner: Actor) -> None:
    """So that the refusals above are the permission's and nothing else's."""
    _, stage, command = COMMANDS[name]
    command(couriered, owner, order_at(couriered, stage))
