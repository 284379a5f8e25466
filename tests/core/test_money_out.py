"""Money that left a wallet is booked once, where it went and its fee by itself, as the wallet told it."""

from __future__ import annotations

import pytest

from dokango.errors import InvalidInput, NotAllowed, NotFound, Refused
from dokango.orders.reading.evidence_lists import OUT, page
from dokango.payments.evidence import PASTE, Brought, keep_all
from dokango.payments.money_out import FEE_ALONE, book_out, expected_fee_poisha
from dokango.people.actor import Actor
from dokango.shop.profile import Fee, Profile, Wallet
from tests.small_shop import Shop

OUT_TOLD = "Cash Out Tk 500.00 to 01911000000 successful. Fee Tk 9.25. Balance Tk 119.45. TrxID OUT1H6X8A1"
INCOME = "You have received Tk 500.00 from 01711000000. Fee Tk 0.00. TrxID DLU1H6X8AA"


def line(shop: Shop, told: str = OUT_TOLD) -> int:
    kept = shop.db.write(lambda tx: keep_all(tx, shop.owner, [Brought(told)], PASTE, shop.clock.now_us()))
    return kept[0].row.id


def book(shop: Shop, line_id: int, pocket: str, by: Actor | None = None) -> None:
    shop.db.write(lambda tx: book_out(tx, by or shop.owner, shop.clock, line_id, pocket))


def listed(shop: Shop) -> list[int]:
    return [row.id for row in shop.db.read(lambda tx: page(tx, OUT)).rows]


@pytest.mark.parametrize(("pocket", "moved"), [("hand", 50_000), ("bank", 50_000), (FEE_ALONE, 0)])
def test_a_cash_out_moves_the_money_and_its_fee_is_an_expense_of_its_own(shop: Shop, pocket: str, moved: int) -> None:
    cash_out = line(shop)
    assert listed(shop) == [cash_out]
    book(shop, cash_out, pocket)
    assert shop.balance("cash:bkash") == -moved - 925
    assert shop.balance("expense:wallet-fees") == 925
    assert shop.balance(f"cash:{pocket or 'hand'}") == moved
    assert listed(shop) == []


def test_it_is_booked_once_and_says_by_whom(shop: Shop) -> None:
    cash_out = line(shop)
    book(shop, cash_out, "hand")
    with pytest.raises(Refused, match="Booked already, by Olin Owner"):
        book(shop, cash_out, "bank")
    assert shop.balance("expense:wallet-fees") == 925


@pytest.mark.parametrize("pocket", ["bkash", "moon"])
def test_it_goes_to_another_pocket_of_the_shops(shop: Shop, pocket: str) -> None:
    with pytest.raises(InvalidInput):
        book(shop, line(shop), pocket)


def test_what_is_no_money_out_is_not_booked(shop: Shop, viewer: Actor) -> None:
    with pytest.raises(Refused):
        book(shop, line(shop, INCOME), "hand")
    with pytest.raises(NotFound):
        book(shop, 999, "hand")
    with pytest.raises(NotAllowed):
        book(shop, line(shop), "hand", viewer)


def test_the_expected_fee_is_by_wallet_and_kind_per_cent_and_each_time() -> None:
    fees = {"cash_out": Fee(bp=185), "send_money": Fee(fixed_poisha=500)}
    profile = Profile(wallets={"bkash": Wallet(out_fees=fees)})
    assert profile.out_fee_poisha("bkash", "cash_out", 50_000) == 925
    assert profile.out_fee_poisha("bkash", "send_money", 50_000) == 500
    assert [profile.out_fee_poisha(*of, 50_000) for of in (("bkash", "payment"), ("nagad", "cash_out"))] == [0, 0]


def test_without_settings_no_fee_is_expected(shop: Shop) -> None:
    cash_out = line(shop)
    assert shop.db.read(lambda tx: [expected_fee_poisha(tx, row) for row in page(tx, OUT).rows]) == [0]
    assert cash_out
