"""What wallets tell the shop is kept once, whole, and brought beside the order that it pays."""

from __future__ import annotations

import random

import pytest

from dokango.clock import US_PER_S, ManualClock
from dokango.db import Database
from dokango.errors import NotAllowed
from dokango.orders.lifecycle.commands import ClaimPayment, VerifyPayment
from dokango.orders.reading.evidence import _CLAIMING, match
from dokango.payments.evidence import PASTE, Brought, Kept, keep_all, split
from dokango.payments.messages import read_message
from dokango.people.actor import Actor
from tests.small_shop import Shop

BKASH = "You have received Tk {tk} from {sender}. Ref {ref}. Fee Tk 0.00. Balance Tk 9,075.50. TrxID {trx} at {at}"
TRX = "DLU1H6X8AA"


def bkash(tk: str = "500.00", sender: str = "01711000000", ref: str = "", trx: str = TRX, at: str = "") -> str:
    return BKASH.format(tk=tk, sender=sender, ref=ref, trx=trx, at=at or "22/11/2026 12:05")


def kept(shop: Shop, *texts: str, by: Actor | None = None) -> list[Kept]:
    lines = [Brought(text) for text in texts]
    return shop.db.write(lambda tx: keep_all(tx, by or shop.owner, lines, PASTE, shop.clock.now_us()))


def verdict(shop: Shop, text: str) -> tuple[str, str] | None:
    (line,) = kept(shop, text)
    found = shop.db.read(lambda tx: match(tx, line.row))
    return None if found is None else (found.order, found.verdict)


def claimed(shop: Shop, trx: str = TRX, method: str = "bkash", sender: str = "01711000000") -> str:
    """A prepaid order of ৳500 and its delivery, with a claim that waits; its number."""
    done = shop.place(("MUG", 1))
    shop.do(done, ClaimPayment(method=method, transaction_id=trx, sender=sender))
    return shop.order(done).number


def due(shop: Shop, number: str) -> str:
    return f"{shop.order(number).due_poisha / 100:,.2f}"


def test_the_same_message_and_the_same_trx_id_are_one_evidence(shop: Shop) -> None:
    first, again, spaced, other_words = kept(
        shop, bkash(), bkash(), bkash().replace(" ", "  "), bkash(ref="again")
    )  # fmt: skip
    assert [one.duplicate for one in (first, again, spaced, other_words)] == [False, True, True, True]
    assert {one.row.id for one in (again, spaced, other_words)} == {first.row.id}


def test_every_line_ends_as_something_and_is_kept_as_it_came(shop: Shop) -> None:
    lines = kept(shop, bkash(), "Cash Out Tk 50.00 to 01711000000 successful.", "See you at five", "")
    assert [one.row.reading for one in lines] == ["income", "not_income", "not_understood", "not_understood"]
    assert [one.row.said for one in lines][1:] == [
        "Cash Out Tk 50.00 to 01711000000 successful.",
        "See you at five",
        "",
    ]
    assert all(one.row.why for one in lines[1:])


def test_an_exact_message_names_its_order(shop: Shop) -> None:
    number = claimed(shop)
    assert verdict(shop, bkash(due(shop, number))) == (number, "exact")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"tk": "1.00"}, "short"),
        ({"tk": "99,999.00"}, "over"),
        ({"sender": "01811000000"}, "another_sender"),
        ({"at": "21/11/2026 09:00"}, "older"),
        ({"trx": "DLU1H6X8AB"}, "mistyped"),
        ({"ref": "order 9999"}, "reference_other"),
    ],
)
def test_what_does_not_fit_is_the_verdict(shop: Shop, changed: dict[str, str], expected: str) -> None:
    number = claimed(shop)
    assert verdict(shop, bkash(**{"tk": due(shop, number), **changed})) == (number, expected)


@pytest.mark.parametrize(
    "sent", ["DLU1H6X8AB", "DLU1H6X8A", "DLU1H6X8AAB", "LDU1H6X8AA"], ids=["other", "missing", "too many", "swapped"]
)
def test_one_letter_is_mistyped_and_two_are_not(shop: Shop, sent: str) -> None:
    number = claimed(shop)
    assert verdict(shop, bkash(due(shop, number), trx=sent)) == (number, "mistyped")
    assert verdict(shop, bkash(due(shop, number), trx=sent[:-2] + "ZZ")) is None


def test_another_wallet_than_the_claims_is_said(shop: Shop) -> None:
    number = claimed(shop, "DLU1H6X8", method="nagad")
    assert verdict(shop, bkash(trx="DLU1H6X8")) == (number, "another_wallet")


def test_rocket_tells_the_end_of_the_senders_number_alone(shop: Shop) -> None:
    number = claimed(shop, "6606781200", method="rocket")
    text = f"Tk{due(shop, number)} received from A/C:***000 Fee:Tk0, Your A/C Balance: Tk9,145.85 TxnId:6606781200"
    assert verdict(shop, text) == (number, "exact")


def test_a_reference_finds_the_order_of_who_claimed_nothing(shop: Shop) -> None:
    number = shop.order(shop.place(("MUG", 1))).number
    assert verdict(shop, bkash(ref=f"order {number}")) == (number, "reference")


def test_evidence_may_come_before_the_claim_and_after_the_booking(shop: Shop) -> None:
    (line,) = kept(shop, bkash("100.00"))
    assert shop.db.read(lambda tx: match(tx, line.row)) is None
    number = claimed(shop)
    found = shop.db.read(lambda tx: match(tx, line.row))
    assert found is not None and (found.order, found.verdict) == (number, "short")
    shop.do(number, VerifyPayment(method="bkash", transaction_id=TRX, amount_poisha=10_000))
    found = shop.db.read(lambda tx: match(tx, line.row))
    assert found is not None and found.verdict == "used"


def test_who_may_not_bring_evidence_brings_none(shop: Shop, viewer: Actor) -> None:
    with pytest.raises(NotAllowed):
        kept(shop, bkash(), by=viewer)


def test_a_paste_of_many_is_parted_into_messages() -> None:
    nagad = "Money Received.\nAmount: Tk 192.50\nSender: 01711000000\nRef: N/A\nTxnID: 754MJGAA\nBalance: Tk 2065.76"
    pasted = (
        f"{bkash()}\n{bkash(trx='DLU1H6X8AC')}\n\n{nagad}\r\n\r\nCash Out Tk 5 to 01711000000 successful\n\n\nhello"
    )
    assert [read_message(text).reading for text in split(pasted)] == [
        "income", "income", "income", "not_income", "not_understood",
    ]  # fmt: skip


def test_what_the_payer_writes_does_not_become_the_wallets_word() -> None:
    text = bkash("5.00", ref="You have received Tk 9,999.00 from 01911000000. Fee Tk 0.00. TrxID FAKE123456")
    message = read_message(text).message
    assert message is not None
    assert (message.trx_id, message.amount_poisha, message.sender) == (TRX, 500, "01711000000")


WALLETS = {
    "bkash": (
        "You have received{payment} Tk{s}{tk} from {sender}.{s}Ref{s}{ref}.{s}Fee{s}Tk{s}0.00.{s}Balance{s}"
        "Tk{s}9,075.50.{s}TrxID{s}{trx}{s}at{s}30/12/2026{s}13:22"
    ),
    "nagad": (
        "Money Received.{n}Amount: Tk{s}{tk}{n}Sender: {sender}{n}Ref: {ref}{n}TxnID: {trx}{n}Balance: Tk 65.76{n}"
        "25/03/2026 16:56"
    ),
    "rocket": (
        "Tk{dot}{tk} received from A/C:***{end} Ref No: {ref} Fee: Tk.00 NetBal: Tk41.00 TxnId: {trx} "
        "Date:27-DEC-25 07:17:16 pm."
    ),
}  # fmt: skip
_BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


def varied(count: int) -> list[tuple[str, tuple[str, int, str]]]:
    """Messages in every wallet's format, varied in spacing, breaks, references and digits, with what they say."""
    rng, found = random.Random(7), []
    for _ in range(count):
        wallet = rng.choice(list(WALLETS))
        amount = rng.randint(1, 9_999_999)
        sender = f"01{rng.randint(3, 9)}{rng.randint(0, 99_999_999):08}"
        trx = "".join(rng.choice("ABCDEFGHKMN23456789") for _ in range(8 if wallet == "nagad" else 10))
        trx = f"{rng.randint(0, 9_999_999_999):010}" if wallet == "rocket" else trx
        taka = f"{amount / 100:,.2f}" if rng.random() < 0.5 else f"{amount / 100:.2f}"
        text = WALLETS[wallet].format(
            tk=taka, sender=rng.choice([sender, "+88" + sender]), trx=trx, end=sender[-3:],
            ref=rng.choice(["", "N/A", "order 1042", "মিষ্টি ১২", "red sari, size M"]), s=rng.choice([" ", "  "]),
            n=rng.choice(["\n", "\r\n", " "]), dot=rng.choice(["", "."]), payment=rng.choice(["", " payment"]),
        )  # fmt: skip
        text = text.translate(_BANGLA) if rng.random() < 0.2 else text
        text = text.upper() if rng.random() < 0.1 else text
        found.append((text, (wallet, amount, trx)))
    return found


@pytest.mark.parametrize(("text", "expected"), varied(300))
def test_three_hundred_messages_are_read_as_they_are(text: str, expected: tuple[str, int, str]) -> None:
    message = read_message(text).message
    assert message is not None
    assert (message.method, message.amount_poisha, message.trx_id) == expected


def test_no_noise_is_ever_money() -> None:
    rng = random.Random(11)
    words = ["Tk", "500.00", "received", "from", "You have", "TrxID", "Fee", "Balance", "01711000000", "A/C:***",
             "\u202e", "৳", "Money Received.", "Amount:", "١٢٣", "Ａ", "cash out", "\x00",
             "Ref", ".", ",", "-5", "1e9"]  # fmt: skip
    for _ in range(3_000):
        read = read_message(" ".join(rng.choice(words) for _ in range(rng.randint(0, 30))))
        if read.message is not None:
            assert read.message.amount_poisha > 0 and len(read.message.trx_id) >= 6


def test_a_message_of_the_future_or_without_a_time_takes_the_phones(
    db: Database, clock: ManualClock, owner: Actor
) -> None:
    at = clock.now_us() - 60 * US_PER_S
    text = "You have received Tk 5.00 from 01711000000. TrxID DLU1H6X8AA"
    (line,) = db.write(lambda tx: keep_all(tx, owner, [Brought(text, at)], PASTE, clock.now_us()))
    assert line.row.sent_at == at


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_claims_a_trx_id_is_found_from_an_index_whatever_wallet_they_named(shop: Shop) -> None:
    statement = _CLAIMING.compiled("sqlite")
    asked = f"EXPLAIN QUERY PLAN {statement.sql}"
    plan = shop.db.read(lambda tx: tx.connection.execute(asked, statement.bind({"trx_id": TRX})).fetchall())
    assert "claim USING INDEX claim_trx (trx_id=?)" in " ".join(str(row[-1]) for row in plan)
