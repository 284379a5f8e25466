"""Who acted is told by what they are, not by what they call themselves."""

from __future__ import annotations

import pytest

from dokango import audit
from dokango.db import Tx
from dokango.errors import StaleVersion
from dokango.orders import Context
from dokango.orders.book import rows
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.unconfirmed import let_go
from dokango.orders.placing.checkout_form import place_once
from dokango.orders.reading.review import review
from dokango.people.actor import RULE, SYSTEM, Actor, customer
from dokango.people.permissions import Role
from dokango.reports.books.journal import entries
from dokango.reports.movements import movements
from state.orders.text import events_in_words
from state.owner.books_text import entry_in_words
from state.stock.text import movement_in_words
from tests.small_shop import Shop, request


@pytest.mark.parametrize(
    ("actor", "kind", "said"),
    [
        (Actor(1, "Olin", Role.OWNER), "staff", "Olin"),
        (customer("Olin"), "customer", "Olin · customer"),
        (Actor(-3, "key till", Role.OWNER), "api_key", "key till · API key"),
        (SYSTEM, "system", "DokanGo · automatic"),
        (RULE, "rule", "DokanGo · rule of the shop"),
    ],
)
def test_each_kind_of_actor_is_known(actor: Actor, kind: str, said: str) -> None:
    assert (actor.kind, audit.said_actor(actor.name, actor.kind)) == (kind, said)


def test_a_customer_called_owner_is_shown_as_a_customer_everywhere(shop: Shop) -> None:
    order = shop.place(("MUG", 1), actor=customer("Owner"))
    read = shop.db.read(lambda tx: review(tx, shop.owner, shop.clock, order.number))
    assert events_in_words(read, shop.clock.now_us())[-1]["who"] == "Owner · customer"
    (entry,) = shop.db.read(lambda tx: entries(tx, order=order.number)).rows
    assert entry_in_words(entry, {})["who"] == "Owner · customer"
    moved = shop.db.read(lambda tx: movements(tx, "MUG")).rows[0]
    assert movement_in_words(moved, with_cost=False)["who"] == "Owner · customer"
    with pytest.raises(StaleVersion, match="Owner · customer") as stale:
        shop.do(order, c.Confirm(), version=order.version + 1)
    assert stale.value.data()["actor_kind"] == "customer"


def test_what_a_clock_of_the_owners_does_is_a_rule(shop: Shop) -> None:
    context = Context(customer("DokanGo"), shop.clock)
    order = shop.db.write(
        lambda tx: place_once(tx, context, "once", request(("MUG", 1), payment={"method": "cod"}), locale="en")
    )
    for _ in range(2):
        shop.clock.advance(100 * 3_600)
        let_go(shop.db, shop.clock)
    done = {
        (event.action, event.actor, event.actor_kind) for event in shop.db.read(lambda tx: events_of(tx, order.number))
    }
    assert ("place", "DokanGo", "customer") in done and ("expire", "DokanGo", "rule") in done


def events_of(tx: Tx, number: str) -> list[audit.EventRow]:
    return audit.of_order(tx, rows.by_number(tx, number).id)
