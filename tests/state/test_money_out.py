"""Money that left a wallet, booked in the page: where it went is asked, and the fee stands beside what was expected."""

from __future__ import annotations

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.payments.evidence import PASTE, Brought, keep_all
from dokango.people.actor import Actor
from state.settings.shop import SettingsState
from state.wallet.inbox import WalletState
from state.wallet.out import ALONE, MoneyOutState
from tests.core.test_money_out import OUT_TOLD
from tests.small_shop import Shop, open_shop
from tests.state.desk import Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


@pytest.mark.parametrize(("pocket", "moved"), [("hand", 50_000), (ALONE, 0)])
async def test_where_it_went_is_asked_and_the_fee_stands_beside_the_expected(
    desk: Desk, shop: Shop, pocket: str, moved: int
) -> None:
    shop.db.write(lambda tx: keep_all(tx, shop.owner, [Brought(OUT_TOLD)], PASTE, shop.clock.now_us()))
    tab = await desk.browser("manager")
    await tab.arrive("/wallet?tab=out")
    (row,) = tab.sees(WalletState, "rows")
    await tab.call(MoneyOutState.show, line_id=row["id"])
    assert tab.sees(MoneyOutState, "fee") == "Fee ৳9.25; ৳0 was expected."
    assert "bkash" not in [key for key, _ in tab.sees(MoneyOutState, "choices")]
    await tab.call(MoneyOutState.book, form={"press": tab.sees(MoneyOutState, "press"), "pocket": ""})
    assert list(tab.sees(MoneyOutState, "errors")) == ["pocket"]
    await tab.call(MoneyOutState.book, form={"press": tab.sees(MoneyOutState, "press"), "pocket": pocket})
    assert (shop.balance("cash:hand"), shop.balance("expense:wallet-fees")) == (moved, 925)
    await tab.arrive("/wallet?tab=out")
    assert tab.sees(WalletState, "rows") == []


async def test_fees_and_further_numbers_are_kept_and_stand_in_the_form_again(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=payments")
    typed = {"bkash_cash_out": "1.85", "bkash_send_money_taka": "5", "bkash_more": "01700000012, 01700-000013"}
    form = {**tab.sees(SettingsState, "form"), **typed, "press": tab.sees(SettingsState, "press")}
    await tab.call(SettingsState.save_payments, form=form)
    await tab.arrive("/settings?part=payments")
    kept = tab.sees(SettingsState, "form")
    assert {name: kept[name] for name in typed} == {**typed, "bkash_more": "01700-000012, 01700-000013"}
