"""A row of the rule that chooses couriers, as the owner types it, and back again."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dokango.couriers.choosing.rule import RuleRow
from dokango.couriers.kind.tariff import HEAVIEST_G, Area
from dokango.money import typed_taka
from dokango.numbers import whole_number
from state.settings.typed import FieldReading

Typed = Mapping[str, str]
AREAS = tuple((area, f"area_{area.value}") for area in Area)
BOUNDS = (("over_g", "up_to_g"), ("over_cod", "up_to_cod"), ("over_value", "up_to_value"))
FIELDS = (
    "by", "districts", "over_g", "up_to_g", "over_cod", "up_to_cod", "over_value", "up_to_value", "delivered_percent",
    "days_most", "cost_most",
)  # fmt: skip


def row_typed(typed: Typed, known: Collection[str]) -> RuleRow:
    """The row; an empty field asks for nothing. Raises InvalidInput, one sentence a field."""
    reading = FieldReading(typed)
    by = typed.get("by", "")
    if by not in known:
        reading.wrong["by"] = "Choose who takes these orders."
    found = {
        "over_g": _whole(reading, "over_g", 0, HEAVIEST_G),
        "up_to_g": _whole(reading, "up_to_g", 0, HEAVIEST_G),
        **{f"{name}_poisha": _taka(reading, name) for name in ("over_cod", "up_to_cod", "over_value", "up_to_value")},
        "delivered_percent": _whole(reading, "delivered_percent", 1, 100),
        "days_most": _whole(reading, "days_most", 0, 60),
        "cost_most_poisha": _taka(reading, "cost_most"),
    }
    for over, up_to in BOUNDS:
        least, most = (found[name if name in found else f"{name}_poisha"] for name in (over, up_to))
        if least is not None and most is not None and least >= most:
            reading.wrong.setdefault(up_to, "No order is over the one and up to the other. Type more here.")
    areas = tuple(area for area, name in AREAS if typed.get(name, "") in ("on", "true"))
    districts = reading.each_district("districts")
    reading.done(None)
    return RuleRow(by=by, districts=districts, areas=areas if len(areas) < len(AREAS) else (), **found)


def fields_of(row: RuleRow) -> dict[str, str]:
    """The row as the fields show it; the ticks are "on" or ""."""
    return {
        "by": row.by,
        "districts": ", ".join(row.districts),
        **{name: "on" if area in row.areas else "" for area, name in AREAS},
        **{name: _said(getattr(row, name)) for name in ("over_g", "up_to_g", "delivered_percent", "days_most")},
        **{
            name: _said_taka(getattr(row, f"{name}_poisha"))
            for name in ("over_cod", "up_to_cod", "over_value", "up_to_value", "cost_most")
        },
    }


def _whole(reading: FieldReading, name: str, least: int, most: int) -> int | None:
    typed = reading.typed.get(name, "").strip()
    found: int | None = reading.tried(lambda: whole_number(typed, name, least, most), None) if typed else None
    return found


def _taka(reading: FieldReading, name: str) -> int | None:
    return reading.taka(name) if reading.typed.get(name, "").strip() else None


def _said(value: int | None) -> str:
    return "" if value is None else str(value)


def _said_taka(value: int | None) -> str:
    return "" if value is None else typed_taka(value)
