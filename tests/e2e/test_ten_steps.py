"""The workflow's ten steps in two browsers, asserting the order's three axes, its postings and the shelf by number."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.facts import Facts
from tests.e2e.walking import meet
from tests.pages.site import Tabs

SALE = {"receivable:customers": 2_500, "revenue:sales": -2_400, "revenue:delivery": -100}
PAID = {"cash:bkash": 2_500, "revenue:sales": -2_400, "revenue:delivery": -100}


def test_an_order_paid_by_bkash_walks_all_ten_steps(walk_tabs: Tabs, facts: Facts) -> None:
    buyer, desk = meet(walk_tabs)
    on_hand, reserved, value = facts.shelf("SARI")

    # 1. received: pending, stock reserved, the receivable booked, in the staff's list
    number = buyer.order("sari", 2, "bKash")
    assert facts.axes(number) == ("pending", "unpaid", "")
    assert facts.posted(number) == SALE
    assert facts.shelf("SARI") == (on_hand, reserved + 2, value)

    # 2. reviewed: customer, address, items and total are on the page
    desk.opens(number)
    for words in ("Rahima Akter", "01711-000000", "House 7, Road 3", "Jamdani sari", "৳2,500"):
        expect(desk.page.get_by_role("main")).to_contain_text(words)

    # 3. verified: the customer's TrxID arrives on the open page, the wallet is debited
    buyer.sends("blu1 h6x8 aa")
    facts.become(lambda: facts.axes(number), ("pending", "claimed", ""))
    desk.page.get_by_text("BLU1H6X8AA").first.wait_for()
    desk.marks_received("৳2,500")
    facts.become(lambda: facts.axes(number), ("pending", "paid", ""))
    assert facts.posted(number) == PAID

    # 4. confirmed
    desk.page.keyboard.press("Escape")
    desk.clicks("Confirm order")
    facts.become(lambda: facts.axes(number), ("confirmed", "paid", ""))
    buyer.sees(re.compile("confirmed|packed|prepar", re.IGNORECASE))

    # 5. packed
    desk.packs()
    facts.become(lambda: facts.shop.order(number).packed, 1)
    buyer.sees(re.compile("packed", re.IGNORECASE))
    assert facts.shelf("SARI") == (on_hand, reserved + 2, value)

    # 6. shipped, with a code that the customer sees
    desk.hands_to("Sundarban", "SB-778899")
    facts.become(lambda: facts.axes(number), ("shipped", "paid", "shipped"))
    buyer.page.get_by_text("SB-778899").first.wait_for()

    # 7 and 8. delivered
    desk.clicks("Mark as delivered")
    facts.become(lambda: facts.axes(number), ("delivered", "paid", "delivered"))
    buyer.sees(re.compile("delivered", re.IGNORECASE))

    # 9. the books: 2,500 − 1,800 = 700
    posted = facts.posted(number)
    assert posted == {**PAID, "expense:cogs": 1_800, "asset:inventory": -1_800}
    assert -posted["revenue:sales"] - posted["revenue:delivery"] - posted["expense:cogs"] == 700

    # 10. the shelf
    assert facts.shelf("SARI") == (on_hand - 2, reserved, value - 1_800)


def test_fifty_mugs_at_500_become_48_by_cash_on_delivery(walk_tabs: Tabs, facts: Facts) -> None:
    buyer, desk = meet(walk_tabs)
    assert facts.shelf("MUG") == (50, 0, 25_000)
    number = buyer.order("mug", 2, "Cash on delivery")
    assert facts.axes(number) == ("pending", "cod_due", "")
    assert facts.shelf("MUG") == (50, 2, 25_000)

    desk.opens(number)
    desk.clicks("Confirm order")
    facts.become(lambda: facts.axes(number), ("confirmed", "cod_due", ""))
    desk.packs()
    facts.become(lambda: facts.shop.order(number).packed, 1)
    desk.hands_to("Rider", "")
    facts.become(lambda: facts.axes(number), ("shipped", "cod_due", "shipped"))
    buyer.page.get_by_text("৳1,700").first.wait_for()
    desk.clicks("Mark as delivered")
    facts.become(lambda: facts.axes(number), ("delivered", "cod_with_courier", "delivered"))
    assert facts.shelf("MUG") == (48, 0, 24_000)
    assert facts.posted(number) == {
        "receivable:courier:rider": 1_700, "revenue:sales": -1_600, "revenue:delivery": -100,
        "expense:cogs": 1_000, "asset:inventory": -1_000,
    }  # fmt: skip


def test_a_cancelled_order_gives_back_stock_and_money(walk_tabs: Tabs, facts: Facts) -> None:
    buyer, desk = meet(walk_tabs)
    shelf = facts.shelf("HONEY")
    number = buyer.order("honey", 2, "Nagad")
    assert facts.shelf("HONEY") == (shelf[0], shelf[1] + 2, shelf[2])
    buyer.sends("754MJGAA")
    facts.become(lambda: facts.axes(number)[1], "claimed")
    desk.opens(number)
    desk.marks_received("৳1,000")
    facts.become(lambda: facts.axes(number)[1], "paid")
    desk.page.keyboard.press("Escape")

    desk.clicks("More actions")
    desk.page.get_by_role("menuitem", name=re.compile("Cancel")).click()
    desk.page.get_by_role("dialog").get_by_role("textbox").first.fill("Out of stock")
    desk.page.get_by_role("dialog").get_by_role("button", name="Cancel the order").click()
    facts.become(lambda: facts.axes(number), ("cancelled", "refund_due", ""))
    assert facts.shelf("HONEY") == shelf
    assert facts.posted(number) == {"cash:nagad": 1_000, "payable:refunds": -1_000}
    buyer.sees(re.compile("cancel", re.IGNORECASE))


def test_a_refused_parcel_comes_back_to_the_shelf(walk_tabs: Tabs, facts: Facts) -> None:
    buyer, desk = meet(walk_tabs)
    shelf = facts.shelf("SARI")
    number = buyer.order("sari", 2, "Cash on delivery")
    desk.opens(number)
    desk.clicks("Confirm order")
    facts.become(lambda: facts.axes(number), ("confirmed", "cod_due", ""))
    desk.packs()
    facts.become(lambda: facts.shop.order(number).packed, 1)
    desk.hands_to("Rider", "R-1")
    facts.become(lambda: facts.axes(number), ("shipped", "cod_due", "shipped"))

    desk.clicks("Parcel came back…")
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Book what came back").click()
    facts.become(lambda: facts.axes(number), ("returned", "unpaid", ""))
    assert facts.posted(number) == {}
    assert facts.shelf("SARI") == shelf
