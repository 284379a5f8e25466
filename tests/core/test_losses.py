"""Goods that are lost or damaged on a courier's way open a case with owner, deadline and act: claim it, or close it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dokango.clock import US_PER_S
from dokango.orders import Done
from dokango.orders.acts.stand import look
from dokango.orders.acts.table import possible
from dokango.orders.cases import rows as cases
from dokango.orders.cases.kinds import KINDS
from dokango.orders.cases.rows import CaseRow
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import describe
from dokango.orders.lifecycle import commands as c
from tests.core.test_claims import claim, paid, refused
from tests.small_shop import Shop

COD = {"payment": {"method": "cod"}}
HOUR_US = 3_600 * US_PER_S


def out(shop: Shop) -> Done:
    return shop.bring_to("shipped", ("MUG", 2), **COD)


def inspected(shop: Shop, *found: tuple[int, str]) -> Done:
    order = shop.bring_to("back", ("MUG", 2), **COD)
    lines = [{"sku": "MUG", "quantity": quantity, "condition": condition} for quantity, condition in found]
    shop.do(order, c.Inspect.model_validate({"lines": lines}))
    return order


def back(shop: Shop, order: Done, restock: bool, units: int = 2) -> Done:
    lines = [{"sku": "MUG", "quantity": units, "restock": restock}]
    return shop.do(order, c.ReceiveReturn.model_validate({"lines": lines}))


def part_broken(shop: Shop, restock: bool = False) -> Done:
    order = out(shop)
    kept = {"lines": [{"sku": "MUG", "kept": 1}], "collected_poisha": 90_000}
    shop.do(order, c.DeliverPart.model_validate(kept))
    back(shop, order, restock, 1)
    return order


def came(shop: Shop, restock: bool) -> Done:
    return shop.do(out(shop), c.ReceiveReturn(restock=restock))


def losses(shop: Shop, order: Done) -> list[CaseRow]:
    return [case for case in shop.db.read(lambda tx: cases.open_of(tx, order.order_id)) if case.family == "loss"]


LOST: dict[str, Callable[[Shop], Done]] = {
    "missing when it was inspected": lambda s: inspected(s, (1, "resell"), (1, "missing")),
    "damaged when it was inspected": lambda s: inspected(s, (2, "damaged")),
    "somebody else's goods": lambda s: inspected(s, (1, "resell"), (1, "wrong")),
    "the parcel is lost": lambda s: s.do(out(s), c.LoseParcel(reason="not in any hub")),
    "written off as it came": lambda s: came(s, restock=False),
    "written off line by line": lambda s: back(s, out(s), restock=False),
    "what was not kept came broken": part_broken,
}
WHOLE: dict[str, Callable[[Shop], Done]] = {
    "fit when it was inspected": lambda s: inspected(s, (2, "resell")),
    "back on the shelf": lambda s: came(s, restock=True),
    "what was not kept is fit": lambda s: part_broken(s, restock=True),
    "the customer sent broken goods back": lambda s: back(s, s.bring_to("delivered", ("MUG", 2), **COD), restock=False),
}


@pytest.mark.parametrize("how", LOST)
def test_what_is_lost_or_damaged_with_a_courier_waits_to_be_claimed(shop: Shop, how: str) -> None:
    order = LOST[how](shop)
    [case] = losses(shop, order)
    assert (case.kind, case.state, case.next_act, case.taken_by) == ("to_claim", "needs_us", "claim_loss", "")
    assert KINDS[case.kind].desk and case.due_at == case.opened_at + 72 * HOUR_US
    assert "MUG" in case.words
    stand = shop.db.read(lambda tx: look(tx, shop.clock, case.id))
    assert {act.key for act in possible(stand)} >= {"take", "close"}
    opened = claim(shop, order, 50_000)
    assert losses(shop, order) == []
    assert opened.shipment_id == case.shipment_id


@pytest.mark.parametrize("how", WHOLE)
def test_what_is_whole_or_was_delivered_opens_no_loss(shop: Shop, how: str) -> None:
    assert losses(shop, WHOLE[how](shop)) == []


def test_what_the_courier_called_lost_stays_to_be_claimed_when_its_goods_are_written_off(shop: Shop) -> None:
    order = out(shop)
    shop.do(order, c.ReportProblem(problem="the parcel is lost"))
    shop.do(order, c.LoseParcel(reason="not found"))
    [case] = losses(shop, order)
    assert case.kind == "to_claim"
    shop.do(order, c.SendAgain())
    assert losses(shop, order) == [case]
    for command in (c.Pack(), c.Ship(courier="manual", carrier="Other rider"), c.Deliver()):
        shop.do(order, command)
    assert losses(shop, order) == [case]


def test_two_findings_of_one_parcel_are_one_loss_that_says_both(shop: Shop) -> None:
    order = shop.bring_to("back", ("MUG", 2), **COD)
    for condition in ("missing", "damaged"):
        found = {"lines": [{"sku": "MUG", "quantity": 1, "condition": condition}]}
        shop.do(order, c.Inspect.model_validate(found))
    [case] = losses(shop, order)
    assert (case.attempts, "missing" in case.words, "damaged" in case.words) == (2, True, True)


def test_a_loss_that_was_claimed_already_is_not_to_be_claimed_again_unless_it_was_refused(shop: Shop) -> None:
    order, other, third = out(shop), out(shop), out(shop)
    claim(shop, order)
    paid(shop, claim(shop, other), 160_000)
    refused(shop, claim(shop, third))
    for one in (order, other, third):
        shop.do(one, c.LoseParcel(reason="not found"))
    assert (losses(shop, order), losses(shop, other), len(losses(shop, third))) == ([], [], 1)


@pytest.mark.parametrize(
    ("problem", "english", "bangla"),
    [
        ("the parcel is lost", "The courier cannot find the parcel.", "কুরিয়ার পার্সেলটি খুঁজে পাচ্ছে না।"),
        ("box damaged", "The parcel was damaged on its way.", "পথে পার্সেলটি ক্ষতিগ্রস্ত হয়েছে।"),
    ],
)
def test_its_customer_reads_that_it_is_lost_and_not_that_it_is_on_its_way(
    shop: Shop, problem: str, english: str, bangla: str
) -> None:
    order = shop.bring_to("shipped", ("MUG", 1), payment={"method": "cod"})
    shop.do(order, c.ReportProblem(problem=problem))
    token = shop.order(order).token
    tracked = shop.db.read(lambda tx: by_link(tx, token))
    for locale, begins in (("en", english), ("bn", bangla)):
        told = describe(tracked, locale).order
        assert told["standing"].startswith(begins) and (told["tone"], told["expected"]) == ("asks", "")
