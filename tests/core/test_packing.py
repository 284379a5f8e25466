"""The packing bench: what is ticked stays ticked, what does not belong is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dokango.errors import DokangoError, InvalidInput, NotAllowed, NotFound, Refused
from dokango.orders.lifecycle import commands as c
from dokango.orders.packing import checklist, lists
from dokango.orders.packing.checklist import SKU
from dokango.paging import ROWS
from dokango.papers import gathering
from dokango.people.actor import Actor
from tests.small_shop import Shop


def ticks(shop: Shop, number: str) -> dict[str, int]:
    """What the bench of an order holds."""
    order_id = shop.order(number).id
    return shop.db.read(lambda tx: checklist.ticks_of(tx, order_id))


def scan(shop: Shop, number: str, code: str, actor: Actor | None = None) -> checklist.Scanned:
    """One piece under the scanner."""
    return shop.db.write(lambda tx: checklist.scan(tx, actor or shop.owner, shop.clock, number, code))


def tick(shop: Shop, number: str, key: str, on: bool = True, actor: Actor | None = None) -> None:
    """One line of the checklist."""
    shop.db.write(lambda tx: checklist.tick(tx, actor or shop.owner, shop.clock, number, key, on))


def left(shop: Shop, number: str) -> list[str]:
    """What is still to be done."""
    order_id = shop.order(number).id
    return shop.db.read(
        lambda tx: checklist.what_is_left(lists.bench_lines(tx, order_id), checklist.ticks_of(tx, order_id))
    )


def test_ticks_and_scans_are_kept_until_the_parcel_is_finished(shop: Shop, packer: Actor) -> None:
    order = shop.bring_to("confirmed", ("MUG", 2), ("HONEY", 1))
    assert left(shop, order.number) == ["3 items to scan or tick", "5 checks open"]
    assert scan(shop, order.number, " mug ", packer) == checklist.Scanned("MUG", "Clay mug", 1, 2)
    scan(shop, order.number, "MUG")
    shop.db.write(lambda tx: checklist.count(tx, packer, shop.clock, order.number, "HONEY", 1))
    for check in checklist.CHECKLIST:
        if check.needed:
            tick(shop, order.number, check.key, actor=packer)
    assert left(shop, order.number) == []
    assert ticks(shop, order.number)[SKU + "MUG"] == 2


def test_a_tick_can_be_taken_back_and_ticking_twice_is_ticking_once(shop: Shop) -> None:
    order = shop.bring_to("confirmed")
    tick(shop, order.number, "sealed")
    tick(shop, order.number, "sealed")
    assert ticks(shop, order.number) == {"sealed": 1}
    tick(shop, order.number, "sealed", on=False)
    tick(shop, order.number, "sealed", on=False)
    assert ticks(shop, order.number) == {}


@pytest.mark.parametrize("code", ["SARI", "nonsense", "", "sealed", "sku/MUG", "MUG'--"])
def test_what_is_not_in_the_order_is_refused_and_not_counted(shop: Shop, code: str) -> None:
    order = shop.bring_to("confirmed")
    with pytest.raises(InvalidInput):
        scan(shop, order.number, code)
    assert ticks(shop, order.number) == {}


def test_one_piece_too_many_is_refused(shop: Shop) -> None:
    order = shop.bring_to("confirmed", ("MUG", 1))
    scan(shop, order.number, "MUG")
    with pytest.raises(InvalidInput, match="all 1 are in already"):
        scan(shop, order.number, "MUG")
    assert ticks(shop, order.number) == {SKU + "MUG": 1}


@pytest.mark.parametrize("quantity", [-1, 3, 10**9])
def test_more_than_was_ordered_cannot_be_counted(shop: Shop, quantity: int) -> None:
    order = shop.bring_to("confirmed", ("MUG", 2))
    with pytest.raises(InvalidInput):
        shop.db.write(lambda tx: checklist.count(tx, shop.owner, shop.clock, order.number, "MUG", quantity))


@pytest.mark.parametrize("status", ["pending", "packed", "shipped", "delivered", "cancelled", "returned"])
def test_only_a_confirmed_order_that_is_not_packed_has_a_bench(shop: Shop, status: str) -> None:
    order = shop.bring_to(status)
    with pytest.raises(Refused):
        tick(shop, order.number, "sealed")


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        (lambda shop, number, who: tick(shop, number, "sealed", actor=who["viewer"]), NotAllowed),
        (lambda shop, number, who: scan(shop, number, "MUG", who["viewer"]), NotAllowed),
        (lambda shop, number, who: tick(shop, "999", "sealed"), NotFound),
        (lambda shop, number, who: tick(shop, number, "gilded"), InvalidInput),
    ],
)
def test_the_bench_refuses(shop: Shop, viewer: Actor, attempt: Callable[..., None], error: type[DokangoError]) -> None:
    order = shop.bring_to("confirmed")
    with pytest.raises(error):
        attempt(shop, order.number, {"viewer": viewer})
    assert ticks(shop, order.number) == {}


def test_the_queue_is_oldest_first_by_keyset_and_leaves_out_what_is_held_or_packed(shop: Shop) -> None:
    waiting = []
    for _ in range(ROWS + 3):
        waiting.append(shop.bring_to("confirmed", ("CARD", 1)).number)
        shop.clock.advance(60)
    shop.do(waiting[0], c.Hold(reason="address"))
    shop.do(waiting[1], c.Pack())
    first = shop.db.read(lists.queue)
    assert [row.number for row in first.rows] == waiting[2 : ROWS + 2]
    second = shop.db.read(lambda tx: lists.queue(tx, str(first.next)))
    assert ([row.number for row in second.rows], second.next) == (waiting[ROWS + 2 :], None)
    assert shop.db.read(lists.count) == len(waiting) - 2


def test_the_pick_list_adds_up_each_sku_over_the_chosen_orders(shop: Shop) -> None:
    first = shop.bring_to("confirmed", ("MUG", 2), ("HONEY", 1)).number
    shop.clock.advance(60)
    second = shop.bring_to("confirmed", ("MUG", 3)).number
    shop.bring_to("confirmed", ("MUG", 5))
    found = shop.db.read(lambda tx: gathering.pick_lines(tx, [second, first]))
    assert [(line.sku, line.quantity, line.on_hand, line.orders) for line in found] == [
        ("HONEY", 1, 7, ((first, 1),)),
        ("MUG", 5, 50, ((first, 2), (second, 3))),
    ]


def test_papers_come_in_the_order_asked_for_with_the_address_said_once(shop: Shop) -> None:
    paid = shop.bring_to("packed", ("MUG", 2))
    cod = shop.bring_to("confirmed", ("MUG", 1), payment={"method": "cod"})
    made = shop.db.read(lambda tx: gathering.papers(tx, [cod.number, paid.number]))
    assert [paper.number for paper in made] == [cod.number, paid.number]
    assert [paper.collect_poisha for paper in made] == [90_000, 0]
    assert made[0].address == "House 7, Road 3\nDhanmondi, Dhaka"
    assert made[0].items == 1


def test_nothing_is_collected_for_an_order_that_is_over(shop: Shop) -> None:
    order = shop.bring_to("confirmed", payment={"method": "cod"})
    shop.do(order, c.Cancel(reason="changed their mind"))
    (paper,) = shop.db.read(lambda tx: gathering.papers(tx, [order.number]))
    assert paper.collect_poisha == 0


@pytest.mark.parametrize("typed", ["", " , ", ",".join(str(i) for i in range(201))])
def test_none_and_too_many_orders_are_not_printed(typed: str) -> None:
    with pytest.raises(InvalidInput):
        gathering.numbers_in(typed)


def test_numbers_to_print_are_taken_once_each_with_or_without_their_sign() -> None:
    assert gathering.numbers_in(" #1042,1043,1042 ") == ["1042", "1043"]


def test_an_unknown_order_is_named(shop: Shop) -> None:
    with pytest.raises(NotFound, match="999"):
        shop.db.read(lambda tx: gathering.papers(tx, ["999"]))
