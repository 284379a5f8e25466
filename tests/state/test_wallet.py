"""The wallet page: messages pasted in bulk, each ending somewhere, with the order that it pays."""

from __future__ import annotations

from typing import Any

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.orders.booked_by_rule import book_by_rule
from dokango.payments.evidence import PASTE, Brought, keep_all
from dokango.people.actor import Actor
from state.orders.order import OrderState
from state.orders.verify import VerifyState
from state.settings.shop import SettingsState
from state.wallet.assign import AssignState
from state.wallet.inbox import WalletState
from state.wallet.settle import GiveBackState, KeepState
from tests.small_shop import Shop, open_shop
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TOLD = "You have received Tk {tk} from 01711000000. Fee Tk 0.00. Balance Tk 9,075.50. TrxID {trx}"


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


async def test_a_paste_of_many_is_sorted_and_counted(desk: Desk, shop: Shop) -> None:
    payment = {"method": "bkash", "transaction_id": "BLU1H6X8A1", "sender": "01711000000"}
    order = shop.order(shop.place(("MUG", 1), payment=payment))
    tab = await desk.browser("manager")
    await tab.arrive("/wallet")
    mine, other = TOLD.format(tk="900.00", trx="BLU1H6X8A1"), TOLD.format(tk="5.00", trx="ZZZ1H6X8A1")
    pasted = f"{mine}\n{other}\n\nCash Out Tk 5 to 01711000000 successful\n\nhello\n\n{mine}"
    await tab.call(WalletState.bring, form={"press": tab.sees(WalletState, "press"), "pasted": pasted})
    assert tab.told == ["5 messages: 2 payments, 1 known already, 1 no income, 1 not understood."]
    newest, exact = tab.sees(WalletState, "rows")
    assert (newest["trx_id"], newest["order"]) == ("ZZZ1H6X8A1", "")
    assert (exact["order"], exact["verdict"], exact["level"]) == (order.number, "exact", "good")
    assert tab.sees(WalletState, "to_book") == "2"
    for asked, said in (("not_income", "Cash Out"), ("not_understood", "hello")):
        await tab.arrive(f"/wallet?tab={asked}")
        (row,) = tab.sees(WalletState, "rows")
        assert row["said"].startswith(said) and row["why"]


async def test_an_empty_paste_says_what_to_do(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("manager")
    await tab.arrive("/wallet")
    await tab.call(WalletState.bring, form={"press": tab.sees(WalletState, "press"), "pasted": " \n "})
    assert list(tab.sees(WalletState, "errors")) == ["pasted"]


async def test_a_packer_sees_no_wallet(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("packer")
    await tab.arrive("/wallet")
    assert tab.sees(WalletState, "rows") == []


async def test_the_balances_name_the_first_gap_with_the_lines_around_it(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("manager")
    await tab.arrive("/wallet?tab=balances")
    assert tab.sees(WalletState, "balances") == []
    line = "You have received Tk 50.00 from 01711000000. Fee Tk 0.00. Balance Tk {b}. TrxID {trx} at 22/11/2026 {at}"
    pasted = "\n".join(
        line.format(b=b, trx=trx, at=at)
        for b, trx, at in (("100.00", "BLU1H6X8A1", "12:00"), ("120.50", "ZZZ1H6X8A1", "12:05"))
    )
    await tab.call(WalletState.bring, form={"press": tab.sees(WalletState, "press"), "pasted": pasted})
    (bkash,) = tab.sees(WalletState, "balances")
    assert (bkash["wallet"], bkash["balance"], bkash["level"]) == ("bKash", "৳120.50", "warn")
    assert bkash["words"].startswith("৳29.50 left the wallet")
    assert bkash["before"].startswith("BLU1H6X8A1") and bkash["after"].startswith("ZZZ1H6X8A1")


async def told_of(tab: Browser, trx: str, tk: str = "900.00") -> None:
    """Somebody pastes the message of one payment."""
    form = {"press": tab.sees(WalletState, "press"), "pasted": TOLD.format(tk=tk, trx=trx)}
    await tab.call(WalletState.bring, form=form)


async def ask_for(tab: Browser, number: str) -> None:
    """The number of the order that the money of the first line is for is typed and sent."""
    await tab.call(AssignState.show, line_id=tab.sees(WalletState, "rows")[0]["id"])
    await tab.call(AssignState.choose, form={"press": tab.sees(AssignState, "press"), "order": number})


async def test_money_that_no_order_claims_is_a_list_of_its_own(desk: Desk, shop: Shop) -> None:
    payment = {"method": "bkash", "transaction_id": "BLU1H6X8A1", "sender": "01711000000"}
    shop.place(("MUG", 1), payment=payment)
    tab = await desk.browser("manager")
    await tab.arrive("/wallet?tab=nobodys")
    await told_of(tab, "BLU1H6X8A1")
    await told_of(tab, "ZZZ1H6X8A1")
    assert [row["trx_id"] for row in tab.sees(WalletState, "rows")] == ["ZZZ1H6X8A1"]


@pytest.mark.parametrize("status", ["pending", "cancelled", "shipped", "delivered", "returned"])
async def test_it_is_looked_at_and_booked_on_an_order_of_any_state(desk: Desk, shop: Shop, status: str) -> None:
    number = shop.order(shop.bring_to(status, ("MUG", 1))).number
    before = shop.order(number)
    tab = await desk.browser("manager")
    await tab.arrive("/wallet?tab=nobodys")
    await told_of(tab, "ZZZ1H6X8A1", "2,000.00")
    await ask_for(tab, f" #{number} ")
    assert not tab.sees(AssignState, "is_open") and tab.sees(VerifyState, "is_open")
    assert (tab.sees(VerifyState, "number"), tab.sees(VerifyState, "transaction_id")) == (number, "ZZZ1H6X8A1")
    assert shop.order(number).paid_poisha == before.paid_poisha
    typed = {"press": tab.sees(VerifyState, "press"), "received": "2000", "transaction_id": "ZZZ1H6X8A1"}
    await tab.call(VerifyState.receive, form=tab.shown(VerifyState, typed))
    order = shop.order(number)
    assert order.paid_poisha == before.paid_poisha + 200_000
    assert order.refund_due_poisha - before.refund_due_poisha == 200_000 - (before.due_poisha - order.due_poisha)
    assert not tab.sees(VerifyState, "is_open")
    await tab.arrive("/wallet?tab=nobodys")
    assert tab.sees(WalletState, "rows") == []


async def test_an_order_that_is_not_there_is_said_under_the_field(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("manager")
    await tab.arrive("/wallet?tab=nobodys")
    await told_of(tab, "ZZZ1H6X8A1")
    for number, words in (("9999", "There is no order 9999."), (" ", "Type the number")):
        await ask_for(tab, number)
        assert tab.sees(AssignState, "errors")["order"].startswith(words)
        assert tab.sees(AssignState, "is_open")


async def send_in(tab: Browser, state: Any, handler: str, **typed: str) -> None:
    """The dialog of the newest line is opened, filled in and sent."""
    await tab.call(state.show, line_id=tab.sees(WalletState, "rows")[0]["id"])
    await tab.call(getattr(state, handler), form={"press": tab.sees(state, "press"), **typed})


async def test_what_matches_no_order_is_given_back_and_reads_so(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("manager")
    await tab.arrive("/wallet?tab=nobodys")
    await told_of(tab, "ZZZ1H6X8A1", "500.00")
    await send_in(tab, GiveBackState, "give", method="bkash", reference="")
    assert "TrxID" in tab.sees(GiveBackState, "errors")["reference"]
    await tab.call(
        GiveBackState.give,
        form={"press": tab.sees(GiveBackState, "press"), "method": "bkash", "reference": "sent 123456"},
    )
    assert not tab.sees(GiveBackState, "is_open")
    await tab.arrive("/wallet?tab=nobodys")
    assert tab.sees(WalletState, "rows") == []
    await tab.arrive("/wallet?tab=booked")
    (row,) = tab.sees(WalletState, "rows")
    assert row["words"].startswith("৳500 given back by ") and row["words"].endswith("bKash SENT123456.")
    assert row["order"] == ""


async def test_what_matches_no_order_is_kept_as_its_senders_credit(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("manager")
    await tab.arrive("/wallet?tab=nobodys")
    await told_of(tab, "ZZZ1H6X8A1", "500.00")
    await tab.call(KeepState.show, line_id=tab.sees(WalletState, "rows")[0]["id"])
    assert tab.sees(KeepState, "phone") == "01711000000"
    await tab.call(KeepState.keep, form={"press": tab.sees(KeepState, "press"), "phone": "01711000000"})
    order = shop.order(shop.place(("MUG", 1)))
    await tab.arrive(f"/orders/{order.number}")
    assert tab.sees(OrderState, "order")["credit"] == "৳500"
    await tab.arrive("/wallet?tab=booked")
    assert "kept as credit of 01711-000000" in tab.sees(WalletState, "rows")[0]["words"]


async def test_what_the_rule_books_is_switched_on_by_the_owner_and_said_in_the_inbox(desk: Desk, shop: Shop) -> None:
    owner = await desk.browser("owner")
    await owner.arrive("/settings?part=payments")
    form = {**owner.sees(SettingsState, "form"), "books_by_rule": "on"}
    await owner.call(SettingsState.save_payments, form=form)
    assert "rule_most" in owner.sees(SettingsState, "errors"), "on needs a limit"
    await owner.call(SettingsState.save_payments, form={**form, "rule_most": "1000"})
    payment = {"method": "bkash", "transaction_id": "BLU1H6X8A1", "sender": "01711000000"}
    order = shop.order(shop.place(("MUG", 1), payment=payment))
    now = shop.clock.now_us()
    line = Brought(TOLD.format(tk="900.00", trx="BLU1H6X8A1"), now)
    shop.db.write(lambda tx: keep_all(tx, shop.owner, [line], PASTE, now))
    assert book_by_rule(shop.db, shop.clock) == 1
    await owner.arrive("/wallet")
    assert f"Booked by the rule today: #{order.number} ৳900." in owner.sees(WalletState, "by_rule")
