"""The shelf: average cost, the last unit's rest, counts, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from dokango.errors import InsufficientStock, InvalidInput, NotAllowed, Refused
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from dokango.stock.receiving import Count, Receipt, count, receive
from tests.small_shop import Shop


def take_in(shop: Shop, key: str, *lines: dict[str, Any], actor: Actor | None = None, **more: Any) -> None:
    receipt = Receipt.model_validate({"lines": list(lines), **more})
    shop.db.write(lambda tx: receive(tx, actor or shop.owner, shop.clock, receipt, key=key))


def found(shop: Shop, sku: str, counted: int) -> None:
    counting = Count.model_validate({"lines": [{"sku": sku, "counted": counted}], "reason": "yearly count"})
    shop.db.write(lambda tx: count(tx, shop.owner, shop.clock, counting, key=f"{sku}-{counted}"))


def test_goods_leave_at_average_cost_and_the_last_unit_takes_the_rest(shop: Shop) -> None:
    take_in(shop, "more", {"sku": "HONEY", "quantity": 3, "unit_cost_poisha": 33_333})
    on_hand, _, value = shop.level("HONEY")
    assert (on_hand, value) == (10, 7 * 30_001 + 3 * 33_333)
    costs = []
    for quantity in (3, 3, 4):
        before = shop.level("HONEY")
        shop.bring_to("delivered", ("HONEY", quantity))
        costs.append(before[2] - shop.level("HONEY")[2])
    assert costs[0] == (2 * value * 3 + 10) // 20
    assert shop.level("HONEY") == (0, 0, 0)
    assert sum(costs) == value


@pytest.mark.parametrize(("pocket", "account"), [(None, "payable:suppliers"), ("bkash", "cash:bkash"),
                                                  ("bank", "cash:bank")])  # fmt: skip
def test_goods_received_are_owed_or_paid_for(shop: Shop, pocket: str | None, account: str) -> None:
    before = shop.balance(account)
    take_in(shop, "r", {"sku": "MUG", "quantity": 2, "unit_cost_poisha": 60_000}, paid_from=pocket)
    assert shop.balance(account) == before - 120_000
    assert shop.level("MUG") == (52, 0, 2_500_000 + 120_000)


def test_a_receipt_with_one_wrong_line_takes_nothing_in(shop: Shop) -> None:
    good = {"sku": "MUG", "quantity": 2, "unit_cost_poisha": 1}
    with pytest.raises(InvalidInput) as wrong:
        take_in(shop, "r", good, {**good, "sku": "NOPE"}, {**good, "sku": "CARD"})
    assert set(wrong.value.fields) == {"lines.1.sku", "lines.2.sku"}
    assert shop.level("MUG") == (50, 0, 2_500_000)


@pytest.mark.parametrize("line", [
    {"quantity": 0}, {"quantity": -1}, {"quantity": 1.5}, {"quantity": "2"}, {"quantity": True},
    {"quantity": 10**9}, {"unit_cost_poisha": -1}, {"unit_cost_poisha": 10**12}, {"price": 5},
])  # fmt: skip
def test_quantities_and_costs_that_make_no_sense_are_refused(line: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Receipt.model_validate({"lines": [{"sku": "MUG", "quantity": 1, "unit_cost_poisha": 1, **line}]})


@pytest.mark.parametrize(("counted", "value", "written_off"), [(48, 2_400_000, 100_000), (53, 2_650_000, -150_000),
                                                               (50, 2_500_000, 0), (0, 0, 2_500_000)])  # fmt: skip
def test_a_count_writes_off_what_is_missing_and_shelves_what_is_over(
    shop: Shop, counted: int, value: int, written_off: int
) -> None:
    found(shop, "MUG", counted)
    assert shop.level("MUG") == (counted, 0, value)
    assert shop.balance("expense:write-off") == written_off


def test_fewer_than_are_promised_cannot_be_counted(shop: Shop) -> None:
    shop.place(("MUG", 5))
    with pytest.raises(Refused, match="5 are promised"):
        found(shop, "MUG", 4)


def test_only_who_may_receives_stock(shop: Shop, packer: Actor) -> None:
    with pytest.raises(NotAllowed):
        take_in(shop, "r", {"sku": "MUG", "quantity": 1, "unit_cost_poisha": 1}, actor=packer)


def test_every_short_item_is_named_and_nothing_is_placed(shop: Shop) -> None:
    with pytest.raises(InsufficientStock) as short:
        shop.place(("MUG", 51), ("HONEY", 8), ("SARI", 1))
    wanted = {item.sku: (item.wanted, item.available) for item in short.value.items}
    assert wanted == {"MUG": (51, 50), "HONEY": (8, 7)}
    assert shop.level("SARI")[1] == 0
    assert shop.balance("receivable:customers") == 0
    assert shop.place(("MUG", 1)).number == "1001"


def test_virtual_goods_never_run_out_and_move_no_stock(shop: Shop) -> None:
    done = shop.bring_to("delivered", ("CARD", 900))
    assert done.status == "delivered"
    assert shop.balance("expense:cogs") == 0


def test_what_a_cancelled_order_held_can_be_sold_again(shop: Shop) -> None:
    first = shop.place(("HONEY", 7))
    with pytest.raises(InsufficientStock):
        shop.place(("HONEY", 1))
    shop.do(first, c.Cancel(reason="no answer"))
    assert shop.place(("HONEY", 7)).status == "pending"
