"""The packer's checklist: asked for wherever an order is packed, by the owner's setting; who ticked what is kept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dokango import audit
from dokango.clock import ManualClock
from dokango.db import Database
from dokango.errors import InvalidInput
from dokango.orders import Done
from dokango.orders.before.checklist import CHECKLIST
from dokango.orders.lifecycle import commands as c
from dokango.orders.packing import checklist
from dokango.people.actor import Actor
from tests.small_shop import Shop, open_shop

NEEDED = tuple(check.key for check in CHECKLIST if check.needed)


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


def packed_event(shop: Shop, done: Done) -> tuple[str, Any]:
    event = shop.db.read(lambda tx: audit.of_order(tx, done.order_id))[-1]
    assert event.action == "pack"
    return event.note, json.loads(event.data).get("checks")


@pytest.mark.parametrize(
    ("setting", "checks", "packs"),
    [
        ("required", NEEDED, True),
        ("required", (*NEEDED, "thanks"), True),
        ("required", NEEDED[1:], False),
        ("required", (), False),
        ("required", None, False),
        ("asked", NEEDED[1:], True),
        ("asked", None, True),
        ("off", None, True),
    ],
)
def test_the_owners_setting_says_whether_a_line_may_stay_open(
    shop: Shop, setting: str, checks: tuple[str, ...] | None, packs: bool
) -> None:
    shop.set_profile(pack_checklist=setting)
    order = shop.bring_to("confirmed")
    if packs:
        shop.do(order, c.Pack(checks=checks))
    else:
        with pytest.raises(InvalidInput, match="Still open: condition"):
            shop.do(order, c.Pack(checks=checks))
    assert shop.order(order).packed == int(packs)


def test_who_ticked_what_stands_on_the_order(shop: Shop, packer: Actor, manager: Actor) -> None:
    shop.set_profile(pack_checklist="required")
    order = shop.bring_to("confirmed")
    for key in NEEDED[:3]:
        shop.db.write(lambda tx, key=key: checklist.tick(tx, packer, shop.clock, order.number, key, True))
    shop.do(order, c.Pack(checks=NEEDED), actor=manager)
    note, checks = packed_event(shop, order)
    assert note == f"{packer.name} checked condition, padding, slip; {manager.name} checked sealed, label"
    assert checks == dict.fromkeys(NEEDED[:3], packer.name) | dict.fromkeys(NEEDED[3:], manager.name)


def test_what_was_left_open_stands_there_too(shop: Shop) -> None:
    order = shop.bring_to("confirmed")
    shop.do(order, c.Pack(checks=("sealed", "label")))
    assert (
        packed_event(shop, order)[0]
        == f"{shop.owner.name} checked sealed, label; not checked: condition, padding, slip"
    )


def test_ticks_of_the_bench_count_when_none_are_named(shop: Shop, packer: Actor) -> None:
    shop.set_profile(pack_checklist="required")
    order = shop.bring_to("confirmed")
    for key in NEEDED:
        shop.db.write(lambda tx, key=key: checklist.tick(tx, packer, shop.clock, order.number, key, True))
    shop.do(order, c.Pack())
    assert packed_event(shop, order)[1] == dict.fromkeys(NEEDED, packer.name)


def test_a_line_that_is_not_on_the_list_is_refused(shop: Shop) -> None:
    order = shop.bring_to("confirmed")
    with pytest.raises(InvalidInput, match="has no “gilded”"):
        shop.do(order, c.Pack(checks=("sealed", "gilded")))
    assert shop.order(order).packed == 0


def test_an_order_that_was_packed_before_needs_no_ticks_to_be_read(shop: Shop) -> None:
    assert packed_event(shop, shop.bring_to("packed")) == ("", None)
