"""Each line of a wallet's statement ends as evidence, as no income or as not understood, and is kept once."""

from __future__ import annotations

from datetime import datetime

import pytest

from dokango.clock import DHAKA, us_of
from dokango.errors import InvalidInput, NotAllowed
from dokango.orders.lifecycle.commands import ClaimPayment
from dokango.orders.reading.evidence import match
from dokango.payments.evidence import PASTE, Brought, by_trx_id, keep_all
from dokango.payments.reconciliation import reconcile
from dokango.payments.statement_lines import StatementLine
from dokango.people.actor import Actor
from dokango.statements import dates
from dokango.statements.columns import likely_place
from dokango.statements.keeping import keep_statement, look_at
from dokango.statements.waiting import first_choice, read_statement, remember_choice
from tests.core.payouts import as_xlsx
from tests.core.statements import BANGLA, BKASH, OWN, PAYER, as_csv, brought, cashed_out, lines, received
from tests.small_shop import Shop

NOON = us_of(datetime(2026, 11, 22, 12, 5, tzinfo=DHAKA))
OTHERS = ("When", "What", "Took", "Gave", "Left", "Code")
CHOICE = {"when": "at", "what": "kind", "took": "in", "gave": "out", "left": "balance", "code": "trx"}


def only(raw: bytes) -> StatementLine:
    (line,) = lines(raw)
    return line


@pytest.mark.parametrize("headings", [BKASH, BANGLA], ids=["english", "bangla"])
@pytest.mark.parametrize("write", [as_csv, as_xlsx], ids=["csv", "xlsx"])
def test_bkashs_columns_are_known(headings: tuple[str, ...], write: object) -> None:
    income, out = lines(write(received("DLU1H6X8AA", balance="900.00"), cashed_out("DLU1H6X8AB"), headings=headings))  # type: ignore[operator]
    assert (income.reading, income.trx_id, income.amount_poisha, income.sent_at) == (
        "income",
        "DLU1H6X8AA",
        50_000,
        NOON,
    )
    assert (income.sender, income.balance_poisha, income.till) == (PAYER, 90_000, OWN)
    assert (out.reading, out.kind, out.amount_poisha, out.fee_poisha) == ("not_income", "cash_out", -30_000, 555)
    assert out.sender == "", "the shop is not a payer"


@pytest.mark.parametrize(
    "raw",
    [
        as_csv(received("DLU1H6X8AA"), encoding="utf-8-sig"),
        as_csv(received("DLU1H6X8AA"), encoding="utf-16"),
        as_csv(received("DLU1H6X8AA"), delimiter=";"),
        as_csv(received("DLU1H6X8AA"), delimiter="\t"),
        as_csv(received("DLU1H6X8AA"), delimiter=";", above=(("bKash statement",), ("Account", OWN), ())),
        as_xlsx(received("DLU1H6X8AA"), headings=BKASH, above=(("bKash statement", "of the shop"), ("Account", OWN))),
        as_csv((*received("DLU1H6X8AA")[:6], "Café", *received("")[7:]), encoding="cp1252"),
        as_csv(received("DLU1H6X8AA", "৳ ৫০০.০০", "২২/১১/২০২৬ ১২:০৫")),
        as_csv(received("DLU1H6X8AA", "Tk 500/-", "2026-11-22 12:05:00")),
        as_csv(received("DLU1H6X8AA", "+500", "22-Nov-26 12:05:00 PM")),
        as_csv(received("DLU1H6X8AA", "500.00 Cr", "Nov 22, 2026 12:05")),
        as_csv(received("DLU1H6X8AA", "5,00.00".replace(",", ""), "2026-11-22T06:05:00Z")),
    ],
    ids=["bom", "utf-16", "semicolons", "tabs", "titles above", "titles above, xlsx", "cp1252", "bangla digits", "iso",
         "month's name", "credit", "zone"],
)  # fmt: skip
def test_one_payment_is_read_the_same_from_any_file(raw: bytes) -> None:
    line = only(raw)
    assert (line.reading, line.trx_id, line.amount_poisha, line.sent_at) == ("income", "DLU1H6X8AA", 50_000, NOON)


@pytest.mark.parametrize(
    ("said", "poisha"), [("-500", -50_000), ("(500.00)", -50_000), ("500-", -50_000), ("500 DR", -50_000)]
)
def test_an_amount_below_nothing_went_out(said: str, poisha: int) -> None:
    row = ("1", "DLU1H6X8AA", "22/11/2026 12:05", "Transfer", "", "", "", "", said, "", "")
    line = only(as_csv(row))
    assert (line.reading, line.amount_poisha) == ("not_income", poisha)


@pytest.mark.parametrize(
    ("kind", "sender", "receiver", "reading", "amount_poisha"),
    [
        ("Send Money", PAYER, OWN, "income", 50_000),
        ("Send Money", OWN, PAYER, "not_income", -50_000),
        ("Payment", PAYER, OWN, "income", 50_000),
        ("Payment", "", "", "not_understood", 0),
        ("Something new", PAYER, "", "not_understood", 0),
        ("Cashback", "bKash", OWN, "not_income", 50_000),
        ("Cash In", "01911000000", "", "income", 50_000),
    ],
)
def test_which_way_money_went_is_never_guessed(
    kind: str, sender: str, receiver: str, reading: str, amount_poisha: int
) -> None:
    row = ("1", "DLU1H6X8AA", "22/11/2026 12:05", kind, sender, receiver, "", "", "500.00", "", "")
    line = only(as_csv(row))
    assert (line.reading, line.amount_poisha) == (reading, amount_poisha)
    assert line.why or reading == "income"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({8: "five hundred"}, "is no amount"),
        ({8: ""}, "No amount"),
        ({8: "1e5"}, "is no amount"),
        ({8: "1.250"}, "can be read as"),
        ({8: "=SUM(A1)"}, "is no amount"),
        ({1: "DLU1Н6X8AA"}, "not an English letter"),
        ({1: "AB"}, "is no TrxID"),
    ],
)
def test_what_is_not_understood_says_why_and_shows_the_line(cells: dict[int, str], said: str) -> None:
    row = [cells.get(at, cell) for at, cell in enumerate(received("DLU1H6X8AA"))]
    line, _ = lines(as_csv(tuple(row), received("ZZU1H6X8AA", "500")))
    assert line.reading == "not_understood" and said in line.why
    assert "Received Money" in line.said


def test_what_failed_is_no_income() -> None:
    headings = (*BKASH, "Status")
    line = only(as_csv((*received("DLU1H6X8AA"), "FAILED"), headings=headings))
    assert (line.reading, line.amount_poisha, line.balance_poisha) == ("not_income", 0, None)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/04/2026", "13/04/2026"], "day first"),
        (["03/04/2026", "04/13/2026"], "month first"),
        (["03/04/2026"], "day first"),
    ],
)  # fmt: skip
def test_the_order_of_dates_is_told_by_their_column(cells: list[str], order: str) -> None:
    assert dates.order_of(cells) == order
    month, day = (3, 4) if order == "month first" else (4, 3)
    assert dates.when(cells[0], order) == us_of(datetime(2026, month, day, tzinfo=DHAKA))


@pytest.mark.parametrize(
    "said", ["", "yesterday", "31/02/2026", "00/00/0000", "1/1/1", "9" * 60, "22/11/2026 13:05 pm"]
)
def test_what_is_no_date_is_none(said: str) -> None:
    assert dates.when(said, dates.DAY_FIRST) is None


def test_the_same_file_twice_changes_nothing(shop: Shop) -> None:
    no_trx = ("3", "", "22/11/2026 12:09", "Received Money", PAYER, OWN, "", "", "70.00", "", "")
    raw = as_csv(received("DLU1H6X8AA"), cashed_out("DLU1H6X8AB"), no_trx, no_trx, (*received("x")[:8], "?", "", ""))
    first = brought(shop, raw)
    assert (first.income, first.not_income, first.not_understood, first.known) == (3, 1, 1, 0)
    again = brought(shop, raw)
    assert (again.lines, again.known) == (5, 5)


def test_one_payment_by_message_and_by_statement_is_one_evidence(shop: Shop) -> None:
    income = "You have received Tk 500.00 from 01711000000. Fee Tk 0.00. Balance Tk 900.00. TrxID DLU1H6X8AA"
    out = "Cash Out Tk 300.00 to 01911000000 successful. Fee Tk 5.55. Balance Tk 594.45. TrxID DLU1H6X8AB"
    texts = [Brought(income), Brought(out)]
    shop.db.write(lambda tx: keep_all(tx, shop.owner, texts, PASTE, shop.clock.now_us()))
    assert brought(shop, as_csv(received("DLU1H6X8AA"), cashed_out("DLU1H6X8AB"))).known == 2
    other = as_csv(received("DLU1H6X8AC"), cashed_out("DLU1H6X8AD"))
    assert brought(shop, other).known == 0
    texts = [Brought(income.replace("8AA", "8AC")), Brought(out.replace("8AB", "8AD"))]
    kept = shop.db.write(lambda tx: keep_all(tx, shop.owner, texts, PASTE, shop.clock.now_us()))
    assert [one.duplicate for one in kept] == [True, True]


def test_one_trx_id_with_two_amounts_is_shown_and_makes_no_money(shop: Shop) -> None:
    found = brought(shop, as_csv(received("DLU1H6X8AA"), received("DLU1H6X8AA", "9000.00")))
    assert (found.income, found.not_understood) == (1, 1)
    assert "is here with ৳500 already" in found.unclear[0].line.why
    row = shop.db.read(lambda tx: by_trx_id(tx, "bkash", "DLU1H6X8AA"))
    assert row is not None and row.amount_poisha == 50_000


def test_a_line_of_a_statement_finds_its_order(shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    shop.do(order, ClaimPayment(method="bkash", transaction_id="DLU1H6X8AA", sender=PAYER))
    brought(shop, as_csv(received("DLU1H6X8AA", f"{shop.order(order).due_poisha / 100:.2f}")))
    row = shop.db.read(lambda tx: by_trx_id(tx, "bkash", "DLU1H6X8AA"))
    assert row is not None and row.source == "statement"
    found = shop.db.read(lambda tx: match(tx, row))
    assert found is not None and (found.order, found.verdict) == (shop.order(order).number, "exact")


def test_the_columns_of_another_wallet_are_said_once_and_remembered_by_heading(shop: Shop) -> None:
    raw = as_csv(("22/11/2026", "x", "70", "", "170", "754MJGAA"), headings=OTHERS)
    sheet = read_statement(raw)
    with pytest.raises(InvalidInput, match="Say which column is the amount"):
        lines(raw, method="nagad")
    (line,) = lines(raw, CHOICE, "nagad")
    assert (line.method, line.reading, line.amount_poisha, line.balance_poisha) == ("nagad", "income", 7_000, 17_000)
    shop.db.write(lambda tx: remember_choice(tx, sheet, CHOICE, shop.owner, shop.clock.now_us()))
    assert shop.db.read(lambda tx: first_choice(tx, read_statement(raw))) == CHOICE


def test_balances_of_messages_and_statements_follow_one_another(shop: Shop) -> None:
    brought(shop, as_csv(received("DLU1H6X8AA", balance="900.00"), cashed_out("DLU1H6X8AB", balance="594.45")))
    (bkash,) = shop.db.read(reconcile)
    assert (bkash.balance_poisha, bkash.lines, bkash.gap) == (59_445, 2, None)


def test_a_preview_keeps_nothing(shop: Shop) -> None:
    read = lines(as_csv(received("DLU1H6X8AA")))
    assert look_at(shop.db, read).words == "1 line: 1 payment."
    assert look_at(shop.db, read).known == 0


def test_who_may_not_bring_evidence_brings_no_statement(shop: Shop, viewer: Actor) -> None:
    with pytest.raises(NotAllowed):
        keep_statement(shop.db, viewer, shop.clock, lines(as_csv(received("DLU1H6X8AA"))))


@pytest.mark.parametrize(
    ("heading", "place"),
    [("TxnID", "trx"), ("Credit (BDT)", ""), ("Money In", "in"), ("Dr.", "out"), ("Running Balance", "balance"),
     ("Date & Time", "at"), ("Narration", "kind"), ("SL", ""), ("x" * 500, "")],
)  # fmt: skip
def test_headings_of_others_are_guessed(heading: str, place: str) -> None:
    assert likely_place(heading) == place
