"""A courier's tariff as the owner types it: rows of weights with a price for each kind of area, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dokango.couriers.kind.tariff import HEAVIEST_G, MOST_BANDS, Area, Band, Prices, Shares, Tariff
from dokango.errors import InvalidInput
from dokango.money import typed_taka
from state.settings.typed import FieldReading

Typed = Mapping[str, str]
AREA_WORDS = {Area.INSIDE: "Inside the city", Area.SUBURB: "Suburbs", Area.OUTSIDE: "Outside"}
ROW_WORDS = {"further": "Each further kg", "of_cod": "Part of the COD, %", "back": "Besides, when it comes back"}
WEIGHTS = tuple(f"band{place}" for place in range(MOST_BANDS))
AREAS = tuple(area.value for area in Area)
DAYS = ("payout_days", "claim_days")
LONGEST_NAME = 60


def tariff_typed(typed: Typed) -> Tariff:
    """The tariff. Raises InvalidInput, one sentence a field; an empty row is left out."""
    reading = FieldReading(typed)
    named = [row for row in WEIGHTS if any(typed.get(f"{row}_{end}") for end in ("g", *AREAS))]
    bands = tuple(Band(up_to_g=_weight(reading, row), price=Prices(**_prices(reading, row))) for row in named)
    if not bands:
        reading.wrong["band0_g"] = "Say up to how many grams the first price holds, for example 500."
    weights = [band.up_to_g for band in bands]
    if weights != sorted(set(weights)):
        reading.wrong.setdefault("band0_g", "Each weight must be higher than the one above it.")
    further, back = (Prices(**_prices(reading, row)) for row in ("further", "back"))
    cod = Shares(**{area.value: reading.percent(f"of_cod_{area.value}") for area in Area})
    suburbs, pays, answers = reading.each_district("suburbs"), *(reading.whole(name, 60) for name in DAYS)
    reading.done(None)
    return Tariff(
        bands=bands, further_kg=further, cod_bp=cod, back=back, suburbs=suburbs, payout_days=pays, claim_days=answers
    )


def fields_of(tariff: Tariff) -> dict[str, str]:
    """The tariff as the fields show it."""
    form = {f"{row}_{end}": "" for row in WEIGHTS for end in ("g", *AREAS)}
    for row, band in zip(WEIGHTS, tariff.bands, strict=False):
        form |= {f"{row}_g": str(band.up_to_g), **_typed_prices(row, band.price)}
    return {
        **form,
        **_typed_prices("further", tariff.further_kg),
        **_typed_prices("back", tariff.back),
        **{f"of_cod_{area.value}": f"{getattr(tariff.cod_bp, area.value) / 100:g}" for area in Area},
        "suburbs": ", ".join(tariff.suburbs),
        **{name: str(getattr(tariff, name)) for name in DAYS},
    }


def carrier_typed(typed: Typed) -> str:
    """The name of a courier to add. Raises InvalidInput."""
    name = typed.get("carrier", "").strip()
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput({"carrier": f"Type the courier's name as you hand parcels to it, up to {LONGEST_NAME}."})
    return name


def _weight(reading: FieldReading, row: str) -> int:
    return max(1, reading.whole(f"{row}_g", HEAVIEST_G))


def _prices(reading: FieldReading, row: str) -> dict[str, Any]:
    return {area.value: reading.taka_or_nothing(f"{row}_{area.value}") for area in Area}


def _typed_prices(row: str, prices: Prices) -> dict[str, str]:
    return {f"{row}_{area.value}": typed_taka(prices.at(area)) for area in Area}
