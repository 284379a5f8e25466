"""The books as sheets to take away."""

from __future__ import annotations

from collections.abc import Iterator

from dokango.audit import said_actor
from dokango.clock import iso
from dokango.couriers.carriers import names_written
from dokango.db import Tx
from dokango.reports.books.account_names import account_name
from dokango.reports.books.bases import REALISED
from dokango.reports.books.journal import MOST, Entry, entries
from dokango.reports.books.profit import profit_rows
from dokango.reports.books.statements import balance_sheet, balances_at, profit_and_loss
from dokango.reports.inventory import inventory_at
from dokango.reports.kit.places import Asked
from dokango.reports.kit.spreadsheet import Cell, Sheet
from dokango.reports.not_confirmed import not_confirmed


def trial_balance_sheet(tx: Tx, asked: Asked) -> Sheet:
    """Every account at the end of the last day."""
    day, names = asked.span.last, names_written(tx)
    return Sheet(
        f"Trial balance {day}",
        ("Account", "Name", "Debit", "Credit", "Balance"),
        [
            (b.account, account_name(b.account, names), b.debit_poisha, b.credit_poisha, b.balance_poisha)
            for b in balances_at(tx, day)
        ],
        frozenset({"Debit", "Credit", "Balance"}),
    )


def profit_and_loss_sheet(tx: Tx, asked: Asked) -> Sheet:
    """Income and expenses of the days."""
    span, names = asked.span, names_written(tx)
    statement = profit_and_loss(tx, span, asked.basis)
    rows: list[tuple[Cell, ...]] = [
        ("Income", account_name(x.account, names), x.amount_poisha) for x in statement.income
    ]
    rows += [("Expense", account_name(x.account, names), x.amount_poisha) for x in statement.expenses]
    rows.append(("Profit", "", statement.profit_poisha))
    return Sheet(f"Profit and loss {span.last}", ("Part", "Account", "Amount"), rows, frozenset({"Amount"}))


def balance_sheet_sheet(tx: Tx, asked: Asked) -> Sheet:
    """Assets, debts and profit at the end of the last day."""
    day, names = asked.span.last, names_written(tx)
    state = balance_sheet(tx, day)
    rows: list[tuple[Cell, ...]] = [("Asset", account_name(x.account, names), x.amount_poisha) for x in state.assets]
    rows += [("Debt", account_name(x.account, names), x.amount_poisha) for x in state.liabilities]
    rows.append(("Profit so far", "", state.profit_poisha))
    return Sheet(f"Balance sheet {day}", ("Part", "Account", "Amount"), rows, frozenset({"Amount"}))


def profit_sheet(tx: Tx, asked: Asked) -> Sheet:
    """Profit by day or month; as it is booked, also how much of it is not confirmed yet."""
    report = profit_rows(tx, asked.span.first, asked.span.last, asked.by, asked.basis)
    unsure = {} if asked.basis == REALISED else not_confirmed(tx, asked.span).by_period(asked.by)
    money = ("Revenue", "Cost of goods", "Expenses", "Profit", "Of it not yet confirmed")
    return Sheet(
        f"Profit by {asked.by}, {asked.basis}",
        ("Period", *money),
        [
            (r.period, r.revenue_poisha, r.cogs_poisha, r.expenses_poisha, r.profit_poisha, unsure.get(r.period, 0))
            for r in report.rows
        ],
        frozenset(money),
    )


def inventory_sheet(tx: Tx, asked: Asked) -> Sheet:
    """On hand and value of each SKU, as it stands now."""
    report = inventory_at(tx)
    return Sheet(
        "Inventory",
        ("SKU", "Title", "On hand", "Value"),
        [(r.sku, r.title, r.on_hand, r.value_poisha) for r in report.rows],
        frozenset({"Value"}),
    )


def journal_sheet(tx: Tx, asked: Asked) -> Sheet:
    """Every posting of the days, oldest first; of one order or one account when named."""
    return Sheet(
        f"Journal {asked.span.last}",
        ("Happened (UTC)", "Order", "What", "Who", "Note", "Debit", "Credit", "Amount", "Key"),
        [
            (
                iso(e.happened_at),
                e.order,
                e.action,
                said_actor(e.actor, e.actor_kind),
                e.note,
                p.debit,
                p.credit,
                p.amount_poisha,
                e.key,
            )
            for e in _all_entries(tx, asked)
            for p in e.postings
        ],
        frozenset({"Amount"}),
    )


def _all_entries(tx: Tx, asked: Asked) -> Iterator[Entry]:
    cursor: str | None = ""
    while cursor is not None:
        page = entries(
            tx, order=asked.order, account=asked.account, since_us=asked.span.since_us, until_us=asked.span.until_us,
            cursor=cursor, limit=MOST, oldest_first=True,
        )  # fmt: skip
        yield from page.rows
        cursor = page.next
