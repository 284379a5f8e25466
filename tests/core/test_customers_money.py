"""Money that belongs to customers: given back, kept as credit, spent, shared by orders; tests that read as ledgers."""

from __future__ import annotations

import pytest

from dokango.errors import InvalidInput, NotAllowed, Refused, StaleVersion, TrxIdTaken
from dokango.ledger.balances import trial_balance
from dokango.orders import Context
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import describe
from dokango.orders.lifecycle import commands as c
from dokango.orders.sharing import SharePayment, share_payment
from dokango.payments.refusals import CreditSpent, NothingLeft
from dokango.people.actor import Actor
from dokango.reports.owed_to_customers import by_age, owed, owed_in_books
from dokango.shop.profile import Wallet
from tests.core.ledgers import entries, ledger
from tests.core.nobodys_money import came, credit, give, keep, nobodys, pay_out, share, stands
from tests.core.racing import at_once
from tests.small_shop import Shop

OTHER = "01811000000"
BKASH, CREDITS, CUSTOMERS, REFUNDS = "cash:bkash", "payable:credits", "receivable:customers", "payable:refunds"


def test_money_that_matches_no_order_is_given_back_and_leaves_the_list(shop: Shop) -> None:
    line = came(shop, 500)
    assert nobodys(shop) == ["BLU1H6X8AA"]
    assert give(shop, line) == 50_000
    assert entries(shop, "give_back") == [
        "give_back: cash:bkash 500 ← payable:nobodys",
        "give_back: payable:nobodys 500 ← cash:bkash",
    ]
    assert nobodys(shop) == [] and stands(shop) == {}


def test_it_is_given_back_once_and_its_trx_id_is_nobodys_any_more(shop: Shop) -> None:
    line = came(shop, 500)
    give(shop, line)
    with pytest.raises(NothingLeft, match="৳500 was given back"):
        give(shop, line, "SENT999999")
    with pytest.raises(NothingLeft):
        keep(shop, line)
    with pytest.raises(TrxIdTaken, match="given back"):
        shop.settle(shop.place(("MUG", 1)), 50_000, "BLU1H6X8AA")
    with pytest.raises(TrxIdTaken):
        shop.do(shop.place(("MUG", 1)), c.ClaimPayment(method="bkash", transaction_id="BLU1H6X8AA"))
    assert stands(shop).get(BKASH, 0) == 0


@pytest.mark.parametrize("reference", ["", "  ", "so"])
def test_a_wallets_sending_needs_the_reference_that_the_wallet_gave(shop: Shop, reference: str) -> None:
    line = came(shop, 500)
    with pytest.raises(InvalidInput, match="TrxID"):
        give(shop, line, reference)
    assert nobodys(shop) == ["BLU1H6X8AA"]


def test_one_sending_gives_back_one_payment(shop: Shop) -> None:
    give(shop, came(shop, 500))
    with pytest.raises(InvalidInput, match="SENT123456 stands on a refund"):
        give(shop, came(shop, 300, "ZZZ1H6X8AA"))


def test_what_an_order_was_paid_with_is_not_given_back_as_nobodys(shop: Shop) -> None:
    line = came(shop, 900)
    shop.settle(shop.place(("MUG", 1)), 90_000, "BLU1H6X8AA")
    with pytest.raises(TrxIdTaken):
        give(shop, line)


def test_who_may_not_refund_gives_nothing_back(shop: Shop, packer: Actor) -> None:
    with pytest.raises(NotAllowed):
        give(shop, came(shop, 500), actor=packer)


def test_money_kept_as_credit_pays_the_next_order(shop: Shop) -> None:
    assert keep(shop, came(shop, 500)) == 50_000
    assert entries(shop, "keep_credit") == ["keep_credit: cash:bkash 500 ← payable:credits"]
    assert (credit(shop), nobodys(shop)) == (50_000, [])
    order = shop.do(shop.place(("MUG", 1)), c.PayWithCredit())
    assert ledger(shop, order, "pay_with_credit") == [f"pay_with_credit: {CREDITS} 500 ← {CUSTOMERS}"]
    row = shop.order(order)
    assert (row.money, row.due_poisha, row.paid_poisha, row.credit_used_poisha) == ("part_paid", 40_000, 50_000, 50_000)
    assert stands(shop) == {BKASH: 500, CUSTOMERS: 400}
    shop.settle(order)
    assert shop.do(order, c.Confirm()).money == "paid"


def test_credit_is_used_in_parts_and_never_more_than_there_is_or_is_due(shop: Shop) -> None:
    keep(shop, came(shop, 1_000))
    first, second = shop.place(("MUG", 1)), shop.place(("MUG", 1))
    shop.do(first, c.PayWithCredit(amount_poisha=30_000))
    with pytest.raises(InvalidInput, match="Only ৳600 is due"):
        shop.do(first, c.PayWithCredit(amount_poisha=60_001))
    with pytest.raises(CreditSpent, match="৳700 of credit"):
        shop.do(second, c.PayWithCredit(amount_poisha=70_001))
    assert shop.do(second, c.PayWithCredit()).money == "part_paid"
    assert credit(shop) == 0
    with pytest.raises(Refused, match="no credit"):
        shop.do(first, c.PayWithCredit())


def test_the_rider_collects_less_by_what_credit_paid(shop: Shop) -> None:
    keep(shop, came(shop, 120))
    order = shop.bring_to("packed", ("MUG", 1), payment={"method": "cod"})
    shop.do(order, c.PayWithCredit())
    shop.do(order, c.Ship(courier="manual", carrier="Rider"))
    assert shop.order(order).told_poisha == 78_000
    shop.do(order, c.Deliver())
    assert stands(shop) == {BKASH: 120, "receivable:courier:rider": 780}


def test_two_orders_do_not_spend_one_credit_at_once(shop: Shop) -> None:
    keep(shop, came(shop, 900))
    orders = [shop.place(("MUG", 1)) for _ in range(4)]
    results = at_once(*[lambda order=order: shop.do(order, c.PayWithCredit(amount_poisha=90_000)) for order in orders])
    assert sum(isinstance(result, CreditSpent | Refused) for result in results) == 3
    assert sum(shop.order(order).credit_used_poisha for order in orders) == 90_000
    assert credit(shop) == 0


def test_two_people_do_not_give_one_payment_back_at_once(shop: Shop) -> None:
    line = came(shop, 500)
    doings = [lambda n=n: give(shop, line, f"SENT00000{n}") for n in range(3)]
    results = at_once(*doings, lambda: keep(shop, line))
    assert sum(isinstance(result, NothingLeft) for result in results) == 3
    assert stands(shop).get(BKASH, 0) == credit(shop) // 100


def test_a_refund_due_is_kept_as_credit_instead(shop: Shop) -> None:
    order = shop.settle(shop.place(("MUG", 1)))
    shop.do(order, c.Cancel(reason="changed their mind"))
    shop.do(order, c.PayRefund(method="bkash", amount_poisha=20_000, reference="SENT123456"))
    kept = shop.do(order, c.KeepAsCredit())
    assert ledger(shop, order, "keep_as_credit") == [f"keep_as_credit: {REFUNDS} 700 ← {CREDITS}"]
    row = shop.order(order)
    assert (kept.money, row.refund_due_poisha, row.refunded_poisha, row.credited_poisha) == (
        "refunded", 0, 90_000, 70_000,
    )  # fmt: skip
    assert stands(shop) == {BKASH: 700, CREDITS: -700}
    with pytest.raises(Refused):
        shop.do(order, c.KeepAsCredit(amount_poisha=1))


def test_credit_that_paid_for_a_cancelled_order_is_due_back(shop: Shop) -> None:
    keep(shop, came(shop, 900))
    order = shop.do(shop.place(("MUG", 1)), c.PayWithCredit())
    shop.do(order, c.Cancel(reason="changed their mind"))
    assert stands(shop) == {BKASH: 900, REFUNDS: -900}
    shop.do(order, c.KeepAsCredit())
    assert stands(shop) == {BKASH: 900, CREDITS: -900} and credit(shop) == 90_000


def test_credit_is_paid_out_in_money_later(shop: Shop) -> None:
    keep(shop, came(shop, 500))
    assert pay_out(shop, 20_000, "SENT111111") == 20_000
    assert entries(shop, "pay_out_credit") == [f"pay_out_credit: {CREDITS} 200 ← {BKASH}"]
    with pytest.raises(CreditSpent):
        pay_out(shop, 30_001, "SENT222222")
    with pytest.raises(InvalidInput, match="SENT111111"):
        pay_out(shop, 30_000, "SENT111111")
    assert (credit(shop), stands(shop)) == (30_000, {BKASH: 300, CREDITS: -300})


def test_one_payment_is_shared_by_two_orders_of_one_buyer(shop: Shop) -> None:
    line, first, second = came(shop, 1_900), shop.place(("MUG", 1)), shop.place(("MUG", 1))
    assert share(shop, line, (second.number, 90_000), (first.number, 90_000), rest="credit") == 10_000
    for order in (first, second):
        assert ledger(shop, order, "verify_payment") == [f"verify_payment: {BKASH} 900 ← {CUSTOMERS}"]
        assert shop.order(order).money == "paid"
    assert stands(shop) == {BKASH: 1_900, CREDITS: -100}
    assert (credit(shop), nobodys(shop)) == (10_000, [])


def test_what_is_left_of_a_shared_payment_stays_on_the_list(shop: Shop) -> None:
    line, first, second = came(shop, 2_000), shop.place(("MUG", 1)), shop.place(("MUG", 1))
    share(shop, line, (first.number, 90_000))
    assert nobodys(shop) == ["BLU1H6X8AA"]
    with pytest.raises(NothingLeft, match=r"৳1,100 is left\. ৳900 stands on orders"):
        share(shop, line, (second.number, 110_001))
    with pytest.raises(TrxIdTaken):
        shop.settle(second, 90_000, "BLU1H6X8AA")
    share(shop, line, (second.number, 90_000))
    assert give(shop, line) == 20_000
    assert stands(shop) == {BKASH: 1_800} and nobodys(shop) == []


def test_parts_of_two_buyers_or_of_more_than_came_book_nothing(shop: Shop) -> None:
    line, mine = came(shop, 1_000), shop.place(("MUG", 1))
    theirs = shop.place(("MUG", 1), customer={"name": "Karim", "phone": OTHER})
    with pytest.raises(InvalidInput, match="another buyer's"):
        share(shop, line, (mine.number, 1_000), (theirs.number, 1_000))
    with pytest.raises(InvalidInput, match="named twice"):
        share(shop, line, (mine.number, 1_000), (mine.number, 1_000))
    again = shop.place(("MUG", 1))
    with pytest.raises(NothingLeft):
        share(shop, line, (mine.number, 60_000), (again.number, 60_000))
    assert shop.order(mine).paid_poisha == 0 and stands(shop).get(BKASH, 0) == 0


def test_a_part_is_booked_on_the_order_that_was_seen(shop: Shop) -> None:
    line, order = came(shop, 1_000), shop.place(("MUG", 1))
    form = SharePayment.model_validate({"parts": [{"order": order.number, "amount_poisha": 1, "version": 7}]})
    with pytest.raises(StaleVersion):
        shop.db.write(lambda tx: share_payment(tx, Context(shop.owner, shop.clock), line, form))


def test_a_part_is_counted_against_what_the_wallet_said(shop: Shop) -> None:
    part = c.VerifyPayment(method="bkash", transaction_id="BLU1H6X8AA", amount_poisha=100, part=True)
    order = shop.place(("MUG", 1))
    with pytest.raises(InvalidInput, match="Bring it in first"):
        shop.do(order, part)
    came(shop, 1)
    shop.do(order, part)
    with pytest.raises(NothingLeft):
        shop.do(order, part)


def test_the_wallets_fee_is_an_expense_however_the_money_is_settled(shop: Shop) -> None:
    shop.set_profile(wallets={"bkash": Wallet(number="01700000001", fee_bp=100)})
    keep(shop, came(shop, 500))
    give(shop, came(shop, 300, "ZZZ1H6X8AA"))
    assert shop.books()["expense:wallet-fees"] == 800


def test_what_is_owed_is_listed_by_age_and_comes_to_what_the_books_owe(shop: Shop) -> None:
    keep(shop, came(shop, 500))
    shop.clock.advance(10 * 86_400)
    keep(shop, came(shop, 300, "ZZZ1H6X8AA"))
    shop.do(shop.place(("MUG", 1)), c.PayWithCredit(amount_poisha=60_000))
    order = shop.settle(shop.place(("MUG", 1)), 95_000)
    shop.clock.advance(5 * 86_400)
    found, balances = shop.db.read(lambda tx: (owed(tx), trial_balance(tx)))
    assert [(one.kind, one.order, one.amount_poisha, one.days(shop.clock.now_us())) for one in found] == [
        ("credit", "", 20_000, 5), ("refund_due", order.number, 5_000, 5),
    ]  # fmt: skip
    assert sum(one.amount_poisha for one in found) == owed_in_books(balances) == 25_000
    assert [(band.kind, band.band) for band in by_age(found, shop.clock.now_us())] == [
        ("refund_due", "4 to 7 days"), ("credit", "4 to 7 days"),
    ]  # fmt: skip


def test_the_customers_page_says_what_of_their_credit_was_used_and_kept(shop: Shop) -> None:
    keep(shop, came(shop, 120))
    order = shop.do(shop.place(("MUG", 1)), c.PayWithCredit())
    shop.do(order, c.Cancel(reason="changed their mind"))
    shop.do(order, c.KeepAsCredit())
    token = shop.order(order).token
    page = shop.db.read(lambda tx: by_link(tx, token))
    sums = {row["label"]: row["amount"] for row in describe(page, "en").sums}
    assert sums["of it your credit with us"] == sums["Your credit for the next order"] == "৳120"
    assert "Given back to you" not in sums


def test_of_two_shares_of_one_line_at_once_no_more_is_shared_than_came(shop: Shop) -> None:
    line = came(shop, 1_000)
    orders = [shop.place(("MUG", 1)) for _ in range(2)]
    results = at_once(*(lambda order=order: share(shop, line, (order.number, 90_000)) for order in orders))
    assert sorted(type(result).__name__ for result in results) == ["NothingLeft", "int"]
    assert sorted(shop.order(order).paid_poisha for order in orders) == [0, 90_000]
