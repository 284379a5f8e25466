"""A row of the rule of advances, as the owner types it, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from dokango.money import typed_taka
from dokango.numbers import whole_number
from dokango.orders.advances.rule import MOST_GOODS, AdvanceRow, Asks, Where
from dokango.payments.methods import paid_on_delivery
from state.settings.typed import FieldReading

Typed = Mapping[str, str]
ASKS = {
    "percent": "A part of it, %", "delivery": "The delivery charge", "amount": "An amount", "all": "All of it",
    "none": "Nothing",
}  # fmt: skip
WHERES = {"anywhere": "Anywhere", "inside": "The shop's own district", "outside": "Outside it"}
_WHOLE = {
    "percent": (1, 100), "delivered_below": (1, 1_000), "returned_from": (1, 1_000), "refused_from": (1, 1_000),
    "courier_below_percent": (1, 100),
}  # fmt: skip
FIELDS = ("asks", "percent", "amount", "paid_by", "where", "districts", "over", "up_to", "goods", *list(_WHOLE)[1:])


def row_typed(typed: Typed) -> AdvanceRow:
    """The row; an empty field asks for nothing. Raises InvalidInput, one sentence a field."""
    reading = FieldReading(typed)
    asks = cast("Asks", reading.choice("asks", tuple(ASKS)))
    for name, words in (("percent", "Type how many per cent."), ("amount", "Type the amount.")):
        if asks == name and not typed.get(name, "").strip():
            reading.wrong[name] = words
    over, up_to = _taka(reading, "over"), _taka(reading, "up_to")
    if over is not None and up_to is not None and over >= up_to:
        reading.wrong.setdefault("up_to", "No order is over the one and up to the other. Type more here.")
    method = reading.choice("paid_by", ("", *paid_on_delivery()))
    goods = tuple(dict.fromkeys(part.strip() for part in typed.get("goods", "").split(",") if part.strip()))
    if len(goods) > MOST_GOODS or any(len(one) > 200 for one in goods):
        reading.wrong["goods"] = f"At most {MOST_GOODS}, of up to 200 characters each."
    whole = {name: _whole(reading, name, *bounds) for name, bounds in _WHOLE.items()}
    percent = whole.pop("percent")
    amount, where = _taka(reading, "amount"), cast("Where", reading.choice("where", tuple(WHERES)))
    districts = reading.each_district("districts")
    reading.done(None)
    return AdvanceRow(
        asks=asks, percent=percent if asks == "percent" else None, amount_poisha=amount if asks == "amount" else None,
        methods=(method,) if method else (), where=where, districts=districts, over_poisha=over, up_to_poisha=up_to,
        goods=goods, **whole,
    )  # fmt: skip


def fields_of(row: AdvanceRow) -> dict[str, str]:
    """The row as the fields show it."""
    return {
        "asks": row.asks,
        "amount": _said_taka(row.amount_poisha),
        "paid_by": row.methods[0] if row.methods else "",
        "where": row.where,
        "districts": ", ".join(row.districts),
        "over": _said_taka(row.over_poisha),
        "up_to": _said_taka(row.up_to_poisha),
        "goods": ", ".join(row.goods),
        **{name: "" if getattr(row, name) is None else str(getattr(row, name)) for name in _WHOLE},
    }


def _whole(reading: FieldReading, name: str, least: int, most: int) -> int | None:
    typed = reading.typed.get(name, "").strip()
    found: int | None = reading.tried(lambda: whole_number(typed, name, least, most), None) if typed else None
    return found


def _taka(reading: FieldReading, name: str) -> int | None:
    return reading.taka(name) if reading.typed.get(name, "").strip() else None


def _said_taka(value: int | None) -> str:
    return "" if value is None else typed_taka(value)
