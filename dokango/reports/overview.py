"""All that the owner's page shows, read on one snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
from sqlalchemy import bindparam, func, select

from dokango.db import Statement, Tx, table_of
from dokango.ledger.balances import trial_balance
from dokango.orders.book.models import Order
from dokango.reports.cash import Pocket, cash_by_wallet
from dokango.reports.courier_cash import AgeBand, by_age, held_orders, with_couriers
from dokango.reports.cover import CoverReport, days_of_cover
from dokango.reports.funnel import Funnel, order_funnel
from dokango.reports.inventory import InventoryReport, inventory_at
from dokango.reports.inventory_value import value_by_day
from dokango.reports.periods import Period
from dokango.reports.profit import Earned, ProfitReport, profit_rows
from dokango.reports.stage_time import StageTime, time_in_stage
from dokango.reports.trouble import Trouble, what_is_wrong

_O = table_of(Order)
_PLACED = Statement(
    select(func.count()).where(_O.c.placed_at >= bindparam("since"), _O.c.placed_at < bindparam("until"))
)
PACE_DAYS = 30  # how fast goods sell is told from the latest days


@dataclass(frozen=True, slots=True)
class Overview:
    """A period, the same number of days before it, and the shop as it stands."""

    span: Period
    profit: ProfitReport
    before: Earned
    orders: int
    orders_before: int
    stock_value: pd.Series
    inventory: InventoryReport
    funnel: Funnel
    stages: tuple[StageTime, ...]
    cover: CoverReport
    cash: tuple[Pocket, ...]
    held: tuple[AgeBand, ...]
    with_couriers_poisha: int
    wrong: tuple[Trouble, ...]


def overview(tx: Tx, first: date, last: date, by: str, now_us: int) -> Overview:
    """The owner's page for `first` to `last`, profit by "day" or "month"."""
    span = Period(first, last)
    before = span.before()
    lately = Period(max(first, last - timedelta(days=PACE_DAYS - 1)), last)
    balances = trial_balance(tx)
    return Overview(
        span=span,
        profit=profit_rows(tx, first, last, by),
        before=profit_rows(tx, before.first, before.last, by).totals,
        orders=_placed(tx, span),
        orders_before=_placed(tx, before),
        stock_value=value_by_day(tx, span),
        inventory=inventory_at(tx),
        funnel=order_funnel(tx, span),
        stages=time_in_stage(tx, span),
        cover=days_of_cover(tx, lately),
        cash=cash_by_wallet(balances),
        held=by_age(held_orders(tx, now_us)),
        with_couriers_poisha=with_couriers(balances),
        wrong=what_is_wrong(tx, now_us),
    )


def _placed(tx: Tx, span: Period) -> int:
    return int(tx.value(_PLACED, since=span.since_us, until=span.until_us))
