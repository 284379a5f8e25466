"""Money above the owner's limit is booked by two people: who, when, what is checked anew, and what is never booked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dokango.checks import run_checks
from dokango.errors import DokangoError, InvalidInput, NotAllowed, Refused, StaleVersion, TrxIdTaken
from dokango.orders import Context, Done, place
from dokango.orders.approvals import rows as approvals
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.rehearse import rehearse
from dokango.orders.lifecycle.unconfirmed import let_go
from dokango.people import api_keys
from dokango.people.actor import RULE, Actor, customer
from dokango.people.permissions import Role
from dokango.shop.editing import change_profile
from tests.core.ledgers import ledger
from tests.core.nobodys_money import PHONE, came, credit, give, keep, pay_out
from tests.core.racing import at_once
from tests.small_shop import Shop, request

OWNER, OTHER = Actor(901, "Owner", Role.OWNER), Actor(902, "Rahim", Role.OWNER)
MANAGER = Actor(903, "Mina", Role.MANAGER)
BOOKED = ["verify_payment: cash:bkash 900 ← receivable:customers"]


def limit(shop: Shop, poisha: int) -> None:
    """As the owner sets it: on the trail, and in force a while later."""
    shop.db.write(lambda tx: change_profile(tx, OWNER, shop.clock, {"second_person_above_poisha": poisha}))
    shop.clock.advance(60)


@pytest.fixture
def two(shop: Shop) -> Shop:
    """A shop in which money above ৳500 is booked by two."""
    limit(shop, 50_000)
    return shop.acting(OWNER)


def paid(amount: int = 90_000, trx_id: str = "BIGMONEY01", method: str = "bkash") -> c.VerifyPayment:
    return c.VerifyPayment(method=method, transaction_id=trx_id, amount_poisha=amount)


def back(amount: int, reference: str = "REFUND0009") -> c.PayRefund:
    return c.PayRefund(method="bkash", amount_poisha=amount, reference=reference)


def asked(shop: Shop, amount: int = 90_000) -> Done:
    """A mug and its delivery, ৳900, verified by the owner alone."""
    return shop.do(shop.place(("MUG", 1)), paid(amount))


def waits(shop: Shop) -> int:
    return shop.db.read(approvals.how_many)


def test_nothing_is_booked_until_another_person_approves(two: Shop) -> None:
    order = two.place(("MUG", 1))
    placed = two.books()
    done = two.do(order, paid())
    row = two.order(order)
    assert done.asked and two.books() == placed and waits(two) == 1
    assert (row.approval_kind, row.paid_poisha, row.status) == ("payment", 0, "pending")
    booked = two.do(order, c.Approve(), actor=MANAGER)
    assert not booked.asked and booked.money == "paid" and ledger(two, order, "verify_payment") == BOOKED
    assert (two.order(order).approval_kind, waits(two)) == ("", 0)


@pytest.mark.parametrize(("most", "amount", "waits_for"), [
    (0, 90_000, ""), (90_000, 90_000, ""), (89_999, 90_000, "payment"), (50_000, 50_000, ""),
    (50_000, 50_001, "payment"),
])  # fmt: skip
def test_only_what_is_above_the_limit_waits(shop: Shop, most: int, amount: int, waits_for: str) -> None:
    limit(shop, most)
    assert shop.order(asked(shop, amount)).approval_kind == waits_for


def test_a_refund_waits_too_and_parts_of_it_pass_no_limit(two: Shop) -> None:
    order = two.do(two.do(asked(two), c.Approve(), actor=OTHER), c.Cancel(reason="changed their mind"))
    two.do(order, back(30_000, "REFUND0001"))
    assert two.order(order).refunded_poisha == 30_000, "a small one is paid by one person"
    assert two.do(order, back(30_000, "REFUND0002")).asked, "two small ones make a large one"
    with pytest.raises(Refused, match="waits for approval"):
        two.do(order, back(10_000, "REFUND0003"))
    two.do(order, c.Approve(), actor=MANAGER)
    assert two.order(order).refunded_poisha == 60_000
    assert ledger(two, order, "refund")[-1] == "refund: payable:refunds 300 ← cash:bkash"


def test_who_asked_cannot_approve_nor_their_key(two: Shop) -> None:
    order = asked(two)
    key = two.db.write(lambda tx: api_keys.make(tx, OWNER, "phone", "owner", two.clock))
    of_owner = two.db.read(lambda tx: api_keys.find(tx, key))
    strange = two.db.write(lambda tx: api_keys.make(tx, Actor(0, "DokanGo", Role.SYSTEM), "cli", "owner", two.clock))
    of_nobody = two.db.read(lambda tx: api_keys.find(tx, strange))
    assert of_owner is not None and of_nobody is not None
    elsewhere = replace(OWNER, address="203.0.113.9")
    for actor, why in ((OWNER, "yourself"), (elsewhere, "yourself"), (of_owner, "yourself"), (of_nobody, "key")):
        for command in (c.Approve(), c.RefuseApproval(reason="no")):
            with pytest.raises(Refused, match=why):
                two.do(order, command, actor=actor)
    for nobody in (Actor(904, "Packer", Role.PACKER), Actor(0, "Buyer", Role.CUSTOMER)):
        with pytest.raises(NotAllowed):
            two.do(order, c.Approve(), actor=nobody)
    assert two.order(order).paid_poisha == 0


def test_what_a_key_asked_for_its_maker_cannot_approve(two: Shop) -> None:
    key = two.db.write(lambda tx: api_keys.make(tx, OWNER, "phone", "manager", two.clock))
    actor = two.db.read(lambda tx: api_keys.find(tx, key))
    order = two.place(("MUG", 1))
    two.do(order, paid(), actor=actor)
    with pytest.raises(Refused, match="yourself"):
        two.do(order, c.Approve())
    assert two.do(order, c.Approve(), actor=OTHER).money == "paid"


@pytest.mark.parametrize("end", [
    lambda shop, order: shop.do(order, c.RefuseApproval(reason="not in the wallet"), actor=OTHER),
    lambda shop, order: shop.do(order, c.WithdrawApproval()),
], ids=["refused", "withdrawn"])  # fmt: skip
def test_the_trx_id_is_nobody_elses_meanwhile_and_free_afterwards(two: Shop, end: object) -> None:
    order, other = asked(two), two.place(("MUG", 1))
    for taking in (paid(), paid(40_000), c.ClaimPayment(method="bkash", transaction_id="bigmoney01")):
        with pytest.raises(TrxIdTaken, match=order.number):
            two.do(other, taking)
    end(two, order)  # type: ignore[operator]
    assert (two.order(order).approval_kind, two.order(order).paid_poisha, waits(two)) == ("", 0, 0)
    two.do(other, paid(40_000))
    assert two.order(other).paid_poisha == 40_000
    with pytest.raises(Refused, match="Nothing of this order waits"):
        two.do(order, c.Approve(), actor=OTHER)


def test_a_rejected_trx_id_stays_its_orders_after_a_refusal(two: Shop) -> None:
    order = two.place(("MUG", 1), payment={"method": "bkash", "transaction_id": "BIGMONEY01"})
    two.do(order, c.RejectClaim(reason="not there yet"))
    two.do(order, paid())
    two.do(order, c.RefuseApproval(reason="no"), actor=OTHER)
    with pytest.raises(TrxIdTaken):
        two.do(two.place(("MUG", 1)), paid(40_000))


def test_only_who_asked_takes_it_back(two: Shop) -> None:
    order = asked(two)
    with pytest.raises(Refused, match="Only who asked"):
        two.do(order, c.WithdrawApproval(), actor=OTHER)


def test_while_one_waits_no_other_money_of_the_order_is_decided_on(two: Shop) -> None:
    order = two.place(("MUG", 1), payment={"method": "bkash", "transaction_id": "BIGMONEY01"})
    two.do(order, paid())
    for command in (
        paid(40_000, "OTHER12345"),
        c.RejectClaim(reason="no"),
        back(1),
    ):
        with pytest.raises(Refused):
            two.do(order, command)
    row = two.order(order)
    assert (row.money, row.claim_waits) == ("claimed", 1), "the customer reads that it is looked at"
    two.do(order, c.Approve(), actor=OTHER)
    assert two.order(order).claim_waits == 0


def test_what_is_checked_at_approval_is_the_order_as_it_stands_then(two: Shop) -> None:
    order = asked(two)
    two.do(order, c.Edit(discount_poisha=10_000, reason="an old customer"), actor=MANAGER)
    with pytest.raises(StaleVersion) as stale:
        two.do(order, c.Approve(), actor=OTHER)
    assert "Mina did “edit”" in str(stale.value)
    assert two.order(order).approval_kind == "payment", "it waits on"
    two.do(order, c.Approve(), actor=OTHER, version=two.order(order).version)
    row = two.order(order)
    assert (row.paid_poisha, row.due_poisha, row.refund_due_poisha) == (90_000, 0, 10_000)


def test_the_second_of_two_approvers_is_told_who_was_first(two: Shop) -> None:
    order = asked(two)
    seen = two.order(order).version
    two.do(order, c.Approve(), actor=OTHER, version=seen)
    with pytest.raises(StaleVersion) as stale:
        two.do(order, c.Approve(), actor=MANAGER, version=seen)
    assert "Rahim did “verify_payment”" in str(stale.value)
    assert ledger(two, order, "verify_payment") == BOOKED


def test_what_cannot_be_booked_any_more_is_not_approved(two: Shop) -> None:
    order = two.do(two.do(asked(two), c.Approve(), actor=OTHER), c.Cancel(reason="no"))
    two.do(order, back(90_000))
    limit(two, 0)
    with pytest.raises(Refused, match="waits for approval"):
        two.do(order, back(90_000))
    assert rehearse(two.db, Context(MANAGER, two.clock), order.number, c.Approve()).order.refunded_poisha == 90_000
    assert two.order(order).refunded_poisha == 0


def test_an_order_whose_payment_waits_is_not_let_go(two: Shop) -> None:
    buyer = Context(customer("Rahima Akter"), two.clock)
    order = two.db.write(lambda tx: place(tx, buyer, request(("MUG", 1)), channel="storefront"))
    two.do(order, paid())
    two.clock.advance(100 * 3_600)
    assert let_go(two.db, two.clock) == 0
    with pytest.raises(Refused, match="waits for approval"):
        two.do(order, c.Expire(), actor=RULE)
    two.do(order, c.WithdrawApproval())
    assert let_go(two.db, two.clock) == 1, "its customer is told that it ends"


def test_a_broken_ask_keeps_nothing(two: Shop) -> None:
    order = two.place(("MUG", 1))
    wrong: tuple[tuple[c.Command, type[DokangoError]], ...] = (
        (back(90_000), Refused),
        (paid(trx_id="?"), InvalidInput),
    )
    for command, error in wrong:
        with pytest.raises(error):
            two.do(order, command)
    assert waits(two) == 0


def test_the_trail_proves_that_two_booked_it(two: Shop) -> None:
    order = two.do(asked(two), c.Approve(), actor=OTHER)
    assert all(check.ok for check in two.db.read(run_checks))
    limit(two, 0)
    two.do(two.place(("MUG", 1)), paid(90_000, "ALONE12345"))
    limit(two, 50_000)
    assert all(check.ok for check in two.db.read(run_checks)), f"the limit of then counts: {order.number}"


def test_two_approvers_at_once_book_it_once(two: Shop) -> None:
    order = asked(two)
    seen = two.order(order).version
    results = at_once(
        *[lambda who=who: two.do(order, c.Approve(), actor=who, version=seen) for who in (OTHER, MANAGER)]
    )
    assert sum(isinstance(result, StaleVersion) for result in results) == 1
    assert ledger(two, order, "verify_payment") == BOOKED


@pytest.mark.parametrize("against", [
    c.WithdrawApproval(), c.Edit(discount_poisha=10_000, reason="an old customer"), c.Cancel(reason="no"),
], ids=["withdraw", "edit", "cancel"])  # fmt: skip
def test_of_an_approval_and_what_changes_the_order_one_wins_and_the_other_is_told(
    two: Shop, against: c.Command
) -> None:
    order = asked(two)
    seen = two.order(order).version
    results = at_once(
        lambda: two.do(order, c.Approve(), actor=OTHER, version=seen), lambda: two.do(order, against, version=seen)
    )
    lost = [result for result in results if isinstance(result, StaleVersion)]
    assert len(lost) == 1 and any(f"{name} did" in str(lost[0]) for name in ("Rahim", "Owner"))
    assert two.order(order).paid_poisha == (0 if isinstance(results[0], StaleVersion) else 90_000)


def test_of_a_reservation_and_a_payment_of_one_trx_id_at_once_one_wins(two: Shop) -> None:
    orders = [two.place(("MUG", 1)) for _ in range(2)]
    results = at_once(lambda: two.do(orders[0], paid()), lambda: two.do(orders[1], paid(40_000)))
    assert sum(isinstance(result, TrxIdTaken) for result in results) == 1


def test_money_of_no_order_above_the_limit_is_not_sent_back_by_one_person(two: Shop) -> None:
    large, small = came(two, 900), came(two, 400, "BLU1H6X8BB")
    before = two.books()
    with pytest.raises(Refused, match="more than one person sends back alone"):
        give(two, large)
    assert two.books() == before
    assert give(two, small, "SENT123457") == 40_000
    keep(two, large)
    with pytest.raises(Refused, match="more than one person sends back alone"):
        pay_out(two, 60_000, "SENT123458")
    assert credit(two) == 90_000


def test_parts_of_a_day_pass_no_limit_neither_to_one_phone_nor_by_one_person(two: Shop) -> None:
    keep(two, came(two, 900))
    keep(two, came(two, 900, "BLU1H6X8BB"), "01811000000")
    pay_out(two, 30_000, "SENT000001")
    for phone in (PHONE, "01811000000"):
        with pytest.raises(Refused, match="৳300 today already is more than one person sends back alone in a day"):
            pay_out(two, 30_000, "SENT000002", phone)
    pay_out(two, 20_000, "SENT000003")
    with pytest.raises(Refused, match="in a day"):
        pay_out(two.acting(MANAGER), 10_000, "SENT000004")
    assert credit(two) == 40_000
    two.clock.advance(24 * 3_600)
    pay_out(two, 40_000, "SENT000005")


@pytest.mark.parametrize("second", [PHONE, "01811000000"], ids=["one phone", "one person"])
def test_of_two_parts_at_once_that_pass_the_limit_together_one_is_paid(two: Shop, second: str) -> None:
    keep(two, came(two, 900))
    keep(two, came(two, 900, "BLU1H6X8BB"), "01811000000")
    results = at_once(lambda: pay_out(two, 30_000, "SENT000001"), lambda: pay_out(two, 30_000, "SENT000002", second))
    assert sorted(type(result).__name__ for result in results) == ["Refused", "int"]
