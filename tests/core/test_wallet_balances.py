"""The balance that a wallet's messages state is followed line by line; the first gap is named with its two lines."""

from __future__ import annotations

import pytest

from dokango.payments.evidence import PASTE, Brought, keep_all
from dokango.payments.reconciliation import Reconciled, reconcile
from tests.small_shop import Shop

Line = tuple[str, str, str, str]  # TrxID, minute, amount, balance
BKASH = "You have received Tk {tk} from 01711000000. Fee Tk {fee}. Balance Tk {balance}. TrxID {trx} at 22/11/2026 {at}"
A, B, C = ("AAA1H6X8A1", "12:00", "100.00", "100.00"), ("BBB1H6X8A1", "12:05", "50.00", "150.00"), \
    ("CCC1H6X8A1", "12:09", "25.50", "175.50")  # fmt: skip


def followed(shop: Shop, *lines: Line, fee: str = "0.00") -> list[Reconciled]:
    texts = [BKASH.format(trx=trx, at=at, tk=tk, balance=balance, fee=fee) for trx, at, tk, balance in lines]
    brought = [Brought(text) for text in texts]
    shop.db.write(lambda tx: keep_all(tx, shop.owner, brought, PASTE, shop.clock.now_us()))
    return shop.db.read(reconcile)


@pytest.mark.parametrize("lines", [(A,), (A, B, C), (C, A, B)], ids=["one", "in order", "pasted in any order"])
def test_balances_that_follow_have_no_gap(shop: Shop, lines: tuple[Line, ...]) -> None:
    (bkash,) = followed(shop, *lines)
    assert (bkash.method, bkash.lines, bkash.gap) == ("bkash", len(lines), None)
    newest = max(lines, key=lambda line: line[1])
    assert bkash.balance_poisha == round(float(newest[3]) * 100)


@pytest.mark.parametrize(
    ("second", "third", "around", "off_poisha"),
    [
        (("BBB1H6X8A1", "12:05", "50.00", "120.00"), ("CCC1H6X8A1", "12:09", "5.00", "999.00"), "AB", -3_000),
        (("BBB1H6X8A1", "12:05", "50.00", "150.00"), ("CCC1H6X8A1", "12:09", "5.00", "165.00"), "BC", 1_000),
    ],
    ids=["money went out, and a later gap is not the first", "a message is missing"],
)
def test_the_first_gap_is_named_with_the_two_lines_around_it(
    shop: Shop, second: Line, third: Line, around: str, off_poisha: int
) -> None:
    (bkash,) = followed(shop, third, A, second)
    assert bkash.gap is not None and bkash.gap.off_poisha == off_poisha
    assert bkash.gap.before.trx_id[0] + bkash.gap.after.trx_id[0] == around


def test_lines_of_one_minute_are_laid_as_their_balances_follow(shop: Shop) -> None:
    later = [(trx, "12:05", tk, balance) for trx, _, tk, balance in (C, B)]
    (bkash,) = followed(shop, *later, A)
    assert bkash.gap is None


@pytest.mark.parametrize("balance", ["150.00", "149.00"], ids=["beside the amount", "out of the amount"])
def test_a_fee_is_no_gap(shop: Shop, balance: str) -> None:
    followed(shop, A)
    (bkash,) = followed(shop, ("BBB1H6X8A1", "12:05", "50.00", balance), fee="1.00")
    assert bkash.gap is None


def test_each_wallet_is_followed_by_itself_and_one_without_balances_is_not_named(shop: Shop) -> None:
    assert shop.db.read(reconcile) == []
    nagad = "Money Received.\nAmount: Tk 7.00\nSender: 01711000000\nRef: N/A\nTxnID: 754MJGAA\nBalance: Tk 9.00\n"
    brought = [Brought(nagad + "22/11/2026 12:02")]
    shop.db.write(lambda tx: keep_all(tx, shop.owner, brought, PASTE, shop.clock.now_us()))
    found = followed(shop, A, B)
    assert {one.method: (one.balance_poisha, one.gap) for one in found} == {
        "bkash": (15_000, None),
        "nagad": (900, None),
    }


OUT = [
    ("bkash", "Cash Out Tk 30.00 to 01911000000 successful. Fee Tk 0.55. Balance Tk 119.45. TrxID OUT1H6X8A1 at "
     "22/11/2026 12:06", "cash_out", 55),
    ("bkash", "Send Money Tk 30.00 to 01911000000 successful. Ref 1. Fee Tk 5.00. Balance Tk 115.00. TrxID "
     "OUT1H6X8A1 at 22/11/2026 12:06", "send_money", 500),
    ("bkash", "Payment Tk 30.00 to PAPER SHOP successful. Ref 1. Fee Tk 0.00. Balance Tk 120.00. TrxID OUT1H6X8A1 at "
     "22/11/2026 12:06", "payment", 0),
    ("nagad", "Cash Out Successful.\nAmount: Tk 30.00\nUddokta: 01911000000\nTxnID: 754MJGAB\nFee: Tk 0.55\n"
     "Balance: Tk 119.45\n22/11/2026 12:06", "cash_out", 55),
    ("rocket", "Cash-Out to A/C: ***515 Tk30.00 Fee:Tk0.55, Your A/C Balance: Tk119.45 TxnId:6606781201 "
     "Date:22-NOV-26 12:06:21 pm.", "cash_out", 55),
]  # fmt: skip


@pytest.mark.parametrize(("method", "text", "kind", "fee_poisha"), OUT, ids=[f"{m} {k}" for m, _, k, _ in OUT])
def test_money_that_went_out_carries_its_balance(
    shop: Shop, method: str, text: str, kind: str, fee_poisha: int
) -> None:
    brought = [Brought(text), Brought(text.replace(" ", "  "))]
    out, again = shop.db.write(lambda tx: keep_all(tx, shop.owner, brought, PASTE, shop.clock.now_us()))
    assert (out.row.reading, out.row.method, out.row.kind, again.duplicate) == ("not_income", method, kind, True)
    assert (out.row.amount_poisha, out.row.fee_poisha, out.row.sent_at is not None) == (-3_000, fee_poisha, True)
    (wallet,) = shop.db.read(reconcile)
    assert wallet.balance_poisha == 12_000 - fee_poisha


@pytest.mark.parametrize(("text", "gap"), [(OUT[0][1], None), (OUT[0][1].replace("119.45", "100.00"), -2_000)])
def test_a_cash_out_that_is_told_is_no_gap(shop: Shop, text: str, gap: int | None) -> None:
    brought = [Brought(text)]
    shop.db.write(lambda tx: keep_all(tx, shop.owner, brought, PASTE, shop.clock.now_us()))
    after = ("CCC1H6X8A1", "12:09", "25.50", "144.95" if gap is None else "125.50")
    (bkash,) = followed(shop, A, B, after)
    assert bkash.lines == 4
    assert (None if bkash.gap is None else bkash.gap.off_poisha) == gap


def test_money_in_and_out_within_one_minute_is_laid_as_the_balances_follow(shop: Shop) -> None:
    out = "Cash Out Tk 150.00 to 01911000000 successful. Fee Tk 0.00. Balance Tk 0.00. TrxID OUT1H6X8A1"
    brought = [Brought(f"{out} at 22/11/2026 12:05")]
    shop.db.write(lambda tx: keep_all(tx, shop.owner, brought, PASTE, shop.clock.now_us()))
    (bkash,) = followed(shop, A, B, ("CCC1H6X8A1", "12:05", "10.00", "10.00"))
    assert (bkash.gap, bkash.balance_poisha) == (None, 1_000)


@pytest.mark.parametrize(
    "text",
    [
        "Sorry, your Cash Out Tk 30.00 to 01911000000 was unsuccessful. Fee Tk 0. Balance Tk 5. TrxID OUT1H6X8A1",
        "Cash Out Tk 30.00 to 01911000000",
        "You get Cashback Tk 30.00. Fee Tk 0.00. Balance Tk 5.00. TrxID OUT1H6X8A1",
    ],
)
def test_what_does_not_say_that_money_went_out_moves_nothing(shop: Shop, text: str) -> None:
    brought = [Brought(text)]
    (kept,) = shop.db.write(lambda tx: keep_all(tx, shop.owner, brought, PASTE, shop.clock.now_us()))
    assert (kept.row.reading, kept.row.amount_poisha, kept.row.kind) == ("not_income", 0, "")
    assert shop.db.read(reconcile) == []
