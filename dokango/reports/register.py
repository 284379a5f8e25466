"""Every question that the owner's pages answer, and where each answer stands, in the order of the page.

To add one: write it in a file of its own beside these, and one row here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from dokango.people.permissions import Permission
from dokango.reports import (
    books_sheets,
    cash,
    courier_cash,
    courier_cost,
    cover,
    funnel,
    going_wrong,
    inventory,
    inventory_value,
    not_confirmed,
    on_its_way,
    orders_placed,
    owed_to_customers,
    profit_shown,
    stage_time,
)
from dokango.reports.kit.places import BooksTab, Chart, File, Report, SmallList, Table, Tile, Warnings

P = TypeVar("P", Tile, Chart, SmallList, Warnings, BooksTab, File)

REPORTS: tuple[Report, ...] = (
    Report("What did the shop earn?", (
        Tile("Profit", profit_shown.profit_told),
        Tile("Revenue", profit_shown.revenue_told),
        Chart("profit", "Profit and revenue", "Profit as bars and revenue as a line; the table below says the same.",
              profit_shown.profit_figure, legend=("Profit", "Revenue"), file="profit", wide=True),
        Chart("cost", "Revenue and cost of goods",
              "Revenue and cost of goods side by side; the table below says the same.",
              profit_shown.revenue_and_cost_figure, legend=("Revenue", "Cost of goods")),
        File("profit", Permission.SEE_PROFIT, books_sheets.profit_sheet),
    )),
    Report("How much of what was booked is not confirmed yet?", (Tile("Not yet confirmed", not_confirmed.told),)),
    Report("How much of it is on its way?", (Tile("Not yet delivered", on_its_way.told),)),
    Report("How many orders were placed?", (Tile("Orders placed", orders_placed.told),)),
    Report("What was the stock worth?", (
        Tile("Stock value", inventory_value.told),
        Chart("stock", "Stock value", "What the stock was worth each day; the table below says the same.",
              inventory_value.figure, Table("Stock value by day", "Day", "Worth", inventory_value.lines)),
    )),
    Report("Which goods hold the money?", (
        Chart("products", "Stock value by product",
              "The products that hold the most value; the table below says the same.",
              inventory.figure, Table("Stock value by product", "Product", "Worth", inventory.lines)),
        File("inventory", Permission.SEE_COST, books_sheets.inventory_sheet),
    )),
    Report("Of the orders placed, how many came how far?", (
        Chart("funnel", "From placed to delivered",
              "How far the orders placed in this period have come; the table below says the same.",
              funnel.figure, Table("Orders by step", "Step", "Orders", funnel.lines)),
    )),
    Report("Where does the shop's money lie?", (
        Tile("Cash", cash.told),
        SmallList("cash", Table("Cash by wallet", "Account", "Balance", cash.lines),
                  empty="No money has come in yet."),
    )),
    Report("How much cash do couriers hold, and since when?", (
        Tile("Held by couriers", courier_cash.told),
        SmallList("held", Table("Held by couriers, by age", "Courier", "Cash", courier_cash.lines),
                  empty="No courier holds any of your cash."),
    )),
    Report("What does a parcel really cost with each courier?", (
        SmallList("courier-cost", Table("Cost of a parcel, by courier", "Courier", "Charged", courier_cost.lines),
                  empty="No courier got a parcel in this period."),
        File("courier-cost", Permission.SETTLE_COD, courier_cost.months_sheet),
        File("courier-cost-parcels", Permission.SETTLE_COD, courier_cost.parcels_sheet),
    )),
    Report("What is owed to customers, and since when?", (
        Tile("Owed to customers", owed_to_customers.told),
        SmallList("owed", Table("Owed to customers, by age", "What", "Amount", owed_to_customers.lines),
                  empty="No customer is owed anything."),
    )),
    Report("How long do orders wait in each stage?", (
        SmallList("stages", Table("Time in stage, half of the orders", "Stage", "Time", stage_time.lines),
                  empty="Nothing was delivered in this period."),
    )),
    Report("What sells out first?", (
        SmallList("cover", Table("Sells out first", "Product", "Lasts", cover.lines),
                  empty="Nothing was sold in this period."),
    )),
    Report("What is going wrong just now?", (Warnings(going_wrong.found),)),
    Report("What stands on each account?", (
        BooksTab("balances", "Trial balance", file="trial-balance"),
        File("trial-balance", Permission.SEE_BOOKS, books_sheets.trial_balance_sheet),
    )),
    Report("What was earned and what did it cost?", (
        BooksTab("profit", "Profit and loss", file="profit-and-loss", by_period=True),
        File("profit-and-loss", Permission.SEE_BOOKS, books_sheets.profit_and_loss_sheet),
    )),
    Report("What does the shop own and owe?", (
        BooksTab("sheet", "Balance sheet", file="balance-sheet"),
        File("balance-sheet", Permission.SEE_BOOKS, books_sheets.balance_sheet_sheet),
    )),
    Report("Which happenings moved money?", (
        BooksTab("journal", "Journal", file="journal", by_period=True),
        File("journal", Permission.SEE_BOOKS, books_sheets.journal_sheet),
    )),
    Report("Does all of this agree?", (BooksTab("check", "Books check"),)),
)  # fmt: skip


def standing(place: type[P]) -> Iterator[P]:
    """All that stands at one kind of place, in the order of the page."""
    return (stands for report in REPORTS for stands in report.stands if isinstance(stands, place))
