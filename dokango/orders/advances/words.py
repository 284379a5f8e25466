"""A row of the rule in words, as it stands on the settings page and as the reason of what was asked."""

from __future__ import annotations

from dokango.money import taka
from dokango.orders.advances.rule import AdvanceRow
from dokango.payments.methods import METHODS, paid_on_delivery
from dokango.text import either, how_many


def sentence(row: AdvanceRow, home_district: str) -> str:
    """ "COD outside Dhaka above ৳3,000: ask 20 %"."""
    return f"{orders_words(row, home_district)}: ask {asks_words(row)}"


def not_asked_words(who: str, why: str) -> str:
    """Why nothing is asked of an order although the rule does: "Nothing in advance: paid at the counter (Rahima)"."""
    return f"Nothing in advance: {why} ({who})"


def asks_words(row: AdvanceRow) -> str:
    """What it asks: "20 %", "the delivery charge"."""
    return {
        "none": "nothing", "delivery": "the delivery charge", "percent": f"{row.percent} %",
        "amount": taka(row.amount_poisha or 0), "all": "all of it",
    }[row.asks]  # fmt: skip


def orders_words(row: AdvanceRow, home_district: str) -> str:
    """Which orders it is for: "COD outside Dhaka above ৳3,000"."""
    there = {"anywhere": "", "inside": f"inside {home_district}", "outside": f"outside {home_district}"}
    where = (there[row.where], f"to {either(row.districts)}" if row.districts else "")
    goods = f"with {either(row.goods)}" if row.goods else ""
    record = " and ".join(_record(row))
    buyer = f"by a buyer with {record}" if record else ""
    return " ".join(part for part in (method_words(row), *where, _worth(row), goods, buyer) if part)


def method_words(row: AdvanceRow) -> str:
    """How they are paid; without a choice all that riders collect."""
    return either([said_shortly(key) for key in row.methods or paid_on_delivery()])


def said_shortly(key: str) -> str:
    """ "COD"."""
    return (METHODS[key].short or METHODS[key].label) if key in METHODS else key


def _worth(row: AdvanceRow) -> str:
    over, up_to = row.over_poisha, row.up_to_poisha
    parts = (f"above {taka(over)}" if over is not None else "", f"up to {taka(up_to)}" if up_to is not None else "")
    return " and ".join(part for part in parts if part)


def _record(row: AdvanceRow) -> list[str]:
    below, returned, refused, percent = (
        row.delivered_below, row.returned_from, row.refused_from, row.courier_below_percent,
    )  # fmt: skip
    parts = (
        ("nothing delivered yet" if below == 1 else f"fewer than {below} delivered") if below is not None else "",
        f"{how_many(returned, 'return')} or more" if returned is not None else "",
        f"{how_many(refused, 'parcel')} refused or more" if refused is not None else "",
        f"under {percent} % delivered by a courier's word" if percent is not None else "",
    )
    return [part for part in parts if part]
