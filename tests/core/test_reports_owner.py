"""The owner's other questions: statements, funnel, cash, what couriers hold, waits, cover, what is wrong."""

from __future__ import annotations

from datetime import date, timedelta

from dokango.ledger.balances import trial_balance
from dokango.orders.lifecycle import commands as c
from dokango.reports.books.orders_behind import orders_behind
from dokango.reports.books.profit import profit_rows
from dokango.reports.books.statements import balance_sheet, balances_at, profit_and_loss
from dokango.reports.cash import cash_by_wallet
from dokango.reports.courier_cash import with_couriers
from dokango.reports.cover import days_of_cover
from dokango.reports.funnel import order_funnel
from dokango.reports.going_wrong import what_is_wrong
from dokango.reports.held_cash import by_age, held_by_day
from dokango.reports.inventory_value import value_by_day
from dokango.reports.kit.periods import Period
from dokango.reports.stage_time import time_in_stage
from tests.small_shop import Shop

TAKA = 100
TODAY = date(2026, 11, 22)
SPAN = Period(TODAY, TODAY)
DAY_S = 86_400


def test_assets_are_debts_and_profit(shop: Shop) -> None:
    for status in ("pending", "confirmed", "delivered", "cancelled", "returned"):
        shop.bring_to(status, ("MUG", 1))
    sheet = shop.db.read(lambda tx: balance_sheet(tx, TODAY))
    assert sheet.assets_poisha == sheet.liabilities_poisha + sheet.profit_poisha
    assert sheet.profit_poisha == shop.db.read(lambda tx: profit_rows(tx, TODAY, TODAY)).totals.profit_poisha


def test_profit_and_loss_names_every_account_that_earned_or_cost(shop: Shop) -> None:
    shop.bring_to("delivered", ("SARI", 2))
    statement = shop.db.read(lambda tx: profit_and_loss(tx, SPAN))
    assert {line.account: line.amount_poisha for line in (*statement.income, *statement.expenses)} == {
        "revenue:sales": 2_400 * TAKA,
        "revenue:delivery": 100 * TAKA,
        "expense:cogs": 1_800 * TAKA,
    }
    assert statement.profit_poisha == 700 * TAKA


def test_a_trial_balance_of_yesterday_knows_nothing_of_today(shop: Shop) -> None:
    shop.clock.advance(DAY_S)
    shop.bring_to("delivered", ("MUG", 1))
    assert {b.account for b in shop.db.read(lambda tx: balances_at(tx, TODAY))} == {
        "asset:inventory",
        "payable:suppliers",
    }


def test_the_stock_value_of_each_day_ends_at_the_inventory_account(shop: Shop) -> None:
    opening = shop.balance("asset:inventory")
    shop.clock.advance(2 * DAY_S)
    shop.bring_to("delivered", ("MUG", 2))
    span = Period(TODAY - timedelta(days=1), TODAY + timedelta(days=3))
    values = shop.db.read(lambda tx: value_by_day(tx, span))
    assert values.tolist() == [0, opening, opening, opening - 1_000 * TAKA, opening - 1_000 * TAKA]
    assert values.iloc[-1] == shop.balance("asset:inventory")


def test_the_funnel_counts_each_order_once_a_step(shop: Shop) -> None:
    for status in ("pending", "confirmed", "shipped", "delivered", "cancelled", "returned"):
        shop.bring_to(status, ("MUG", 1))
    funnel = shop.db.read(lambda tx: order_funnel(tx, SPAN))
    assert [(step.label, step.orders) for step in funnel.steps] == [
        ("Placed", 6), ("Confirmed", 4), ("Packed", 3), ("Shipped", 3), ("Delivered", 1),
    ]  # fmt: skip
    assert [(step.label, step.orders) for step in funnel.lost] == [("Cancelled", 1), ("Returned", 1)]


def test_cash_lies_where_it_was_received(shop: Shop) -> None:
    shop.bring_to("delivered", ("SARI", 2))
    pockets = cash_by_wallet(shop.db.read(trial_balance))
    assert [(p.label, p.amount_poisha) for p in pockets] == [("bKash", 2_500 * TAKA)]


def test_what_couriers_hold_is_their_receivable_and_ages(shop: Shop) -> None:
    shop.bring_to("delivered", ("MUG", 1), payment={"method": "cod"})
    shop.clock.advance(10 * DAY_S)
    young = shop.bring_to("delivered", ("SARI", 1), payment={"method": "cod"})
    shop.do(young, c.PayOut(amount_poisha=300 * TAKA))
    held = shop.db.read(lambda tx: held_by_day(tx, shop.clock.now_us()))
    assert sum(owing.amount_poisha for owing in held) == shop.balance("receivable:courier:rider")
    assert with_couriers(shop.db.read(trial_balance)) == shop.balance("receivable:courier:rider")
    assert [(b.courier, b.band, b.amount_poisha, b.orders) for b in by_age(held)] == [
        ("rider", "up to 3 days", 1_000 * TAKA, 1),
        ("rider", "8 to 14 days", 900 * TAKA, 1),
    ]


def test_the_median_wait_of_each_stage(shop: Shop) -> None:
    for hours in (1, 2, 4):
        done = shop.bring_to("confirmed", ("MUG", 1))
        shop.clock.advance(hours * 3_600)
        for command in (c.Pack(), c.Ship(courier="manual", carrier="Rider"), c.Deliver()):
            done = shop.do(done, command)
    waits = {stage.label: stage.median_s for stage in shop.db.read(lambda tx: time_in_stage(tx, SPAN))}
    assert waits == {"To confirm": 0, "To pack": 2 * 3_600, "To ship": 0, "On the way": 0}


def test_stock_that_sells_two_in_ten_days_lasts_240(shop: Shop) -> None:
    shop.bring_to("delivered", ("MUG", 2))
    cover = shop.db.read(lambda tx: days_of_cover(tx, Period(TODAY - timedelta(days=9), TODAY)))
    assert [(row.sku, row.days) for row in cover.rows] == [("MUG", 240), ("HONEY", None), ("SARI", None)]


def test_a_bar_opens_to_the_orders_that_sum_to_it(shop: Shop) -> None:
    for status in ("delivered", "cancelled", "returned", "delivered"):
        shop.bring_to(status, ("MUG", 1))
    totals = shop.db.read(lambda tx: profit_rows(tx, TODAY, TODAY)).totals
    first = shop.db.read(lambda tx: orders_behind(tx, SPAN, size=3))
    rest = shop.db.read(lambda tx: orders_behind(tx, SPAN, str(first.next), size=3))
    rows = [*first.rows, *rest.rows]
    assert [row.number for row in rows] == ["1004", "1003", "1002", "1001"]
    assert rest.next is None
    assert sum(row.profit_poisha for row in rows) == totals.profit_poisha
    assert sum(row.revenue_poisha for row in rows) == totals.revenue_poisha


def test_what_is_wrong_is_counted_and_leads_to_its_page(shop: Shop) -> None:
    held = shop.place(("MUG", 1))
    shop.do(held, c.Hold(reason="address"))
    shop.do(shop.bring_to("confirmed", ("MUG", 1)), c.Cancel(reason="changed their mind"))
    shop.place(("MUG", 47))
    wrong = {t.words: (t.count, t.href) for t in shop.db.read(lambda tx: what_is_wrong(tx, shop.clock.now_us()))}
    assert wrong["order on hold"] == (1, "/orders?tab=problems&held=any")
    assert wrong["refund owed to a customer"] == (1, "/orders?tab=problems&money=refund_due")
    assert not any("TrxID" in words for words in wrong)
