"""What one person sends back without a second: what they send in a day, and what one phone gets, counts together."""

from __future__ import annotations

from sqlalchemy import ColumnElement, bindparam, func, select

from dokango.clock import day_of, day_start_us
from dokango.db import Statement, Tx, table_of
from dokango.errors import Refused
from dokango.money import taka
from dokango.payments.models import GivenBack
from dokango.shop.profile import load_profile

_G = table_of(GivenBack)


def _since(whose: ColumnElement[bool]) -> Statement:
    return Statement(
        select(func.coalesce(func.sum(_G.c.amount_poisha), 0)).where(_G.c.given_at >= bindparam("since"), whose)
    )


_BY, _TO = _since(_G.c.by == bindparam("who")), _since((_G.c.phone == bindparam("who")) & (_G.c.phone != ""))


def refuse_alone(tx: Tx, by: str, to: str, amount_poisha: int, now_us: int) -> None:
    """Raise Refused for what one person may not send: a second one approves refunds of orders alone.

    `to` is the phone that gets it. Small sums of a day make a large one, so that parts pass no limit.
    """
    limit = load_profile(tx).second_person_above_poisha
    if not limit:
        return
    if tx.dialect == "postgresql":  # of two at once each would count without the other; SQLite has one writer
        tx.script("LOCK TABLE given_back IN SHARE ROW EXCLUSIVE MODE")
    since = day_start_us(day_of(now_us))
    before = max(int(tx.value(_BY, who=by, since=since)), int(tx.value(_TO, who=to, since=since)))
    if before + amount_poisha <= limit:
        return
    today = f" and {taka(before)} today already" if before else ""
    raise Refused(
        "give_back",
        f"{taka(amount_poisha)}{today} is more than one person sends back alone in a day ({taka(limit)}). Book it on "
        "an order and pay the refund there: another person approves it. Nothing was booked.",
    )
