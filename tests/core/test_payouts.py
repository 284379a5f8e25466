"""Payouts of couriers: matched parcel by parcel, booked as previewed, and once."""

from __future__ import annotations

import pytest

from dokango.errors import NotAllowed, PayoutDone, PreviewOver
from dokango.orders import Context
from dokango.orders.lifecycle import commands as c
from dokango.payouts.book import book_payout
from dokango.payouts.findings import Verdict
from dokango.payouts.statement import StatedLine, Statement
from dokango.people.actor import Actor
from tests.core.ledgers import ledger, owes
from tests.core.payouts import COD, Paying, as_csv, as_xlsx
from tests.small_shop import Shop

RIDER, OPEN = "receivable:courier:rider", "receivable:courier-open:rider"


@pytest.fixture
def paying(shop: Shop) -> Paying:
    return Paying(shop)


def test_a_parcel_that_is_paid_is_even(paying: Paying) -> None:
    """Ledger: ৳900 at the door, ৳89 kept, ৳811 arrives."""
    order = paying.delivered()
    paying.book(paying.read(as_csv((paying.name(order), "", 900, 89, 811))))
    assert ledger(paying.shop, order, "pay_out") == [
        f"pay_out: expense:courier 89 ← {RIDER}", f"pay_out: cash:bank 811 ← {RIDER}"
    ]  # fmt: skip
    assert owes(paying.shop, order) == {} and paying.shop.order(order).money == "paid"
    assert (paying.shop.balance("cash:bank"), paying.open_poisha()) == (81_100, 0)
    assert [(row.reference, row.amount_poisha, row.charges_poisha, row.parcels) for row in paying.kept()] == [
        ("SFC-1", 81_100, 8_900, 1)
    ]


# what the file says of a ৳900 parcel → verdict, what is booked on the order, what is open after, what is nobody's
LINES = {
    "paid": ((900, 89, 811), Verdict.PAID, [("expense:courier", 89), ("cash:bank", 811)], {}, 0),
    "paid, and only what was collected is said": ((900, "", ""), Verdict.PAID, [("cash:bank", 900)], {}, 0),
    "paid, and only what arrived and the charge": (
        ("", 89, 811), Verdict.PAID, [("expense:courier", 89), ("cash:bank", 811)], {}, 0
    ),
    "short": ((600, 89, 511), Verdict.SHORT, [("expense:courier", 89), ("cash:bank", 511)], {"courier": 300.0}, 0),
    "over": ((950, 89, 861), Verdict.OVER, [("expense:courier", 89), ("cash:bank", 811)], {}, 50),
    "rounded": ((900.5, 89, 811.5), Verdict.PAID, [("expense:courier", 89), ("cash:bank", 811.5)], {}, 0),
    "nothing collected": ((0, 89, -89), Verdict.SHORT, [("expense:courier", 89)], {"courier": 900.0}, 0),
    "keeps more than it says": ((900, 89, 800), Verdict.PAID, [("expense:courier", 100), ("cash:bank", 800)], {}, 0),
    "a bill of the charge": (("", 89, ""), Verdict.CHARGE_ALONE, [("expense:courier", 89)], {"courier": 811.0}, 0),
}  # fmt: skip


@pytest.mark.parametrize("story", LINES)
def test_each_line_is_booked_as_far_as_it_is_owed(paying: Paying, story: str) -> None:
    amounts, verdict, booked, still_open, nobodys = LINES[story]
    order = paying.delivered()
    seen = paying.book(paying.read(as_csv((paying.name(order), "", *amounts))))
    assert seen.findings[0].verdict is verdict
    lines = [
        line.removeprefix("pay_out: ").split(" ← ")[0].rsplit(" ", 1) for line in ledger(paying.shop, order, "pay_out")
    ]
    posted = [(account, float(amount)) for account, amount in lines if not account.startswith("receivable")]
    assert posted == booked
    assert owes(paying.shop, order) == still_open
    assert paying.open_poisha() == nobodys * 100
    arrived = amounts[2] if amounts[2] != "" else (amounts[0] or 0)
    assert paying.shop.balance("cash:bank") == round(float(arrived) * 100)


def test_a_prepaid_parcel_and_one_that_came_back_are_taken_off_the_payout(paying: Paying) -> None:
    """Ledger: ৳811 for one parcel, less ৳80 and ৳60 for two that brought nothing: ৳671 arrives."""
    shop = paying.shop
    cash = paying.delivered()
    prepaid, back = shop.bring_to("delivered", ("MUG", 1)), shop.bring_to("returned", ("MUG", 1), **COD)
    rows = [
        (paying.name(cash), "", 900, 89, 811),
        (paying.name(prepaid), "", 0, 80, -80),
        (paying.name(back), "", 0, 60, -60),
    ]
    seen = paying.book(paying.read(as_csv(*rows)))
    assert [f.verdict for f in seen.findings] == [Verdict.PAID, Verdict.CHARGE_ALONE, Verdict.RETURNED]
    assert ledger(shop, prepaid, "pay_out") == [
        f"pay_out: expense:courier 80 ← {RIDER}", f"pay_out: {RIDER} 80 ← cash:bank"
    ]  # fmt: skip
    assert (shop.balance("cash:bank"), shop.balance("expense:courier"), shop.balance(RIDER)) == (67_100, 22_900, 0)
    assert [owes(shop, order) for order in (cash, prepaid)] == [{}, {}]


def test_what_is_paid_for_a_parcel_that_came_back_waits_to_be_cleared_up(paying: Paying) -> None:
    back = paying.shop.bring_to("returned", ("MUG", 1), **COD)
    seen = paying.book(paying.read(as_csv((paying.name(back), "", 900, 60, 840))))
    assert seen.findings[0].verdict is Verdict.RETURNED and "and yet ৳900 is paid" in seen.findings[0].words
    assert (paying.shop.balance("cash:bank"), paying.open_poisha()) == (84_000, 84_000)
    assert paying.shop.balance("expense:courier") == 6_000


def test_a_parcel_that_is_not_ours_is_kept_apart(paying: Paying) -> None:
    seen = paying.book(paying.read(as_csv(("DG-9999", "777", 500, 80, 420))))
    assert seen.findings[0].verdict is Verdict.NOT_OURS
    assert (paying.shop.balance("cash:bank"), paying.open_poisha()) == (42_000, 42_000)
    assert paying.kept_lines()[0].order_id is None


def test_a_parcel_of_another_courier_is_not_of_this_payout(paying: Paying) -> None:
    order = paying.delivered()
    other = Paying(paying.shop, "pathao")
    assert other.found(other.read(as_csv((paying.name(order), "", 900, 89, 811))))[paying.name(order)].verdict is (
        Verdict.NOT_OURS
    )


def test_a_parcel_twice_in_one_file_is_paid_once(paying: Paying) -> None:
    order = paying.delivered()
    row = (paying.name(order), "", 900, 89, 811)
    seen = paying.book(paying.read(as_csv(row, row)))
    assert [f.verdict for f in seen.findings] == [Verdict.PAID, Verdict.PAID_TWICE]
    assert (owes(paying.shop, order), paying.open_poisha()) == ({}, 81_100)


def test_a_parcel_that_another_payout_paid_is_named_with_it(paying: Paying) -> None:
    order = paying.delivered()
    row = (paying.name(order), "", 900, 89, 811)
    paying.book(paying.read(as_csv(row), "SFC-1"))
    seen = paying.book(paying.read(as_csv(row, ("DG-9999", "", 1, 0, 1)), "SFC-2"))
    assert (seen.findings[0].verdict, seen.findings[0].words) == (
        Verdict.PAID_TWICE, "It was paid already, by SFC-1."
    )  # fmt: skip
    assert paying.open_poisha() == 81_200


def test_what_was_booked_by_hand_is_put_right_and_not_booked_again(paying: Paying) -> None:
    """By hand ৳820 and ৳80; the file says ৳811 and ৳89."""
    order = paying.delivered()
    paying.by_hand(order, 820, 80)
    seen = paying.book(paying.read(as_csv((paying.name(order), "", 900, 89, 811))))
    assert seen.findings[0].verdict is Verdict.BY_HAND
    assert (paying.shop.balance("cash:bank"), paying.shop.balance("expense:courier")) == (81_100, 8_900)
    assert (owes(paying.shop, order), paying.open_poisha()) == ({}, 0)


def test_a_parcel_paid_before_we_hear_of_its_delivery_is_even_after_it(paying: Paying) -> None:
    order = paying.shop.bring_to("shipped", ("MUG", 1), **COD)
    seen = paying.book(paying.read(as_csv((paying.name(order), "", 900, 89, 811))))
    assert seen.findings[0].verdict is Verdict.EARLY
    assert paying.shop.do(order, c.Deliver()).money == "paid"
    assert (owes(paying.shop, order), paying.shop.balance(RIDER)) == ({}, 0)


def test_what_was_delivered_before_and_is_left_out_is_missing(paying: Paying) -> None:
    first, second, third = paying.delivered(), paying.delivered(), None
    paying.shop.clock.advance(3_600)
    third = paying.delivered()
    seen = paying.look(paying.read(as_csv((paying.name(second), "", 900, 89, 811))))
    assert [(f.verdict, f.number) for f in seen.findings] == [
        (Verdict.PAID, second.number), (Verdict.MISSING, first.number)
    ]  # fmt: skip
    assert third.number not in {f.number for f in seen.findings}


def test_what_cannot_be_read_is_shown_and_not_booked(paying: Paying) -> None:
    order = paying.delivered()
    rows = [(paying.name(order), "", "many", 89, 811), ("", "", 900, 89, 811)]
    seen = paying.book(paying.read(as_csv(*rows)))
    assert [f.verdict for f in seen.findings] == [Verdict.UNREADABLE, Verdict.NO_NAME]
    assert "“many” under “COD Amount” is no amount" in seen.findings[0].words
    assert (owes(paying.shop, order), paying.shop.balance("cash:bank")) == ({"courier": 900.0}, 0)


def test_parcels_are_found_by_order_number_prefix_and_case(paying: Paying) -> None:
    shop = paying.shop
    shop.set_profile(invoice_prefix="DG")
    orders = [paying.delivered() for _ in range(4)]
    spelled = [
        f"#{orders[0].number}",
        f"dg-{orders[1].number}",
        paying.name(orders[2]).upper(),
        f" {orders[3].number} ",
    ]
    seen = paying.look(paying.read(as_csv(*((name, "", 900, 89, 811) for name in spelled))))
    assert [f.number for f in seen.findings] == [order.number for order in orders]


@pytest.mark.parametrize(
    "again",
    ["same file", "same rows as XLSX", "same number", "same rows in another order", "same parcels, told otherwise"],
)
def test_a_payout_is_done_once(paying: Paying, again: str) -> None:
    orders = [paying.delivered(), paying.delivered()]
    rows = [(paying.name(order), "", 900, 89, 811) for order in orders]
    paying.book(paying.read(as_csv(*rows), "SFC-7"))
    second = {
        "same file": lambda: paying.read(as_csv(*rows), "SFC-7"),
        "same rows as XLSX": lambda: paying.read(as_xlsx(*rows), "SFC-8"),
        "same number": lambda: paying.read(as_csv(("DG-1", "", 1, 0, 1)), "SFC-7"),
        "same rows in another order": lambda: paying.read(as_csv(*rows[::-1]), ""),
        "same parcels, told otherwise": lambda: paying.read(
            as_csv(*((f"#{order.number}", "", 900, "", 811) for order in orders)), "5512"
        ),
    }[again]()
    books = paying.shop.books()
    with pytest.raises(PayoutDone, match=r"SFC-7 of Rider was booked by Olin Owner"):
        paying.book(second)
    assert paying.shop.books() == books and len(paying.kept()) == 1


def test_what_changed_since_the_preview_is_not_booked(paying: Paying) -> None:
    order = paying.delivered()
    statement = paying.read(as_csv((paying.name(order), "", 900, 89, 811)))
    seen = paying.look(statement)
    paying.by_hand(order, 500, 89)
    with pytest.raises(PreviewOver):
        paying.shop.db.write(
            lambda tx: book_payout(tx, Context(paying.shop.owner, paying.shop.clock), statement, seen.print)
        )
    assert paying.kept() == []


def test_only_who_may_settle_books_a_payout(paying: Paying, packer: Actor) -> None:
    order = paying.delivered()
    with pytest.raises(NotAllowed):
        paying.book(paying.read(as_csv((paying.name(order), "", 900, 89, 811))), packer)


@pytest.mark.parametrize(("stated", "off"), [(811, 0), (900, 0), (800, -11), (850, 39)])
def test_what_it_paid_in_all_is_compared_with_its_lines(paying: Paying, stated: int, off: int) -> None:
    """Its amounts may be before charges or after: ৳900 less ৳89, or ৳811 as it is."""
    order = paying.delivered()
    line = StatedLine(1, paying.name(order), collected_poisha=90_000, charge_poisha=8_900)
    sums = (stated * 100,) if stated != 900 else (90_000, 81_100)
    seen = paying.book(Statement("rider", "SFC-3", "api", "", [line], sums, either_way=True))
    assert (seen.unexplained_poisha, paying.open_poisha()) == (off * 100, off * 100)
    assert paying.shop.balance("cash:bank") == 81_100 + off * 100


@pytest.mark.parametrize(("amount", "charge"), [(900, 89), (811, 89)])
def test_whether_amounts_are_before_or_after_charges_the_parcels_tell(paying: Paying, amount: int, charge: int) -> None:
    orders = [paying.delivered(), paying.delivered()]
    lines = [
        StatedLine(at, paying.name(order), collected_poisha=amount * 100, charge_poisha=charge * 100)
        for at, order in enumerate(orders, 1)
    ]
    seen = paying.book(Statement("rider", "SFC-4", "api", "", lines, either_way=True))
    assert [f.verdict for f in seen.findings] == [Verdict.PAID, Verdict.PAID]
    assert paying.shop.balance("cash:bank") == 2 * 81_100
