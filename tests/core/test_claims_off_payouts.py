"""A claim that its courier pays off a payout: previewed with the payout, and booked once, against the loss."""

from __future__ import annotations

import pytest

from dokango.couriers.steadfast.account import _payout_line
from dokango.errors import PayoutDone, PreviewOver
from dokango.importing.workbook import read_table
from dokango.orders import Done
from dokango.orders.cases import rows as cases
from dokango.orders.claims import rows
from dokango.orders.claims.rows import ClaimOnCourier
from dokango.orders.lifecycle import commands as c
from dokango.payouts import columns
from dokango.payouts.findings import Verdict
from dokango.payouts.statement import StatedLine, Statement
from state.cod.text import line_in_words, summary_of
from tests.core.payouts import COD, HEADINGS, Paying, as_csv
from tests.core.test_claims import claim, paid, refused
from tests.small_shop import Shop

WITH_CLAIM = (*HEADINGS, "Compensation")


@pytest.fixture
def paying(shop: Shop) -> Paying:
    return Paying(shop)


def lost(paying: Paying) -> Done:
    order = paying.shop.bring_to("shipped", ("MUG", 2), **COD)
    paying.shop.do(order, c.LoseParcel(reason="not in any hub"))
    return order


def file(*rows: tuple[object, ...]) -> bytes:
    return as_csv(*rows, headings=WITH_CLAIM)


def of(paying: Paying, opened: ClaimOnCourier) -> ClaimOnCourier:
    return paying.shop.db.read(lambda tx: rows.by_id(tx, opened.id))


def test_the_worked_example_of_a_claim_paid_in_part_off_a_payout(paying: Paying) -> None:
    """A parcel of ৳900 is paid (৳89 kept), and ৳700 of the ৳1,600 claimed for two mugs that cost ৳1,000.

    ===============  =========  ======
    account          before     after
    ===============  =========  ======
    with the rider   900        0
    courier's costs  0          89
    written off      1,000      300
    bank             0          1,511
    claims income    0          0
    ===============  =========  ======
    """
    delivered, gone = paying.delivered(), lost(paying)
    opened = claim(paying.shop, gone)
    before = paying.shop.books()
    lines = [(paying.name(delivered), "", 900, 89, 811, ""), (paying.name(gone), "", "", "", "", 700)]
    statement = paying.read(file(*lines))
    seen = paying.look(statement)
    first, second = seen.findings
    assert (first.verdict, second.verdict, seen.amount_poisha) == (Verdict.PAID, Verdict.CLAIM_IN_PART, 151_100)
    assert paying.shop.books() == before and of(paying, opened).is_open
    paying.book(statement)
    closed = of(paying, opened)
    assert (closed.state, closed.paid_poisha, closed.reference) == ("part_paid", 70_000, "Rider SFC-1")
    after = {**before, "expense:courier": 8_900, "expense:write-off": 30_000, "cash:bank": 151_100}
    del after["receivable:courier:rider"]
    assert paying.shop.books() == after
    assert paying.shop.db.read(lambda tx: cases.open_of(tx, gone.order_id)) == []
    assert [(line.claim_id, line.claim_poisha, line.amount_poisha) for line in paying.kept_lines()] == [
        (None, 0, 81_100), (opened.id, 70_000, 0),
    ]  # fmt: skip


def test_a_claim_that_a_payout_pays_whole_is_closed_and_what_is_above_the_loss_is_income(paying: Paying) -> None:
    gone = lost(paying)
    opened = claim(paying.shop, gone)
    seen = paying.book(paying.read(file((paying.name(gone), "", "", "", "", 1_600))))
    assert (seen.findings[0].verdict, seen.differences) == (Verdict.CLAIM_PAID, [])
    assert of(paying, opened).state == "paid"
    assert (paying.shop.balance("income:claims"), paying.shop.balance("expense:write-off")) == (-60_000, 0)


# what the file says of the lost parcel (collected, charge, paid, compensation) → charge booked, what the claim gets
LINES = {
    "compensation alone": (("", "", "", 700), 0, 700),
    "and it is what was paid": (("", "", 700, 700), 0, 700),
    "nothing collected, and it": ((0, "", 700, 700), 0, 700),
    "less a charge, in what was paid": ((0, 60, 640, 700), 60, 700),
    "less a charge, beside what was paid": ((0, 60, -60, 700), 60, 700),
}


@pytest.mark.parametrize("story", LINES)
def test_compensation_is_told_from_cash_however_the_file_sums_it_up(paying: Paying, story: str) -> None:
    amounts, charge, claimed = LINES[story]
    gone = lost(paying)
    opened = claim(paying.shop, gone)
    seen = paying.book(paying.read(file((paying.name(gone), "", *amounts))))
    assert of(paying, opened).paid_poisha == claimed * 100
    assert paying.shop.balance("expense:courier") == charge * 100
    assert paying.shop.balance("cash:bank") == seen.amount_poisha == (claimed - charge) * 100
    assert paying.open_poisha() == 0


@pytest.mark.parametrize("status", ["Compensation", "Lost - claim paid", "damage paid", "LOST paid", "reimbursed"])
def test_a_status_that_speaks_of_compensation_says_that_what_is_paid_is_that(paying: Paying, status: str) -> None:
    gone = lost(paying)
    opened = claim(paying.shop, gone)
    headings = ("Invoice", "COD Amount", "Status")
    paying.book(paying.read(as_csv((paying.name(gone), 700, status), headings=headings)))
    assert of(paying, opened).paid_poisha == 70_000


def test_a_line_of_the_couriers_api_that_calls_itself_compensation_settles_the_claim(paying: Paying) -> None:
    gone = lost(paying)
    opened = claim(paying.shop, gone)
    told = _payout_line({"invoice": paying.name(gone), "amount": "700", "type": "Compensation"})
    line = StatedLine(1, told.invoice, collected_poisha=told.amount_poisha, status=told.said)
    paying.book(Statement("rider", "P-1", "api", "", [line], (70_000,), either_way=True))
    assert (of(paying, opened).paid_poisha, paying.open_poisha()) == (70_000, 0)


@pytest.mark.parametrize("status", ["delivered", "lost", "damaged", "disclaimed", "paid", "Delivered - Paid"])
def test_another_status_says_nothing_of_compensation(paying: Paying, status: str) -> None:
    order = paying.delivered()
    headings = ("Invoice", "COD Amount", "Status")
    found = paying.look(paying.read(as_csv((paying.name(order), 900, status), headings=headings))).findings[0]
    assert (found.verdict, found.claim_poisha) == (Verdict.PAID, 0)


def test_compensation_that_nobody_claimed_is_previewed_as_nobodys_until_a_claim_is_opened(paying: Paying) -> None:
    gone = lost(paying)
    statement = paying.read(file((paying.name(gone), "", "", "", "", 700)))
    [found] = paying.look(statement).findings
    assert (found.verdict, found.open_poisha, found.claim_poisha) == (Verdict.NO_CLAIM, 70_000, 0)
    assert "Open one on its order first" in found.words
    old = paying.look(statement).print
    opened = claim(paying.shop, gone)
    assert paying.look(statement).print != old
    paying.book(statement)
    assert (of(paying, opened).state, paying.open_poisha()) == ("part_paid", 0)


def test_a_claim_is_paid_once_whoever_pays_it_again(paying: Paying) -> None:
    gone, other, unpaid = lost(paying), lost(paying), lost(paying)
    paid(paying.shop, claim(paying.shop, gone), 160_000)
    claim(paying.shop, other)
    refused(paying.shop, claim(paying.shop, unpaid))
    lines = [(paying.name(order), "", "", "", "", 700) for order in (gone, other, other, unpaid)]
    statement = paying.read(file(*lines))
    seen = paying.book(statement)
    assert [found.verdict for found in seen.findings] == [
        Verdict.PAID_TWICE, Verdict.CLAIM_IN_PART, Verdict.PAID_TWICE, Verdict.NO_CLAIM,
    ]  # fmt: skip
    assert "by NEFT 7" in seen.findings[0].words
    assert paying.open_poisha() == 210_000
    with pytest.raises(PayoutDone):
        paying.book(statement)


def test_a_claim_that_ended_since_the_preview_is_not_paid_by_it(paying: Paying) -> None:
    gone = lost(paying)
    opened = claim(paying.shop, gone)
    statement = paying.read(file((paying.name(gone), "", "", "", "", 700)))
    before = paying.look(statement).print
    refused(paying.shop, opened)
    assert paying.look(statement).print != before
    with pytest.raises(PreviewOver):
        paying.book_as_seen(statement, before)
    assert paying.shop.balance("cash:bank") == 0


def test_the_preview_says_in_words_what_goes_against_the_loss(paying: Paying) -> None:
    gone = lost(paying)
    claim(paying.shop, gone)
    seen = paying.look(paying.read(file((paying.name(gone), "", 0, 60, 640, 700))))
    row = line_in_words(seen.findings[0])
    assert (row["verdict"], row["paid"]) == ("Claim paid in part", "৳640")
    assert row["booked"] == "−৳60 to the bank, ৳700 against the loss, ৳60 charge"
    assert "৳700 of ৳1,600" in row["words"]
    assert summary_of(seen).startswith("৳640 arrives at the bank.")


@pytest.mark.parametrize(
    ("heading", "place"),
    [("Compensation", "claim"), ("Claim Amount", "claim"), ("Lost parcel compensation (BDT)", "claim"),
     ("Reimbursement", "claim"), ("Claim ID", ""), ("Claim status", ""), ("COD Charge", "cod charge")],
)  # fmt: skip
def test_the_column_of_compensation_is_known_by_its_heading(heading: str, place: str) -> None:
    read = read_table(as_csv(("A-1", "700"), headings=("Invoice", heading)))
    assert [found for spelled, found in columns.likely(read).items() if spelled != "invoice"] == [place]
