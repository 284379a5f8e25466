"""A payment that was booked by mistake is taken back: what the books say, whose its TrxID is, who wins a race."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import create_engine, text

from dokango.db import Tx
from dokango.errors import DokangoError, NotAllowed, Refused, StaleVersion, TrxIdTaken
from dokango.migrations.upgrade import engine_url
from dokango.orders import Context, Done
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.rehearse import rehearse
from dokango.payments.refusals import NothingLeft
from dokango.payments.reversals import reversible_of
from dokango.people.actor import Actor, customer
from dokango.people.permissions import Role
from dokango.shop.editing import change_profile
from dokango.shop.profile import Wallet
from tests.core.ledgers import ledger
from tests.core.nobodys_money import came, give, keep, nobodys, share
from tests.core.racing import at_once
from tests.small_shop import Shop

WRONG = "booked on the wrong order"
TRX = "BLU1H6X8AA"
MANAGER = Actor(903, "Mina", Role.MANAGER)


def paid_by(order: Done, poisha: int = 90_000, trx_id: str = TRX, **more: Any) -> c.VerifyPayment:
    return c.VerifyPayment(method="bkash", transaction_id=trx_id, amount_poisha=poisha, **more)


def last_payment(shop: Shop, order: Done) -> int:
    def read(tx: Tx) -> int:
        found = reversible_of(tx, order.order_id)
        return max([p.id for p in found.standing] + [r.payment_id for r in found.reversed])

    return shop.db.read(read)


def take_back(shop: Shop, order: Done, **how: Any) -> Done:
    return shop.do(order, c.ReversePayment(payment=last_payment(shop, order), reason=WRONG), **how)


def money(shop: Shop, order: Done) -> tuple[int, int, int, int]:
    row = shop.order(order)
    return row.paid_poisha, row.due_poisha, row.refund_due_poisha, row.forgiven_poisha


def test_what_it_paid_is_due_again_and_the_wallets_line_is_nobodys(shop: Shop) -> None:
    came(shop, 900)
    order = shop.place(("MUG", 1))
    before, stood = shop.books(), money(shop, order)
    shop.do(order, paid_by(order))
    assert nobodys(shop) == []
    done = take_back(shop, order)
    assert (done.money, money(shop, order), shop.books()) == ("unpaid", stood, before)
    assert ledger(shop, order, "reverse_payment") == ["reverse_payment: receivable:customers 900 ← cash:bkash"]
    assert nobodys(shop) == [TRX]


def test_its_trx_id_is_free_for_the_right_order_which_can_be_taken_back_too(shop: Shop) -> None:
    wrong, right = shop.place(("MUG", 1)), shop.place(("MUG", 1))
    for order, other in ((wrong, right), (right, wrong), (wrong, right)):
        shop.do(order, paid_by(order))
        with pytest.raises(TrxIdTaken, match=order.number):
            shop.do(other, paid_by(other))
        take_back(shop, order)
    assert money(shop, wrong) == money(shop, right) == (0, 90_000, 0, 0)
    shop.do(right, c.ClaimPayment(method="bkash", transaction_id=TRX))
    assert shop.do(right, paid_by(right)).money == "paid"


@pytest.mark.parametrize(("booked", "forgive", "fee"), [
    (90_000, False, 0), (40_000, False, 0), (120_000, False, 0), (89_950, True, 0), (90_000, False, 150),
])  # fmt: skip
def test_all_that_its_booking_posted_is_undone_to_the_poisha(shop: Shop, booked: int, forgive: bool, fee: int) -> None:
    shop.set_profile(wallets={"bkash": Wallet(number="01711000001", fee_bp=fee)})
    order = shop.place(("MUG", 1))
    before, stood = shop.books(), money(shop, order)
    shop.do(order, paid_by(order, booked, forgive=forgive))
    take_back(shop, order)
    assert (shop.books(), money(shop, order)) == (before, stood)


def test_what_changed_meanwhile_is_kept_and_no_order_owes_and_is_owed(shop: Shop) -> None:
    order = shop.place(("MUG", 2))
    due = shop.order(order).due_poisha
    shop.do(order, paid_by(order, due))
    shop.do(order, c.Edit(lines=(c.EditedLine(sku="MUG", quantity=1),)))
    paid, _, back, _ = money(shop, order)
    assert (paid, back > 0) == (due, True)
    take_back(shop, order)
    assert money(shop, order) == (0, due - back, 0, 0)


def test_of_a_cancelled_order_nothing_is_due_back_any_more(shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    shop.do(order, paid_by(order))
    shop.do(order, c.Cancel(reason="changed their mind"))
    assert take_back(shop, order).money == "nothing_due" or money(shop, order) == (0, 0, 0, 0)
    assert ledger(shop, order, "reverse_payment") == ["reverse_payment: payable:refunds 900 ← cash:bkash"]


def test_both_rows_stay_on_record_with_who_and_why(shop: Shop) -> None:
    order = shop.place(("MUG", 1), payment={"method": "bkash", "transaction_id": TRX})
    shop.do(order, paid_by(order))
    take_back(shop, order, actor=MANAGER)
    found = shop.db.read(lambda tx: reversible_of(tx, order.order_id))
    assert [(row.by, row.reason, row.trx_id) for row in found.reversed] == [("Mina", WRONG, TRX)]
    assert found.standing == ()
    with pytest.raises(Refused, match=f"Mina took this payment back .*{WRONG}"):
        take_back_again(shop, order, found.reversed[0].payment_id)


def take_back_again(shop: Shop, order: Done, payment: int) -> None:
    shop.do(order, paid_by(order, trx_id="ANOTHER1234"))
    shop.do(order, c.ReversePayment(payment=payment, reason=WRONG))


def test_the_preview_is_what_is_written_and_writes_nothing(shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    shop.do(order, paid_by(order))
    command = c.ReversePayment(payment=last_payment(shop, order), reason=WRONG)
    seen = rehearse(shop.db, Context(shop.owner, shop.clock), order.number, command)
    assert [(p.debit, p.credit, p.amount_poisha) for p in seen.postings] == [
        ("receivable:customers", "cash:bkash", 90_000)
    ]
    assert (seen.order.due_poisha, shop.order(order).due_poisha) == (90_000, 0)


def test_who_may_not_and_what_is_not_there(shop: Shop) -> None:
    order, other = shop.place(("MUG", 1)), shop.place(("MUG", 1))
    with pytest.raises(Refused, match="No payment by a wallet"):
        shop.do(order, c.ReversePayment(payment=1, reason=WRONG))
    shop.do(order, paid_by(order))
    shop.do(other, paid_by(other, trx_id="ANOTHER1234"))
    with pytest.raises(Refused, match="does not stand on this order"):
        shop.do(order, c.ReversePayment(payment=last_payment(shop, other), reason=WRONG))
    for nobody in (Actor(904, "Packer", Role.PACKER), Actor(905, "Viewer", Role.VIEWER), customer("Buyer")):
        with pytest.raises(NotAllowed):
            take_back(shop, order, actor=nobody)


def test_an_order_that_went_on_because_it_was_paid_waits(shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    shop.do(order, paid_by(order))
    shop.do(order, c.Confirm())
    shop.do(order, c.Pack())
    take_back(shop, order)
    assert shop.order(order).held_reason == "payment"
    with pytest.raises(Refused, match="on hold because the payment"):
        shop.do(order, c.Ship(courier="manual", carrier="A neighbour"))


def _refunded(shop: Shop) -> Done:
    order = shop.place(("MUG", 1))
    shop.do(order, paid_by(order, 100_000))
    return shop.do(order, c.PayRefund(method="bkash", amount_poisha=10_000, reference="SENT123456"))


def _kept(shop: Shop) -> Done:
    order = shop.place(("MUG", 1))
    shop.do(order, paid_by(order, 100_000))
    return shop.do(order, c.KeepAsCredit())


def _paid_out(shop: Shop) -> Done:
    order = shop.place(("MUG", 1), payment={"method": "cod"})
    shop.do(order, paid_by(order, 10_000))
    for step in (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier="Rider"), c.Deliver()):
        shop.do(order, step)
    return shop.do(order, c.PayOut(amount_poisha=shop.order(order).courier_due_poisha))


def _shared(shop: Shop) -> Done:
    order = shop.place(("MUG", 1))
    line = came(shop, 1_000)
    share(shop, line, (order.number, 90_000), rest="credit")
    return order


@pytest.mark.parametrize(("gone_on", "why"), [
    (_refunded, "given back"), (_kept, "kept as credit"), (_paid_out, "courier has paid out"), (_shared, "gone on"),
])  # fmt: skip
def test_what_has_gone_on_is_not_taken_back(shop: Shop, gone_on: Any, why: str) -> None:
    order = gone_on(shop)
    before = shop.books()
    with pytest.raises(Refused, match=why):
        take_back(shop, order)
    assert shop.books() == before


def test_a_part_goes_back_to_its_line_and_the_last_one_frees_it(shop: Shop) -> None:
    first, second = shop.place(("MUG", 1)), shop.place(("MUG", 1))
    line = came(shop, 1_800)
    share(shop, line, (first.number, 90_000), (second.number, 90_000))
    take_back(shop, first)
    assert nobodys(shop) == [TRX], "a part of it is nobody's again"
    with pytest.raises(TrxIdTaken):
        shop.do(shop.place(("MUG", 1)), paid_by(first))
    share(shop, line, (first.number, 90_000))
    take_back(shop, first)
    take_back(shop, second)
    whole = shop.place(("MUG", 2))
    assert shop.do(whole, paid_by(whole, 180_000)).number == whole.number
    with pytest.raises((NothingLeft, TrxIdTaken)):
        give(shop, line)


@pytest.mark.parametrize("settle", [give, keep], ids=["given back", "kept as credit"])
def test_a_line_that_is_free_again_is_given_back_or_kept(shop: Shop, settle: Any) -> None:
    line, order = came(shop, 900), shop.place(("MUG", 1))
    shop.do(order, paid_by(order))
    take_back(shop, order)
    assert settle(shop, line) == 90_000
    with pytest.raises(TrxIdTaken):
        shop.do(order, paid_by(order))


def test_above_the_limit_another_person_lets_it_be_taken_back(shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    shop.do(order, paid_by(order))
    owner = Actor(901, "Owner", Role.OWNER)
    shop.clock.advance(60)
    shop.db.write(lambda tx: change_profile(tx, owner, shop.clock, {"second_person_above_poisha": 50_000}))
    shop.clock.advance(60)
    assert take_back(shop, order, actor=owner).asked and shop.order(order).approval_kind == "reversal"
    assert money(shop, order)[0] == 90_000
    with pytest.raises(Refused, match="yourself"):
        shop.do(order, c.Approve(), actor=owner)
    with pytest.raises(Refused, match="waits for approval"):
        take_back(shop, order, actor=MANAGER)
    shop.do(order, c.Approve(), actor=MANAGER)
    assert money(shop, order) == (0, 90_000, 0, 0)


def test_after_a_stale_look_who_acted_is_told(shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    seen = shop.do(order, paid_by(order)).version
    shop.do(order, c.Confirm(), actor=MANAGER)
    with pytest.raises(StaleVersion) as told:
        take_back(shop, order, version=seen)
    assert (told.value.data()["changed_by"], told.value.data()["changed"]) == ("Mina", "confirm")


def _of(shop: Shop, order: Done, against: str) -> tuple[Any, Any]:
    payment = last_payment(shop, order)
    back = lambda: shop.do(order, c.ReversePayment(payment=payment, reason=WRONG))  # noqa: E731
    other = shop.place(("MUG", 1))
    what = {
        "refund": (order, c.PayRefund(method="bkash", amount_poisha=10_000, reference="SENT123456")),
        "ship": (order, c.Ship(courier="manual", carrier="Rider")),
        "second booking": (other, paid_by(other)),
        "reversal": (order, c.ReversePayment(payment=payment, reason="again")),
    }[against]
    return back, lambda: shop.do(*what)


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("against", ["refund", "ship", "second booking", "reversal"])
def test_of_two_at_once_one_wins_and_the_other_is_told(shop: Shop, against: str, first: int) -> None:
    order = shop.place(("MUG", 1))
    shop.do(order, paid_by(order, 100_000 if against == "refund" else 90_000))
    if against == "ship":
        shop.do(order, c.Confirm())
        shop.do(order, c.Pack())
    doings = _of(shop, order, against)
    ended = at_once(*doings[::-1] if first else doings)
    refused = [one for one in ended if isinstance(one, DokangoError)]
    assert all(isinstance(one, Done | DokangoError) for one in ended)
    # A parcel that left is not a reason to keep what was booked by mistake; a freed TrxID is for the next who asks.
    both_may = against in ("ship", "second booking")
    assert len(refused) <= 1 if both_may else len(refused) == 1
    row = shop.order(order)
    assert not (row.due_poisha and row.refund_due_poisha)
    assert row.refunded_poisha <= row.paid_poisha


def test_the_database_takes_a_payment_back_once(shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    shop.do(order, paid_by(order))
    take_back(shop, order)
    engine = create_engine(engine_url(shop.db.url))
    columns = "payment_id, order_id, event_id, method, trx_id, amount_poisha, frees, reason, reversed_at, by"
    again = f"INSERT INTO payment_reversal ({columns}) SELECT {columns} FROM payment_reversal"
    with engine.connect() as connection, pytest.raises(Exception, match=r"(?i)unique"):
        connection.execute(text(again))
    engine.dispose()
