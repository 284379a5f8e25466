"""What customers, couriers and the shop owe each other, in every way that an order can go."""

from __future__ import annotations

import pytest

from dokango.errors import InvalidInput, Refused, TrxIdTaken
from dokango.orders.book.money_state import Amounts, money_state
from dokango.orders.lifecycle import commands as c
from dokango.shop.profile import Wallet
from tests.small_shop import Shop

MUG, DELIVERY = 80_000, 10_000


def verify(amount: int, trx_id: str = "BLU1H6X8AA", method: str = "bkash") -> c.VerifyPayment:
    return c.VerifyPayment(method=method, transaction_id=trx_id, amount_poisha=amount)


def test_a_short_payment_leaves_the_rest_due(shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    assert shop.do(order, verify(50_000)).money == "part_paid"
    assert (shop.order(order).paid_poisha, shop.order(order).due_poisha) == (50_000, 40_000)
    with pytest.raises(Refused, match="৳400"):
        shop.do(order, c.Confirm())
    assert shop.do(order, verify(40_000, "BLU1H6X8AB")).money == "paid"


def test_what_was_paid_too_much_is_due_back(shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    assert shop.do(order, verify(95_000)).money == "refund_due"
    assert (shop.order(order).due_poisha, shop.order(order).refund_due_poisha) == (0, 5_000)
    assert (shop.balance("cash:bkash"), shop.balance("payable:refunds")) == (95_000, -5_000)
    with pytest.raises(Refused, match="Only ৳50"):
        shop.do(order, c.PayRefund(method="bkash", amount_poisha=5_001, reference="SENT123456"))
    assert shop.do(order, c.PayRefund(method="nagad", amount_poisha=5_000, reference="SENT123456")).money == "paid"
    assert (shop.balance("cash:nagad"), shop.balance("payable:refunds")) == (-5_000, 0)


def test_a_wallet_fee_is_a_posting_of_its_own(shop: Shop) -> None:
    shop.set_profile(wallets={"bkash": Wallet(number="01700000001", fee_bp=185)})
    order = shop.place(("MUG", 1))
    shop.do(order, verify(90_000))
    assert shop.balance("expense:wallet-fees") == 1_665
    assert shop.balance("cash:bkash") == 90_000 - 1_665


def test_one_trx_id_settles_one_payment_ever(shop: Shop) -> None:
    first, second = shop.place(("MUG", 1)), shop.place(("MUG", 1))
    shop.do(first, verify(MUG + DELIVERY))
    with pytest.raises(TrxIdTaken, match=f"#{first.number}"):
        shop.do(second, verify(MUG + DELIVERY, "blu1 h6x8-aa"))
    with pytest.raises(TrxIdTaken):
        shop.do(first, verify(1))
    with pytest.raises(TrxIdTaken):
        shop.do(second, c.ClaimPayment(method="bkash", transaction_id="BLU1H6X8AA"))
    assert shop.do(second, verify(MUG + DELIVERY, method="nagad")).money == "paid"


def test_a_rejected_trx_id_stays_taken_and_may_be_claimed_again_on_its_own_order(shop: Shop) -> None:
    first, second = shop.place(("MUG", 1)), shop.place(("MUG", 1))
    claim = c.ClaimPayment(method="bkash", transaction_id="BLU1H6X8AA", sender="+880 1711-000000")
    assert shop.do(first, claim).money == "claimed"
    assert shop.do(first, c.RejectClaim(reason="not there yet")).money == "unpaid"
    with pytest.raises(TrxIdTaken):
        shop.do(second, claim)
    with pytest.raises(TrxIdTaken):
        shop.do(second, verify(MUG + DELIVERY))
    assert shop.do(first, claim).money == "claimed"
    assert shop.do(first, verify(MUG + DELIVERY)).money == "paid"


def test_staff_may_verify_another_trx_id_than_the_one_claimed(shop: Shop) -> None:
    order = shop.place(("MUG", 1), payment={"method": "bkash", "transaction_id": "BLU1H6X8AA"})
    assert order.money == "claimed"
    assert shop.do(order, verify(MUG + DELIVERY, "BLU1H6X8AB")).money == "paid"
    assert shop.order(order).claim_waits == 0


def test_a_new_claim_replaces_the_one_that_waits(shop: Shop) -> None:
    order = shop.place(("MUG", 1), payment={"method": "bkash", "transaction_id": "BLU1H6X8AA"})
    shop.do(order, c.ClaimPayment(method="bkash", transaction_id="BLU1H6X8AB"))
    shop.do(order, c.RejectClaim(reason="not found"))
    with pytest.raises(Refused, match="No TrxID waits"):
        shop.do(order, c.RejectClaim(reason="not found"))


@pytest.mark.parametrize("typed", ["", "ab1", "ΗELLO12345", "A" * 21, "DROP TABLE;", "BLU1H6X8A\u0410"])
def test_an_id_that_cannot_be_one_is_refused_with_a_sentence(shop: Shop, typed: str) -> None:
    order = shop.place(("MUG", 1))
    with pytest.raises(InvalidInput) as wrong:
        shop.do(order, c.ClaimPayment(method="bkash", transaction_id=typed))
    assert list(wrong.value.fields) == ["transaction_id"]


def test_cash_on_delivery_is_owed_by_the_courier_until_it_pays_out(shop: Shop) -> None:
    order = shop.bring_to("delivered", ("MUG", 1), payment={"method": "cod"})
    assert order.money == "cod_with_courier"
    assert shop.balance("receivable:courier:rider") == MUG + DELIVERY
    with pytest.raises(InvalidInput):
        shop.do(order, c.PayOut(amount_poisha=MUG + DELIVERY, charge_poisha=100))
    done = shop.do(order, c.PayOut(amount_poisha=82_000, charge_poisha=8_000, reference="SFC-1"))
    assert done.money == "paid"
    assert (shop.balance("cash:bank"), shop.balance("expense:courier")) == (82_000, 8_000)
    assert shop.balance("receivable:courier:rider") == 0


def test_of_a_part_paid_cod_order_only_the_rest_is_collected(shop: Shop) -> None:
    order = shop.place(("MUG", 1), payment={"method": "cod"})
    shop.do(order, verify(DELIVERY))
    for command in (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier="Own Rider"), c.Deliver()):
        shop.do(order, command)
    assert shop.balance("receivable:courier:own-rider") == MUG
    assert shop.order(order).paid_poisha == MUG + DELIVERY


@pytest.mark.parametrize("paid", [0, 30_000, 90_000, 99_000])
def test_cancelling_undoes_the_placing_and_owes_back_what_was_paid(shop: Shop, paid: int) -> None:
    before = shop.books()
    order = shop.place(("MUG", 1))
    if paid:
        shop.do(order, verify(paid))
    done = shop.do(order, c.Cancel(reason="out of stock"))
    assert done.money == ("refund_due" if paid else "unpaid")
    assert shop.order(order).refund_due_poisha == paid
    owed = {"cash:bkash": paid, "payable:refunds": -paid} if paid else {}
    assert shop.books() == {**before, **owed}
    if paid:
        assert (
            shop.do(order, c.PayRefund(method="bkash", amount_poisha=paid, reference="SENT123456")).money == "refunded"
        )
        assert shop.books() == before
    assert shop.level("MUG") == (50, 0, 2_500_000)


def test_a_refused_parcel_comes_back_with_the_couriers_charge(shop: Shop) -> None:
    shop.set_profile(courier_return_charge_poisha=6_000)
    order = shop.bring_to("returned", ("MUG", 2), payment={"method": "cod"})
    assert (order.status, order.money) == ("returned", "unpaid")
    assert shop.level("MUG") == (50, 0, 2_500_000)
    assert shop.balance("revenue:sales") == shop.balance("receivable:customers") == 0
    assert (shop.balance("expense:courier"), shop.balance("receivable:courier:rider")) == (6_000, -6_000)


def test_a_parcel_that_came_back_broken_is_written_off_at_cost(shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 2), ("SARI", 1))
    lines = [{"sku": "MUG", "quantity": 1, "restock": False}, {"sku": "MUG", "quantity": 1, "restock": True},
             {"sku": "SARI", "quantity": 1, "restock": True}]  # fmt: skip
    with pytest.raises(InvalidInput, match="1 × SARI is left out"):
        shop.do(order, c.ReceiveReturn.model_validate({"lines": lines[:2]}))
    shop.do(order, c.ReceiveReturn.model_validate({"lines": lines}))
    assert shop.balance("expense:write-off") == 50_000
    assert shop.level("MUG") == (49, 0, 49 * 50_000)
    assert shop.level("SARI") == (20, 0, 20 * 90_000)


def test_part_of_a_delivered_order_comes_back_at_the_cost_it_left_at(shop: Shop) -> None:
    order = shop.bring_to("delivered", ("MUG", 3), ("SARI", 1))
    cogs = shop.balance("expense:cogs")
    back = {"lines": [{"sku": "MUG", "quantity": 1, "restock": True}, {"sku": "MUG", "quantity": 1, "restock": False}]}
    done = shop.do(order, c.ReceiveReturn.model_validate(back))
    assert (done.status, done.money) == ("delivered", "refund_due")
    assert shop.order(order).refund_due_poisha == 2 * MUG
    assert shop.balance("revenue:returns") == 2 * MUG
    assert shop.balance("expense:cogs") == cogs - 2 * 50_000
    assert shop.balance("expense:write-off") == 50_000
    assert shop.level("MUG")[0] == 48
    with pytest.raises(InvalidInput, match="Only 1 of MUG"):
        shop.do(order, c.ReceiveReturn.model_validate(back))
    rest = shop.do(order, c.ReceiveReturn(include_delivery=True))
    assert rest.status == "returned"
    assert shop.order(order).refund_due_poisha == shop.order(order).total_poisha
    assert shop.balance("expense:cogs") == 0


def test_the_delivery_charge_is_given_back_once(shop: Shop) -> None:
    order = shop.bring_to("delivered", ("MUG", 3))
    one = c.ReceiveReturn.model_validate(
        {"lines": [{"sku": "MUG", "quantity": 1, "restock": True}], "include_delivery": True}
    )
    shop.do(order, one)
    with pytest.raises(InvalidInput, match="was given back already"):
        shop.do(order, one)
    assert shop.order(order).refund_due_poisha == MUG + DELIVERY


def test_no_more_is_refunded_than_is_due_back(shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    shop.do(order, verify(30_000))
    shop.do(order, c.Cancel(reason="out of stock"))
    with pytest.raises(Refused, match="Only ৳300 is due back"):
        shop.do(order, c.PayRefund(method="bkash", amount_poisha=30_001, reference="SENT123456"))
    assert shop.balance("payable:refunds") == -30_000


def test_no_trx_id_is_taken_for_an_order_on_which_nothing_is_due(shop: Shop) -> None:
    order = shop.settle(shop.place(("MUG", 1)))
    with pytest.raises(Refused, match="Nothing is due on this order"):
        shop.do(order, c.ClaimPayment(method="bkash", transaction_id="BLU1H6X8AB"))
    assert shop.order(order).money == "paid"


WORDS = [
    (Amounts(0, 100, 0, 0, 0), "pending", False, False, "unpaid"),
    (Amounts(0, 100, 0, 0, 0), "pending", False, True, "claimed"),
    (Amounts(40, 60, 0, 0, 0), "pending", False, False, "part_paid"),
    (Amounts(40, 60, 0, 0, 0), "pending", False, True, "claimed"),
    (Amounts(100, 0, 0, 0, 0), "confirmed", False, False, "paid"),
    (Amounts(110, 0, 10, 0, 0), "confirmed", False, False, "refund_due"),
    (Amounts(0, 100, 0, 0, 0), "shipped", True, False, "cod_due"),
    (Amounts(20, 80, 0, 0, 0), "shipped", True, False, "cod_due"),
    (Amounts(100, 0, 0, 0, 80), "delivered", True, False, "cod_with_courier"),
    (Amounts(100, 0, 0, 0, 0), "delivered", True, False, "paid"),
    (Amounts(0, 0, 0, 0, 0), "cancelled", False, False, "unpaid"),
    (Amounts(100, 0, 100, 0, 0), "cancelled", False, False, "refund_due"),
    (Amounts(100, 0, 0, 100, 0), "returned", False, False, "refunded"),
]


@pytest.mark.parametrize(("amounts", "status", "is_cod", "claim_waits", "word"), WORDS)
def test_the_money_word_follows_the_amounts(
    amounts: Amounts, status: str, is_cod: bool, claim_waits: bool, word: str
) -> None:
    assert money_state(amounts, status=status, is_cod=is_cod, claim_waits=claim_waits) == word
