"""The owner's figures in words: what the insights page shows beside its charts, and in the tables behind them."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

import pandas as pd

from dokango.ledger.accounts import COURIER_EXPENSE, courier_receivable
from dokango.money import grouped, taka
from dokango.reports.figures import every_period, period_words
from dokango.reports.orders_behind import Behind
from dokango.reports.overview import Overview
from dokango.reports.profit import Earned

MOST_LINES = 60  # of a table behind a chart; the export has them all


def figures_in_words(seen: Overview) -> list[dict[str, str]]:
    """The row of figures, each with its change and the page behind it."""
    days = seen.span.days
    before = f"the {days} days before" if days > 1 else "the day before"
    now, then = seen.profit.totals, seen.before
    profit_url = f"/books?tab=profit&from={seen.span.first}&to={seen.span.last}"
    stock = int(seen.stock_value.iloc[-1])
    opening = int(seen.stock_value.iloc[0])
    cash = sum(pocket.amount_poisha for pocket in seen.cash)
    held_orders = _counted(sum(band.orders for band in seen.held), "order")
    cover = f"lasts {grouped(seen.cover.days)} days at this pace" if seen.cover.days is not None else ""
    return [
        _figure("Profit", taka(now.profit_poisha), now.profit_poisha, then.profit_poisha, before, profit_url),
        _figure("Revenue", taka(now.revenue_poisha), now.revenue_poisha, then.revenue_poisha, before, profit_url),
        _figure("Orders placed", grouped(seen.orders), seen.orders, seen.orders_before, before, "/orders?tab=all"),
        {
            **_figure("Stock value", taka(stock), stock, opening, "at the start", "/stock"),
            "direction": "", "hint": cover,
        },
        _plain("Cash", taka(cash), "in wallets, bank and hand", "/books?tab=balances"),
        _plain("Held by couriers", taka(seen.with_couriers_poisha), held_orders, "#held"),
    ]  # fmt: skip


def _figure(label: str, value: str, now: int, then: int, before: str, href: str) -> dict[str, str]:
    return {
        "label": label, "value": value, "href": href, "hint": "", "change": change_words(now, then, before),
        "direction": "" if now == then or not then else "good" if now > then else "bad",
    }  # fmt: skip


def _plain(label: str, value: str, hint: str, href: str) -> dict[str, str]:
    return {"label": label, "value": value, "href": href, "hint": hint, "change": "", "direction": ""}


def change_words(now: int, then: int, before: str) -> str:
    """ "12 % more than the 30 days before"; a loss or nothing before has no percentage."""
    if then <= 0 or now < 0:
        return f"nothing {before}" if then == 0 else ""
    percent = round(100 * (now - then) / then)
    return f"{abs(percent)} % {'more' if percent > 0 else 'less'} than {before}" if percent else f"as {before}"


def profit_rows_in_words(seen: Overview, by: str) -> list[dict[str, str]]:
    """The table behind the profit charts, newest first; quiet periods are left out."""
    rows = [row for row in every_period(seen.profit, seen.span, by) if row in seen.profit.rows]
    return [earned_in_words(row) for row in reversed(rows)]


def earned_in_words(row: Earned) -> dict[str, str]:
    """One day or month."""
    return {
        "period": row.period,
        "words": period_words(row.period),
        "revenue": taka(row.revenue_poisha, exact=True),
        "cogs": taka(row.cogs_poisha, exact=True),
        "expenses": taka(row.expenses_poisha, exact=True),
        "profit": taka(row.profit_poisha, exact=True),
    }


def behind_in_words(row: Behind) -> dict[str, str]:
    """One order's part of a bar."""
    return {
        "number": row.number,
        "name": row.name or "No order: counts and write-offs",
        "status": row.status,
        "revenue": taka(row.revenue_poisha, exact=True),
        "cost": taka(row.cogs_poisha + row.expenses_poisha, exact=True),
        "profit": taka(row.profit_poisha, exact=True),
    }


def small_tables(seen: Overview) -> dict[str, list[dict[str, Any]]]:
    """Cash, what couriers hold, waits, what sells out first, and the rows of the other charts."""
    return {
        "cash": [_line(p.label, taka(p.amount_poisha, exact=True), _account_url(p.account)) for p in seen.cash],
        "held": _held_lines(seen),
        "stages": [
            _line(s.label, duration_words(s.median_s), "", f"nine of ten within {duration_words(s.slow_s)}")
            for s in seen.stages
        ],
        "cover": [
            _line(c.title, f"{grouped(c.days)} days", _sku_url(c.sku), f"{c.available} left, {c.sold} sold")
            for c in seen.cover.rows[:6]
            if c.days is not None
        ],
        "products": [
            _line(r.title, taka(r.value_poisha, exact=True), _sku_url(r.sku), f"{r.on_hand} on hand")
            for r in sorted(seen.inventory.rows, key=lambda row: -row.value_poisha)[:MOST_LINES]
            if r.value_poisha
        ],
        "funnel": [_line(s.label, str(s.orders), "/orders?tab=all") for s in (*seen.funnel.steps, *seen.funnel.lost)],
        "stock": [
            _line(period_words(day.isoformat()), taka(int(value), exact=True), "")
            for day, value in _changes(seen.stock_value)
        ],
        "wrong": [_line(t.words, str(t.count), t.href) for t in seen.wrong],
    }  # fmt: skip


def _held_lines(seen: Overview) -> list[dict[str, str]]:
    """What couriers hold by age, and what their charges for returns take off it."""
    lines = [
        _line(
            f"{band.courier.replace('-', ' ').title()}, {band.band}", taka(band.amount_poisha, exact=True),
            _account_url(courier_receivable(band.courier)), _counted(band.orders, "order"),
        )
        for band in seen.held
    ]  # fmt: skip
    charges = seen.with_couriers_poisha - sum(band.amount_poisha for band in seen.held)
    if charges:
        lines.append(_line("Charges for returns", taka(charges, exact=True), _account_url(COURIER_EXPENSE)))
    return lines


def _changes(values: pd.Series) -> list[tuple[date, int]]:
    """The days on which the value changed, newest first."""
    changed = values[values.diff().fillna(1) != 0]
    return [(day, int(value)) for day, value in reversed(list(changed.items()))][:MOST_LINES]


def _account_url(account: str) -> str:
    return f"/books?tab=journal&account={quote(account)}"


def _sku_url(sku: str) -> str:
    return f"/stock?sku={quote(sku)}"


def _counted(count: int, one: str) -> str:
    return f"{grouped(count)} {one}{'' if count == 1 else 's'}"


def _line(name: str, value: str, href: str, hint: str = "") -> dict[str, str]:
    return {"name": name, "value": value, "href": href, "hint": hint}


def duration_words(seconds: int) -> str:
    """ "40 min", "2.3 h", "1.7 days"."""
    if seconds < 3_600:
        return f"{seconds // 60} min"
    if seconds < 48 * 3_600:
        return f"{seconds / 3_600:.1f} h".replace(".0 ", " ")
    return f"{seconds / 86_400:.1f} days".replace(".0 ", " ")
