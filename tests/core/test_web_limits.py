"""No visitor takes the shelf: what one may have unconfirmed is limited, and the limit holds when many ask at once."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from dokango.db import table_of
from dokango.orders import Context
from dokango.orders.book.models import Order
from dokango.orders.lifecycle import commands as c
from dokango.orders.placing.checkout_form import Placed, place_once
from dokango.orders.placing.limit_text import limit_words
from dokango.orders.placing.limits import TooManyOfOne, TooManyWaiting, TooMuchAtOnce, WebLimit
from dokango.orders.placing.request import PlaceOrder
from dokango.people.actor import Actor, customer
from dokango.shop.profile import load_profile
from tests.core.racing import at_once
from tests.small_shop import Shop, request

_O = table_of(Order)
_keys = itertools.count()
NETWORK = "8.8.8.8"


def asked(*lines: tuple[str, int], phone: str = "01711000000", method: str = "cod") -> PlaceOrder:
    """What a visitor asks for."""
    return request(*lines, customer={"name": "Somebody", "phone": phone}, payment={"method": method})


def order(
    shop: Shop, wanted: PlaceOrder, *, network: str = NETWORK, key: str = "", actor: Actor | None = None
) -> Placed:
    """The storefront's checkout."""
    context, used = Context(actor or customer("Somebody"), shop.clock), key or f"web-{next(_keys)}"
    return shop.db.write(lambda tx: place_once(tx, context, used, wanted, locale="en", network=network))


def placed(shop: Shop) -> int:
    """How many orders there are."""
    return int(shop.db.read(lambda tx: tx.value(select(func.count()).select_from(_O))))


def test_one_anonymous_order_cannot_reserve_the_shelf(shop: Shop) -> None:
    with pytest.raises(TooManyOfOne) as caught:
        order(shop, asked(("SARI", 20), ("MUG", 50), ("HONEY", 7)))
    assert caught.value.data() == {
        "items": [
            {"sku": "MUG", "title": "Clay mug", "wanted": 50, "most": 10},
            {"sku": "SARI", "title": "Jamdani sari", "wanted": 20, "most": 10},
        ]
    }
    assert placed(shop) == 0
    assert [shop.level(sku)[1] for sku in ("SARI", "MUG", "HONEY")] == [0, 0, 0]


def test_ten_of_one_may_be_ordered_and_what_never_runs_out_is_not_counted(shop: Shop) -> None:
    assert order(shop, asked(("MUG", 10), ("CARD", 11))).number == "1001"
    with pytest.raises(TooManyOfOne):
        order(shop, asked(("MUG", 11)))


def test_an_unconfirmed_order_comes_to_fifty_thousand_at_most(shop: Shop) -> None:
    shop.set_profile(delivery_inside_poisha=0)
    order(shop, asked(("SARI", 1), ("CARD", 488)))
    with pytest.raises(TooMuchAtOnce) as caught:
        order(shop, asked(("SARI", 1), ("CARD", 489)))
    assert caught.value.data() == {"total_poisha": 5_010_000, "most_poisha": 5_000_000}


def test_a_phone_has_three_orders_open_whatever_its_network(shop: Shop) -> None:
    for network in ("8.8.8.8", "9.9.9.9", ""):
        order(shop, asked(("MUG", 1)), network=network)
    with pytest.raises(TooManyWaiting) as caught:
        order(shop, asked(("MUG", 1), phone="+880 1711-000000"), network="1.1.1.1")
    assert caught.value.data() == {"by": "phone", "waiting": 3, "most": 3}
    assert order(shop, asked(("MUG", 1), phone="01811000000")).number == "1004"


def test_a_network_has_ten_orders_open_whatever_their_phones(shop: Shop) -> None:
    for one in range(10):
        order(shop, asked(("MUG", 1), phone=f"0171100000{one}"))
    with pytest.raises(TooManyWaiting) as caught:
        order(shop, asked(("MUG", 1), phone="01811000000"))
    assert caught.value.data() == {"by": "network", "waiting": 10, "most": 10}
    order(shop, asked(("MUG", 1), phone="01811000000"), network="9.9.9.9")
    order(shop, asked(("MUG", 1), phone="01911000000"), network="")  # nothing is known of where it came from


LEAVE: dict[str, Callable[[Shop, str], Any]] = {
    "confirmed": lambda shop, number: shop.do(number, c.Confirm()),
    "cancelled": lambda shop, number: shop.do(number, c.Cancel(reason="called off")),
    "paid": lambda shop, number: shop.settle(number),
}


@pytest.mark.parametrize("leave", LEAVE.values(), ids=LEAVE)
def test_an_order_that_is_confirmed_paid_or_ended_makes_room(shop: Shop, leave: Callable[[Shop, str], Any]) -> None:
    first, *_ = [order(shop, asked(("MUG", 1))) for _ in range(3)]
    leave(shop, first.number)
    assert order(shop, asked(("MUG", 1))).number == "1004"


def test_the_network_is_kept_while_the_order_waits_and_no_longer(shop: Shop) -> None:
    kept = order(shop, asked(("MUG", 1)))
    assert shop.order(kept.number).network == NETWORK
    shop.do(kept.number, c.Confirm())
    assert shop.order(kept.number).network == ""


def test_another_phone_on_the_order_makes_no_room(shop: Shop) -> None:
    first, *_ = [order(shop, asked(("MUG", 1))) for _ in range(3)]
    other = c.EditAddress(name="Somebody", phone="01911000000", line="House 7", district="Dhaka")
    shop.do(first.number, other, actor=customer("Somebody"))
    with pytest.raises(TooManyWaiting):
        order(shop, asked(("MUG", 1)))


def test_a_form_that_is_sent_again_gets_its_order_though_no_more_may_be_placed(shop: Shop) -> None:
    wanted = asked(("MUG", 1))
    for key in ("a", "b", "c"):
        order(shop, wanted, key=key)
    assert order(shop, wanted, key="c").again


def test_staff_and_programs_with_a_key_are_not_limited(shop: Shop, manager: Actor) -> None:
    for _ in range(5):
        shop.place(("MUG", 1), actor=manager)
        order(shop, asked(("MUG", 1)), actor=Actor(-7, "Till", manager.role))
    shop.place(("SARI", 20), ("MUG", 30), ("CARD", 1_000), actor=manager)
    assert placed(shop) == 11


def test_zero_is_no_limit(shop: Shop) -> None:
    shop.set_profile(web_units_most=0, web_total_most_poisha=0, web_open_by_phone=0, web_open_by_network=0)
    order(shop, asked(("SARI", 20), ("MUG", 30), ("CARD", 1_000)))
    for _ in range(11):
        order(shop, asked(("MUG", 1)))
    assert placed(shop) == 12


@pytest.mark.parametrize(("by", "most"), [("phone", 3), ("network", 10)])
def test_of_many_checkouts_at_once_no_more_pass_than_are_allowed(shop: Shop, by: str, most: int) -> None:
    def checkout(one: int) -> Placed:
        phone = "01711000000" if by == "phone" else f"017110000{one:02d}"
        return order(shop, asked(("MUG", 1), phone=phone), network=NETWORK if by == "network" else "")

    results = at_once(*[lambda one=one: checkout(one) for one in range(most + 6)])
    assert sum(isinstance(result, Placed) for result in results) == most
    assert sum(isinstance(result, TooManyWaiting) for result in results) == 6
    assert placed(shop) == shop.level("MUG")[1] == most
    assert shop.place(("MUG", 1)).number == str(1_001 + most)


REFUSED = {"units": (("MUG", 11), ("SARI", 12)), "total": (("CARD", 600),), "phone": (("MUG", 1),)}


@pytest.mark.parametrize(("locale", "kept"), [("en", "your cart is kept"), ("bn", "আপনার ব্যাগ রাখা আছে")])
@pytest.mark.parametrize("lines", REFUSED.values(), ids=REFUSED)
def test_each_refusal_says_what_was_kept_and_whom_to_call(
    shop: Shop, lines: tuple[tuple[str, int], ...], locale: str, kept: str
) -> None:
    for _ in range(3):
        order(shop, asked(("MUG", 1)))
    with pytest.raises(WebLimit) as caught:
        order(shop, asked(*lines))
    words = limit_words(caught.value, shop.db.read(load_profile), {"MUG": "মাটির মগ"}, locale)
    assert kept in words and "(01700-000000)" in words
    assert ("“মাটির মগ”, “Jamdani sari”" in words) == (len(lines) == 2)
    assert caught.value.data()
