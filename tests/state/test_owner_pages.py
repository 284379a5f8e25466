"""Books and insights through the gate: the owner sees figures that agree, nobody else any of them."""

from __future__ import annotations

from typing import Any

import pytest

from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from dokango.reports.kit.places import BooksTab, File
from dokango.reports.register import standing
from dokango_web.dokango_web import app
from dokango_web.pages import books as books_page
from state.kit import live
from state.owner import books
from state.owner.books import TABS, BooksState
from state.owner.insights import InsightsState
from tests.small_shop import Shop, open_shop
from tests.state.desk import Desk

DAY = "2026-11-22"


@pytest.fixture
def shop(desk: Desk, owner: Actor) -> Shop:
    """A stocked shop under the desk, with the example's order delivered in it."""
    shop = open_shop(desk.db, desk.clock, owner)
    shop.bring_to("delivered", ("SARI", 2))
    return shop


@pytest.mark.parametrize("role", ["", "manager", "packer", "viewer"])
async def test_nobody_but_the_owner_is_sent_profit_or_books(desk: Desk, shop: Shop, role: str) -> None:
    tab = await desk.browser(role)
    for key in TABS:
        await tab.arrive(f"/books?tab={key}")
    await tab.arrive("/insights")
    await tab.call(BooksState.check_again)
    await tab.call(InsightsState.open_bar, bar=DAY)
    await tab.call(InsightsState.click_bar, points=[{"x": DAY}])
    await tab.arrive(f"/insights?bar={DAY}&cursor=before")
    await tab.call(BooksState.choose, form={"to": DAY})
    sent = " ".join(tab.received)
    for secret in ("700", "1,800", "2,500", "Rahima"):
        assert f"৳{secret}" not in sent
    assert "Rahima" not in sent
    assert tab.sees(InsightsState, "figures") == []
    assert tab.sees(BooksState, "balances") == []


@pytest.mark.parametrize("tab_of_books", standing(BooksTab), ids=lambda one: str(one.key))
async def test_every_tab_that_the_register_names_is_filled_drawn_and_taken_away(
    desk: Desk, shop: Shop, tab_of_books: BooksTab
) -> None:
    tab = await desk.browser("owner")
    await tab.arrive(f"/books?tab={tab_of_books.key}")
    assert (tab.sees(BooksState, "tab"), tab.sees(BooksState, "loading")) == (tab_of_books.key, False)
    assert f'"{tab_of_books.key}"' in str(books_page.page())
    assert tab_of_books.file in {"", *(file.key for file in standing(File))}
    files = tab.sees(BooksState, "exports").values()
    assert all(f"/export/{tab_of_books.file}." in file if tab_of_books.file else file == "" for file in files)


async def test_the_trial_balance_shows_the_example(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/books")
    balances = {row["account"]: row["balance"] for row in tab.sees(BooksState, "balances")}
    assert balances["cash:bkash"] == "৳2,500.00"
    assert balances["expense:cogs"] == "৳1,800.00"
    shown = [*tab.sees(BooksState, "balances"), tab.sees(BooksState, "balance_totals")]
    assert not [row for row in shown if "৳0.00" in row.values()]


async def test_profit_and_loss_ends_at_700_and_the_sheet_balances(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/books?tab=profit")
    assert tab.sees(BooksState, "statement_totals") == {
        "income": "৳2,500.00", "expenses": "৳1,800.00", "profit": "৳700.00",
    }  # fmt: skip
    await tab.arrive("/books?tab=sheet")
    assert tab.sees(BooksState, "statement_totals")["profit"] == "৳700.00"


async def test_the_journal_opens_an_order_and_says_when_there_is_none(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/books?tab=journal&order=1001")
    assert [entry["what"] for entry in tab.sees(BooksState, "entries")] == [
        "Delivered", "Payment verified", "Order placed",
    ]  # fmt: skip
    await tab.arrive("/books?tab=journal&order=77")
    assert tab.sees(BooksState, "errors") == {"order": "There is no order 77."}


async def test_the_journal_says_that_there_is_more_instead_of_moving_its_rows(
    desk: Desk, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "_CALM_S", 0.0)
    tab = await desk.browser("owner")
    await tab.arrive("/books?tab=journal")
    before = tab.sees(BooksState, "entries")
    shop.place(("MUG", 1))
    await live.refresh(app, {"orders"})
    assert tab.sees(BooksState, "news") == "There are new entries."
    assert tab.sees(BooksState, "entries") == before
    await tab.call(BooksState.bring_in)
    assert len(tab.sees(BooksState, "entries")) == len(before) + 1


@pytest.mark.parametrize(
    ("query", "field"),
    [("from=x", "from"), ("to=2026-13-01", "to"), ("from=2026-11-22&to=2026-11-01", "to"), ("to=0001-01-01", "to")],
)
async def test_days_that_cannot_be_get_a_sentence(desk: Desk, shop: Shop, query: str, field: str) -> None:
    tab = await desk.browser("owner")
    for state, path in ((BooksState, "/books?tab=profit&"), (InsightsState, "/insights?")):
        await tab.arrive(path + query)
        assert field in tab.sees(state, "errors")


async def test_the_books_check_names_each_invariant(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/books?tab=check")
    checks = tab.sees(BooksState, "checks")
    assert len(checks) > 15
    assert {check["level"] for check in checks} == {"good"}
    assert tab.sees(BooksState, "checks_said").startswith(f"All {len(checks)} hold")


async def test_insights_show_the_example_and_open_to_its_order(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/insights")
    figures = {figure["label"]: figure["value"] for figure in tab.sees(InsightsState, "figures")}
    assert (figures["Profit"], figures["Revenue"], figures["Orders placed"]) == ("৳700", "৳2,500", "1")
    profit, revenue = tab.sees(InsightsState, "charts")["profit"]["data"]
    assert (profit["x"][-1], profit["y"][-1], revenue["y"][-1]) == (DAY, 700.0, 2500.0)
    await tab.call(InsightsState.click_bar, points=[{"x": DAY}])
    await tab.arrive(tab.redirects[-1])
    rows = tab.sees(InsightsState, "bar_rows")
    assert [(row["number"], row["profit"]) for row in rows] == [("1001", "৳700.00")]


async def test_revenue_that_nobody_has_confirmed_stands_apart_on_insights_and_in_the_books(
    desk: Desk, shop: Shop
) -> None:
    shop.place(("MUG", 1), payment={"method": "cod"})
    tab = await desk.browser("owner")
    await tab.arrive(f"/insights?bar={DAY}")
    figures = {figure["label"]: figure for figure in tab.sees(InsightsState, "figures")}
    assert (figures["Profit"]["value"], figures["Not yet confirmed"]["value"]) == ("৳700", "৳900")
    assert figures["Not yet confirmed"]["href"].startswith("/orders?tab=all&status=pending&from=")
    rows = {row["number"]: row for row in tab.sees(InsightsState, "bar_rows")}
    assert (rows["1002"]["profit"], rows["1002"]["unsure"]) == ("৳0.00", "৳900.00 not yet confirmed")
    assert rows["1001"]["unsure"] == ""
    await tab.arrive("/books?tab=profit")
    assert tab.sees(BooksState, "statement_totals")["profit"] == "৳1,600.00"
    assert tab.sees(BooksState, "unconfirmed") == "৳900.00"


async def test_insights_follow_what_happens(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/insights")
    order = shop.bring_to("shipped", ("MUG", 2), payment={"method": "cod"})
    shop.do(order, c.Deliver())
    await tab.arrive("/insights?by=month")
    figures = {figure["label"]: figure["value"] for figure in tab.sees(InsightsState, "figures")}
    assert (figures["Profit"], figures["Held by couriers"]) == ("৳1,400", "৳1,700")


@pytest.mark.parametrize(
    "points", [None, [], [5], [{}], [{"x": "x"}], [{"x": {"a": 1}}], {"x": DAY}, [{"x": "2026-99"}]]
)
async def test_odd_clicks_open_nothing(desk: Desk, shop: Shop, points: Any) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/insights")
    await tab.call(InsightsState.click_bar, points=points)
    assert tab.redirects == []
