"""Wallets' messages: every format of income is read, everything else is refused with its reason."""

from __future__ import annotations

from datetime import datetime

import pytest

from dokango.clock import DHAKA, us_of
from dokango.errors import InvalidInput
from dokango.payments.messages import parse_message


def at(*when: int) -> int:
    return us_of(datetime(*when, tzinfo=DHAKA))  # type: ignore[arg-type, misc]


INCOME = [
    (
        "You have received Tk 5,075.00 from 01711000000. Fee Tk 0.00. Balance Tk"
        " 6,075.50. TrxID BLU1H6X8AA at 30/12/2024 13:22",
        ("bkash", "BLU1H6X8AA", 507_500, "01711000000", at(2024, 12, 30, 13, 22)),
    ),
    (
        "You have received Tk 500.00 from 01711000000.Ref order 1042. Fee Tk 0.00."
        " Balance Tk 6,075.50. TrxID BLU1H6X8AB at 30/12/2024 13:22",
        ("bkash", "BLU1H6X8AB", 50_000, "01711000000", at(2024, 12, 30, 13, 22)),
    ),
    (
        "You have received Tk 500.00 from 01711000000.Ref . Fee Tk 0.00. Balance"
        " Tk 6,075.50. TrxID BLU1H6X8AC at 30/12/2024 13:22",
        ("bkash", "BLU1H6X8AC", 50_000, "01711000000", at(2024, 12, 30, 13, 22)),
    ),
    (
        "You have received payment Tk 549.00 from 01711000000. Fee Tk 0.00. Balance"
        " Tk 8,210.56. TrxID DDC03X8ZAA at 12/04/2026 16:39",
        ("bkash", "DDC03X8ZAA", 54_900, "01711000000", at(2026, 4, 12, 16, 39)),
    ),
    (
        "Cash In Tk 1,000.00 from 01711000000 successful. Fee Tk 0.00. Balance Tk"
        " 1,607.90. TrxID CK710WRNAA at 07/11/2025 22:21. Download App",
        ("bkash", "CK710WRNAA", 100_000, "01711000000", at(2025, 11, 7, 22, 21)),
    ),
    (
        "Money Received.\nAmount: Tk 1928.50\nSender: 01711000000\nRef: N/A\nTxnID:"
        " 754MJGAA\nBalance: Tk 2065.76\n25/03/2026 16:56",
        ("nagad", "754MJGAA", 192_850, "01711000000", at(2026, 3, 25, 16, 56)),
    ),
    (
        "Payment Received. Amount: Tk 50.00 Customer: 01711000000 TxnID: 74H00AA8 Balance: Tk 247.78 20/10/2025 17:58",
        ("nagad", "74H00AA8", 5_000, "01711000000", at(2025, 10, 20, 17, 58)),
    ),
    (
        "Tk99.00 received from A/C:***515 Fee:Tk0, Your A/C Balance: Tk1,145.85"
        " TxnId:6606781200 Date:08-JUN-26 06:21:43 am. Thanks",
        ("rocket", "6606781200", 9_900, "515", at(2026, 6, 8, 6, 21, 43)),
    ),
    (
        "Tk.20.00 received from A/C:***946 Ref No: NA Fee: Tk.00 NetBal: Tk41.00"
        " TxnId: 6022164500 Date:27-DEC-25 07:17:16 pm.",
        ("rocket", "6022164500", 2_000, "946", at(2025, 12, 27, 19, 17, 16)),
    ),
]


@pytest.mark.parametrize(("pasted", "expected"), INCOME, ids=lambda v: v[:30] if isinstance(v, str) else "")
def test_a_message_of_income_is_read(pasted: str, expected: tuple[object, ...]) -> None:
    read = parse_message(pasted)

    assert (read.method, read.trx_id, read.amount_poisha, read.sender, read.received_at) == expected


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        (
            "Send Money Tk 500.00 to 01711000000 successful. Ref 1. Fee Tk 5.00. TrxID AAA1H6X8AA at 30/12/2024 13:22",
            "sent",
        ),
        ("Payment Tk 549.00 to SHOP successful. Balance Tk 1.00. TrxID AAB1H6X8AA at 30/12/2024 13:22", "payment made"),
        (
            "Cash Out Tk 500.00 to 01711000000 successful. Fee Tk 9. TrxID AAC1H6X8AA at 30/12/2024 13:22",
            "cash taken out",
        ),
        ("You have received Cashback Tk 20.00. TrxID AAD1H6X8AA at 30/12/2024 13:22", "cashback"),
        ("Sorry, your Send Money request of Tk 500.00 to 01711000000 was unsuccessful.", "did not succeed"),
        ("Your bKash verification code is 123456. It expires in 2 minutes.", "one-time code"),
        ("Happy birthday!", "does not read like"),
        ("", "whole"),
    ],
)
def test_what_is_not_income_is_refused_with_the_reason(pasted: str, said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_message(pasted)

    assert said in str(refused.value)


def test_rocket_shows_only_the_end_of_the_payer() -> None:
    read = parse_message(INCOME[7][0])  # type: ignore[arg-type]

    assert read.is_from("01711000515")
    assert not read.is_from("01711000516")


def test_bangla_digits_are_read_too() -> None:
    read = parse_message("You have received Tk ৫০০.০০ from ০১৭১১০০০০০০. Fee Tk 0. TrxID BLU1H6X8AA at 30/12/2024 13:22")

    assert (read.amount_poisha, read.sender) == (50_000, "01711000000")
