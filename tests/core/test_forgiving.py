"""A payment that falls short by a little is forgiven: what it posts, and that nobody is ever paid it back."""

from __future__ import annotations

import pytest

from dokango import audit
from dokango.checks import run_checks
from dokango.errors import InvalidInput, NotAllowed, Refused, StaleVersion
from dokango.orders import Done
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from tests.core.couriered import COD
from tests.core.ledgers import ledger, owes
from tests.small_shop import Shop

CUSTOMERS, ROUNDING, REFUNDS = "receivable:customers", "expense:rounding", "payable:refunds"


def paid(amount: int, *, forgive: bool = True) -> c.VerifyPayment:
    return c.VerifyPayment(method="bkash", transaction_id="SHORT12345", amount_poisha=amount, forgive=forgive)


def short_by_half_a_taka(shop: Shop) -> Done:
    """A mug and its delivery, ৳900, of which ৳899.50 came."""
    return shop.do(shop.place(("MUG", 1)), paid(89_950))


def test_short_by_half_a_taka_is_paid_and_can_be_confirmed(shop: Shop) -> None:
    order = short_by_half_a_taka(shop)
    assert ledger(shop, order, "verify_payment") == [
        f"verify_payment: cash:bkash 899.5 ← {CUSTOMERS}",
        f"verify_payment: {ROUNDING} 0.5 ← {CUSTOMERS}",
    ]
    row = shop.order(order)
    assert (row.money, row.due_poisha, row.paid_poisha, row.forgiven_poisha) == ("paid", 0, 89_950, 50)
    assert shop.do(order, c.Confirm()).status == "confirmed"


def test_what_was_short_before_is_forgiven_when_the_order_is_confirmed(shop: Shop) -> None:
    order = shop.do(shop.place(("MUG", 1)), paid(89_950, forgive=False))
    with pytest.raises(Refused, match=r"৳0\.50 is still due"):
        shop.do(order, c.Confirm())
    with pytest.raises(StaleVersion):
        shop.do(order, c.Confirm(forgive=True), version=1)
    assert shop.do(order, c.Confirm(forgive=True), version=2).status == "confirmed"
    assert ledger(shop, order, "forgive") == [f"forgive: {ROUNDING} 0.5 ← {CUSTOMERS}"]


def test_a_confirm_that_may_forgive_but_need_not_forgives_nothing(shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    shop.settle(order)
    shop.do(order, c.Confirm(forgive=True))
    assert shop.order(order).forgiven_poisha == 0 and ledger(shop, order, "forgive") == []


@pytest.mark.parametrize(("limit", "amount", "passes"), [
    (100, 89_900, True), (100, 89_899, False), (0, 89_950, False), (5_000, 85_000, True), (5_000, 84_999, False),
])  # fmt: skip
def test_the_owners_limit_holds(shop: Shop, limit: int, amount: int, passes: bool) -> None:
    shop.set_profile(forgive_most_poisha=limit)
    order = shop.place(("MUG", 1))
    if passes:
        shop.do(order, paid(amount))
        assert shop.order(order).money == "paid"
        shop.set_profile(forgive_most_poisha=0)
        assert all(check.ok for check in shop.db.read(run_checks)), "the limit of then counts"
        return
    with pytest.raises(InvalidInput, match="is missing"):
        shop.do(order, paid(amount))
    assert shop.order(order).paid_poisha == 0, "nothing was booked"
    shop.do(order, paid(amount, forgive=False))
    with pytest.raises(Refused, match="is missing"):
        shop.do(order, c.Forgive())


def test_who_may_not_verify_may_not_forgive(shop: Shop, packer: Actor) -> None:
    order = shop.do(shop.place(("MUG", 1)), paid(89_950, forgive=False))
    with pytest.raises(NotAllowed):
        shop.do(order, c.Forgive(), actor=packer)


def test_who_forgave_it_is_on_record(shop: Shop) -> None:
    order = short_by_half_a_taka(shop)
    assert "৳0.50 forgiven" in _note(shop, order)


def test_a_cancelled_order_gives_back_what_was_paid_and_no_more(shop: Shop) -> None:
    order = short_by_half_a_taka(shop)
    shop.do(order, c.Cancel(reason="changed their mind"))
    assert owes(shop, order) == {"back": 899.5}
    assert shop.balance(ROUNDING) == 0


def test_a_parcel_that_came_back_and_goes_out_again_asks_for_it_anew(shop: Shop) -> None:
    order = short_by_half_a_taka(shop)
    for command in (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier="Rider"), c.ReceiveReturn()):
        shop.do(order, command)
    assert owes(shop, order) == {"back": 899.5}
    shop.do(order, c.SendAgain())
    assert (owes(shop, order), shop.balance(ROUNDING)) == ({"due": 0.5}, 0)


def test_goods_that_come_back_are_worth_what_was_paid(shop: Shop) -> None:
    order = short_by_half_a_taka(shop)
    for command in (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier="Rider"), c.Deliver()):
        shop.do(order, command)
    shop.do(order, c.ReceiveReturn(include_delivery=True))
    assert owes(shop, order) == {"back": 899.5}
    assert (shop.balance(ROUNDING), shop.order(order).forgiven_poisha) == (0, 0)


def test_an_advance_that_was_forgiven_in_part_and_a_parcel_kept_in_part(shop: Shop) -> None:
    """Two mugs, ৳1,700, all but ৳0.50 paid before; one is kept: the other's ৳800 less the ৳0.50 come back."""
    order = shop.place(("MUG", 2), **COD)
    shop.do(order, paid(169_950))
    for command in (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier="Rider")):
        shop.do(order, command)
    shop.do(order, c.DeliverPart.model_validate({"lines": [{"sku": "MUG", "kept": 1}], "collected_poisha": 0}))
    assert owes(shop, order) == {"back": 799.5}
    shop.do(order, c.SayCollects(collects_poisha=0))
    assert owes(shop, order) == {"back": 799.5}, "no rider rounded anything"


def test_what_comes_after_all_is_due_back(shop: Shop) -> None:
    order = short_by_half_a_taka(shop)
    shop.settle(order, 50, "THEREST123")
    assert owes(shop, order) == {"back": 0.5}


def _note(shop: Shop, order: Done) -> str:
    events = shop.db.read(lambda tx: audit.of_order(tx, order.order_id))
    return next(f"{event.actor}: {event.note}" for event in events if event.action == "verify_payment")
