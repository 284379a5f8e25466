"""To add a transition: its row, its command, its decision, its face. These tests add one, and go there and back."""

from __future__ import annotations

import pytest

from dokango import audit
from dokango.errors import Refused
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.faces import FACES
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.table import TABLE, allowed, steps
from dokango.people.actor import Actor
from tests.new_transition import ACTION, BackToPending, add_transition
from tests.small_shop import Shop


@pytest.fixture(autouse=True)
def _rows(monkeypatch: pytest.MonkeyPatch) -> None:
    add_transition(monkeypatch)


def test_a_status_step_can_happen_again(shop: Shop) -> None:
    done = shop.bring_to("confirmed")
    done = shop.do(done, BackToPending())
    assert done.status == "pending"
    done = shop.do(done, c.Confirm())
    assert done.status == "confirmed"
    events = shop.db.read(lambda tx: audit.of_order(tx, done.order_id))
    assert [event.action for event in events] == ["place", "verify_payment", "confirm", ACTION, "confirm"]


def test_it_is_offered_where_its_row_says_and_nowhere_else(shop: Shop) -> None:
    pending, confirmed = shop.bring_to("pending"), shop.bring_to("confirmed")

    def offered(number: str) -> list[str]:
        return shop.db.read(lambda tx: allowed(situation_of(tx, shop.owner, shop.clock, number)))

    assert ACTION not in offered(pending.number)
    assert ACTION in offered(confirmed.number)


def test_it_asks_for_the_permission_of_its_row(shop: Shop, viewer: Actor) -> None:
    done = shop.bring_to("confirmed")
    names = shop.db.read(lambda tx: [s.action for s in steps(situation_of(tx, viewer, shop.clock, done.number))])
    assert ACTION not in names


def test_its_guard_is_asked(shop: Shop) -> None:
    done = shop.bring_to("confirmed")
    shop.do(done, c.Hold(reason="address"))
    with pytest.raises(Refused, match="on hold"):
        shop.do(done, BackToPending())


def test_what_happens_once_does_not_happen_again(shop: Shop) -> None:
    assert {row.action for row in TABLE if row.once} == {"place", "deliver", "deliver_part", "cancel", "expire"}
    done = shop.bring_to("delivered")
    with pytest.raises(Refused):
        shop.do(done, c.Deliver())


def test_every_action_has_a_face() -> None:
    assert {row.action for row in TABLE} - set(FACES) == set()
