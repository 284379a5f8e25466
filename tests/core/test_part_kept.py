"""A parcel of which a part was kept, and COD goods that come back before and after the payout: ledgers in taka.

Three mugs at ৳800, which cost ৳500 each, and ৳100 delivery: ৳2,500 on delivery.
"""

from __future__ import annotations

import pytest

from dokango.clock import day_of
from dokango.errors import InvalidInput, Refused
from dokango.orders import Context, Done
from dokango.orders.cases import rows as cases
from dokango.orders.customer.tracking import by_link
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.rehearse import rehearse
from dokango.orders.lifecycle.table import next_step
from dokango.papers import gathering, press
from dokango.reports import held_cash
from dokango.reports.funnel import order_funnel
from dokango.reports.kit.periods import period
from dokango.reports.stage_time import time_in_stage
from tests.core.couriered import COD, Couriered, notification
from tests.core.ledgers import ledger, owes
from tests.core.racing import at_once
from tests.small_shop import Shop, add_product

COURIER, CUSTOMERS, REFUNDS = "receivable:courier:rider", "receivable:customers", "payable:refunds"
RETURNS, COGS, STOCK = "revenue:returns", "expense:cogs", "asset:inventory"


def kept(collected: float, note: str = "", **lines: int) -> c.DeliverPart:
    """So many kept of each SKU, and so many taka collected."""
    named = [{"sku": sku, "kept": units} for sku, units in lines.items()]
    return c.DeliverPart.model_validate({"lines": named, "collected_poisha": round(collected * 100), "note": note})


def back(*lines: tuple[str, int, bool], **more: bool) -> c.ReceiveReturn:
    """(SKU, how many, fit for the shelf) of each part that is here."""
    named = [{"sku": sku, "quantity": units, "restock": fit} for sku, units, fit in lines]
    return c.ReceiveReturn.model_validate({"lines": named, **more})


def three_mugs(shop: Shop, status: str = "shipped", **changes: object) -> Done:
    return shop.bring_to(status, ("MUG", 3), **(changes or COD))


def waiting(shop: Shop, order: Done) -> list[tuple[str, str]]:
    return [(case.kind, case.state) for case in shop.db.read(lambda tx: cases.open_of(tx, order.order_id))]


def test_one_of_three_is_kept(shop: Shop) -> None:
    order = three_mugs(shop)
    done = shop.do(order, kept(900, MUG=1))
    assert (done.status, done.money) == ("delivered", "cod_with_courier")
    assert ledger(shop, order, "deliver_part") == [
        f"deliver_part: {RETURNS} 1600 ← {CUSTOMERS}",
        f"deliver_part: {COURIER} 900 ← {CUSTOMERS}",
        f"deliver_part: {COGS} 500 ← {STOCK}",
    ]
    assert owes(shop, order) == {"courier": 900.0}
    assert shop.level("MUG") == (49, 2, 2_450_000), "two are neither sold nor free"
    assert waiting(shop, order) == [("partial", "coming_back")]


def test_what_comes_back_is_taken_in_line_by_line_until_all_of_it_is_here(shop: Shop) -> None:
    order = three_mugs(shop)
    shop.do(order, kept(900, MUG=1))
    shop.do(order, back(("MUG", 1, True)))
    assert (shop.level("MUG"), waiting(shop, order)) == ((49, 1, 2_450_000), [("partial", "coming_back")])
    shop.do(order, back(("MUG", 1, False)))
    assert (shop.level("MUG"), waiting(shop, order)) == ((48, 0, 2_400_000), [("to_claim", "needs_us")])
    assert ledger(shop, order, "receive_return") == [f"receive_return: expense:write-off 500 ← {STOCK}"]
    assert (shop.order(order).status, owes(shop, order)) == ("delivered", {"courier": 900.0})
    shop.do(order, c.PayOut(amount_poisha=90_000))
    assert (owes(shop, order), shop.order(order).money) == ({}, "paid")


def test_the_kept_one_comes_back_later_as_any_sold_goods(shop: Shop) -> None:
    order = three_mugs(shop)
    shop.do(order, kept(900, MUG=1))
    shop.do(order, c.PayOut(amount_poisha=90_000))
    shop.do(order, c.ReceiveReturn())
    assert (shop.level("MUG"), shop.order(order).status) == ((49, 0, 2_450_000), "delivered"), "what came, came"
    shop.do(order, c.ReceiveReturn())
    assert (shop.level("MUG"), shop.order(order).status) == ((50, 0, 2_500_000), "returned")
    assert (owes(shop, order), shop.balance(COGS)) == ({"back": 800.0}, 0)
    with pytest.raises(Refused):
        shop.do(order, c.ReceiveReturn())


# collected of ৳900 that one mug and the delivery cost; what is written of it, and what stays open
COLLECTED = {
    "less: it stays due": (500, [f"{COURIER} 500 ← {CUSTOMERS}"], {"due": 400.0, "courier": 500.0}),
    "nothing": (0, [], {"due": 900.0}),
    "all of it: the rest goes back": (
        2_500, [f"{COURIER} 900 ← {CUSTOMERS}", f"{COURIER} 1600 ← {REFUNDS}"], {"courier": 2_500.0, "back": 1_600.0},
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", COLLECTED)
def test_what_was_collected_is_settled_against_what_was_kept(shop: Shop, story: str) -> None:
    collected, written, still_open = COLLECTED[story]
    order = three_mugs(shop)
    shop.do(order, kept(collected, MUG=1))
    books = ledger(shop, order, "deliver_part")
    assert books[1:-1] == [f"deliver_part: {line}" for line in written]
    assert owes(shop, order) == still_open


def test_a_part_of_a_rounded_sum_is_rounded_and_no_debt(shop: Shop) -> None:
    shop.db.write(lambda tx: add_product(tx, "TEA", "Tea", 9_250, tracks_stock=False))
    order = shop.bring_to("shipped", ("TEA", 3), **COD)
    shop.do(order, kept(193, TEA=1))
    assert owes(shop, order) == {"courier": 193.0} and shop.balance("income:rounding") == -50


def test_of_a_prepaid_parcel_the_price_of_the_rest_is_due_back(shop: Shop) -> None:
    order = three_mugs(shop, payment={"method": "bkash"})
    shop.do(order, kept(0, MUG=2))
    assert owes(shop, order) == {"back": 800.0}
    shop.do(order, back(("MUG", 1, True)))
    assert owes(shop, order) == {"back": 800.0}, "it is given back once"


def test_all_kept_and_less_collected_leaves_nothing_to_wait_for(shop: Shop) -> None:
    """The courier says "Amount has been changed from 2500 to 2000"."""
    order = three_mugs(shop)
    shop.do(order, kept(2_000, MUG=3))
    assert (owes(shop, order), waiting(shop, order)) == ({"due": 500.0, "courier": 2_000.0}, [])
    assert shop.level("MUG") == (47, 0, 2_350_000)


WRONG: list[tuple[c.DeliverPart, str]] = [
    (kept(0, MUG=0), "lines"),
    (kept(900, MUG=4), "lines.0.kept"),
    (kept(900, SARI=1), "lines.0.kept"),
    (kept(900.50, MUG=1), "collected_poisha"),
    (c.DeliverPart.model_validate({"lines": [{"sku": "MUG", "kept": 1}] * 2, "collected_poisha": 0}), "lines.1.sku"),
]


@pytest.mark.parametrize(("command", "field"), WRONG)
def test_what_cannot_be_is_said_by_line_and_nothing_is_written(shop: Shop, command: c.DeliverPart, field: str) -> None:
    order = three_mugs(shop)
    with pytest.raises(InvalidInput) as wrong:
        shop.do(order, command)
    assert field in wrong.value.fields and shop.order(order).status == "shipped"


def test_every_line_is_named(shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 1), ("SARI", 1), **COD)
    with pytest.raises(InvalidInput, match="SARI is left out"):
        shop.do(order, kept(900, MUG=1))
    shop.do(order, kept(900, MUG=1, SARI=0))
    assert (owes(shop, order), shop.level("SARI")[:2]) == ({"courier": 900.0}, (20, 1))


def test_a_rehearsal_shows_all_that_would_be_written_and_writes_nothing(shop: Shop) -> None:
    order = three_mugs(shop)
    before = (shop.order(order), shop.books(), shop.level("MUG"))
    seen = rehearse(shop.db, Context(shop.owner, shop.clock), order.number, kept(900, MUG=1))
    assert (shop.order(order), shop.books(), shop.level("MUG")) == before
    shop.do(order, kept(900, MUG=1))
    written = ledger(shop, order, "deliver_part")
    assert [f"deliver_part: {p.debit} {p.amount_poisha / 100:g} ← {p.credit}" for p in seen.postings] == written
    assert [(m.sku, m.kind, m.quantity, m.value_delta_poisha) for m in seen.moves] == [("MUG", "sold", 1, -50_000)]
    assert seen.order.courier_due_poisha == 90_000


def test_the_courier_says_partly_and_a_person_says_what(couriered: Couriered) -> None:
    shop = couriered.shop
    order = shop.bring_to("packed", ("MUG", 3), **COD)
    couriered.ship(order)
    couriered.move(order, "partial_delivered")
    couriered.sync(order)
    assert waiting(shop, order) == [("partial", "needs_us")]
    step = next_step(shop.db.read(lambda tx: situation_of(tx, shop.owner, shop.clock, order.number)))
    assert step is not None and step.action == "deliver_part"
    shop.do(order, kept(900, MUG=1))
    assert waiting(shop, order) == [("partial", "coming_back")]
    couriered.hear(notification(couriered, order, "partial_delivered"))
    couriered.run_jobs()
    assert waiting(shop, order) == [("partial", "coming_back")], "their word is no news any more"


def test_tracking_and_invoice_say_what_came_back(shop: Shop) -> None:
    order = three_mugs(shop)
    shop.do(order, kept(900, MUG=1))
    tracked = shop.db.read(lambda tx: by_link(tx, shop.order(order).token))
    assert (tracked.lines[0].quantity, tracked.lines[0].returned) == (3, 2)
    [paper] = shop.db.read(lambda tx: gathering.papers(tx, [order.number]))
    assert press._sums(paper) == [("Returned", "−৳1,600.00", False), ("Paid", "৳900.00", False)]


def test_reports_count_it_as_delivered(shop: Shop) -> None:
    order = three_mugs(shop)
    shop.clock.advance(3_600)
    shop.do(order, kept(900, MUG=1))
    today = day_of(shop.clock.now_us())
    span = period(today, today)
    funnel = shop.db.read(lambda tx: order_funnel(tx, span))
    stages = shop.db.read(lambda tx: time_in_stage(tx, span))
    held = shop.db.read(lambda tx: held_cash.held_page(tx, shop.clock.now_us())).rows
    assert (funnel.steps[-1].key, funnel.steps[-1].orders) == ("deliver", 1)
    assert (stages[-1].label, stages[-1].median_s) == ("On the way", 3_600)
    assert [row.amount_poisha for row in held] == [90_000]


def test_goods_back_before_the_payout_lower_what_the_courier_owes(shop: Shop) -> None:
    """Delivered, then two of three come back: nobody paid for them, so nobody is owed anything."""
    order = three_mugs(shop, "delivered")
    shop.do(order, back(("MUG", 2, True)))
    assert ledger(shop, order, "receive_return") == [
        f"receive_return: {RETURNS} 1600 ← {COURIER}",
        f"receive_return: {STOCK} 1000 ← {COGS}",
    ]
    assert (owes(shop, order), shop.order(order).paid_poisha) == ({"courier": 900.0}, 90_000)
    shop.do(order, c.PayOut(amount_poisha=90_000))
    assert (owes(shop, order), shop.order(order).money) == ({}, "paid")


def test_goods_back_after_the_payout_are_due_back_to_the_customer(shop: Shop) -> None:
    order = three_mugs(shop, "delivered")
    shop.do(order, c.PayOut(amount_poisha=250_000))
    shop.do(order, back(("MUG", 2, True)))
    assert ledger(shop, order, "receive_return")[0] == f"receive_return: {RETURNS} 1600 ← {REFUNDS}"
    assert owes(shop, order) == {"back": 1_600.0}


def test_goods_back_after_a_part_of_the_payout_are_shared(shop: Shop) -> None:
    order = three_mugs(shop, "delivered")
    shop.do(order, c.PayOut(amount_poisha=150_000))
    shop.do(order, back(("MUG", 2, True)))
    assert owes(shop, order) == {"back": 600.0}


def test_who_paid_the_rider_for_what_comes_back_is_given_it_back(shop: Shop) -> None:
    order = three_mugs(shop, "delivered")
    shop.do(order, back(("MUG", 2, True), customer_paid=True))
    assert owes(shop, order) == {"courier": 2_500.0, "back": 1_600.0}


def test_goods_back_lower_first_what_the_customer_still_owes(shop: Shop) -> None:
    """Told ৳100 of ৳2,500: of the ৳2,400 that stayed due ৳1,600 are not asked for any more."""
    order = shop.bring_to("packed", ("MUG", 3), **COD)
    shop.do(order, c.Ship(courier="manual", carrier="Rider", cod_poisha=10_000))
    shop.do(order, c.Deliver())
    shop.do(order, back(("MUG", 2, True)))
    assert owes(shop, order) == {"due": 800.0, "courier": 100.0}


@pytest.mark.parametrize(("price", "holds"), [(92.50, 193), (92.40, 192)])
def test_a_rounded_order_that_comes_back_whole_ends_at_nothing(shop: Shop, price: float, holds: int) -> None:
    shop.db.write(lambda tx: add_product(tx, "TEA", "Tea", round(price * 100), tracks_stock=False))
    order = shop.bring_to("delivered", ("TEA", 1), **COD)
    assert owes(shop, order) == {"courier": float(holds)}
    shop.do(order, back(("TEA", 1, True), include_delivery=True))
    assert (owes(shop, order), shop.order(order).status, shop.order(order).paid_poisha) == ({}, "returned", 0)
    assert shop.balance("income:rounding") == shop.balance("expense:rounding") == 0


def test_what_the_courier_still_holds_of_goods_that_all_came_back_can_be_paid_out(shop: Shop) -> None:
    order = three_mugs(shop, "delivered")
    shop.do(order, back(("MUG", 3, True)))
    assert (shop.order(order).status, shop.order(order).money) == ("returned", "cod_with_courier")
    shop.do(order, c.PayOut(amount_poisha=10_000))
    assert owes(shop, order) == {}


def test_delivered_in_part_and_in_whole_at_once_is_one_of_them(shop: Shop) -> None:
    order = three_mugs(shop)
    at_once(lambda: shop.do(order, kept(900, MUG=1)), lambda: shop.do(order, c.Deliver()))
    assert owes(shop, order) in ({"courier": 900.0}, {"courier": 2_500.0})


def test_the_same_goods_are_taken_in_once_however_many_do_it_at_once(shop: Shop) -> None:
    order = three_mugs(shop)
    shop.do(order, kept(900, MUG=1))
    at_once(*[lambda: shop.do(order, back(("MUG", 2, True))) for _ in range(3)])
    assert shop.level("MUG") == (49, 0, 2_450_000)
    assert owes(shop, order) == {"courier": 900.0}
