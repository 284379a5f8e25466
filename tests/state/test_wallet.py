"""The wallet page: messages pasted in bulk, each ending somewhere, with the order that it pays."""

from __future__ import annotations

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.people.actor import Actor
from state.wallet.inbox import WalletState
from tests.small_shop import Shop, open_shop
from tests.state.desk import Desk

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
