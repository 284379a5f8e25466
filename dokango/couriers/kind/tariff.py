"""What a courier charges: a table by weight and kind of area, its part of the COD, and what a return costs besides.

Prices are what the courier publishes or the owner has agreed with it; the *real* charge is what it keeps or bills.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, field_validator

from dokango.errors import InvalidInput
from dokango.people.districts import same_district
from dokango.plain_model import PlainModel

MOST_BANDS = 5
HEAVIEST_G = 100_000
G_PER_KG = 1_000
_BP_PER_WHOLE = 10_000
Price = Annotated[int, Field(ge=0, le=10_000_000)]
BasisPoints = Annotated[int, Field(ge=0, le=1_000)]
Days = Annotated[int, Field(ge=0, le=60)]


class Area(StrEnum):
    """Where a parcel goes, as couriers price it: the shop's own city, the towns around it, or anywhere else."""

    INSIDE = "inside"
    SUBURB = "suburb"
    OUTSIDE = "outside"


class _Row(PlainModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Prices(_Row):
    """One line of the table: a price in poisha for each kind of area."""

    inside: Price = 0
    suburb: Price = 0
    outside: Price = 0

    def at(self, area: Area) -> int:
        """The price for one kind of area."""
        return int(getattr(self, area.value))


class Shares(_Row):
    """Parts of the COD in basis points, one for each kind of area."""

    inside: BasisPoints = 0
    suburb: BasisPoints = 0
    outside: BasisPoints = 0

    def of(self, area: Area, cod_poisha: int) -> int:
        """The courier's part of what it collects, rounded half up to the poisha."""
        return (cod_poisha * int(getattr(self, area.value)) + _BP_PER_WHOLE // 2) // _BP_PER_WHOLE


class Band(_Row):
    """Parcels of up to so many grams."""

    up_to_g: Annotated[int, Field(ge=1, le=HEAVIEST_G)]
    price: Prices


class Tariff(_Row):
    """One courier's table. `suburbs` are the districts priced as such; the shop's own district is always inside.

    `back`: what it takes besides for a parcel that comes back; no part of the COD is taken then. `payout_days`: within
    how many days it promises to pay out what it collected; `claim_days`: within how many it answers a claim, 0 where
    nobody said and the shop's own setting holds. `checked`: the owner has looked it over.
    """

    bands: Annotated[tuple[Band, ...], Field(min_length=1, max_length=MOST_BANDS)]
    further_kg: Prices = Prices()
    cod_bp: Shares = Shares()
    back: Prices = Prices()
    suburbs: tuple[str, ...] = ()
    payout_days: Days = 7
    claim_days: Days = 0
    checked: bool = False

    @field_validator("bands")
    @classmethod
    def _rising(cls, bands: tuple[Band, ...]) -> tuple[Band, ...]:
        weights = [band.up_to_g for band in bands]
        if weights != sorted(set(weights)):
            raise InvalidInput({"bands": "Each weight must be higher than the one above it."})
        return bands


@dataclass(frozen=True, slots=True)
class Expected:
    """What one parcel should cost in poisha: `sent` when it is delivered, `back` when it comes back."""

    sent_poisha: int
    back_poisha: int


def area_of(district: str, home_district: str, suburbs: Collection[str]) -> Area:
    """The kind of area that a district is for a courier that picks up in `home_district`."""
    if same_district(district, home_district):
        return Area.INSIDE
    return Area.SUBURB if any(same_district(district, suburb) for suburb in suburbs) else Area.OUTSIDE


def expected_charge(
    tariff: Tariff, area: Area, weight_g: int, cod_poisha: int, carrying_poisha: int | None = None
) -> Expected:
    """The charge by the table; a weight that nobody knows (0) is the lightest band's.

    `carrying_poisha`: what the courier itself said that carrying it costs, which stands before the table.
    """
    carrying = _by_weight(tariff, area, weight_g) if carrying_poisha is None else carrying_poisha
    return Expected(carrying + tariff.cod_bp.of(area, cod_poisha), carrying + tariff.back.at(area))


def _by_weight(tariff: Tariff, area: Area, weight_g: int) -> int:
    for band in tariff.bands:
        if weight_g <= band.up_to_g:
            return band.price.at(area)
    heaviest = tariff.bands[-1]
    further_kg = -(-(weight_g - heaviest.up_to_g) // G_PER_KG)
    return heaviest.price.at(area) + further_kg * tariff.further_kg.at(area)


def tariff_of(
    bands: Sequence[tuple[int, tuple[int, int, int]]],
    further_kg: tuple[int, int, int],
    cod_percent: int,
    suburbs: tuple[str, ...],
    payout_days: int,
) -> Tariff:
    """A tariff as couriers publish it: grams and whole taka by (inside, suburb, outside), one per cent of the COD."""
    return Tariff(
        bands=tuple(Band(up_to_g=up_to_g, price=_taka(prices)) for up_to_g, prices in bands),
        further_kg=_taka(further_kg),
        cod_bp=Shares(**dict.fromkeys((area.value for area in Area), 100 * cod_percent)),
        suburbs=suburbs,
        payout_days=payout_days,
    )


def _taka(prices: tuple[int, int, int]) -> Prices:
    inside, suburb, outside = (100 * price for price in prices)
    return Prices(inside=inside, suburb=suburb, outside=outside)
