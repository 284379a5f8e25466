"""Couriers, and the places that one wants to be told."""

from __future__ import annotations

from dokango_web.api.shapes.base import Shape


class CourierShape(Shape):
    """A courier to ship by; `can` is what it does beside, `practises`: no parcel of it is real now."""

    key: str
    name: str
    by_api: bool
    is_offered: bool
    practises: bool
    can: list[str]


class CouriersShape(Shape):
    """Whom an order can be shipped by."""

    couriers: list[CourierShape]


class PlaceShape(Shape):
    """One place of a courier's list."""

    id: str
    name: str


class PlacesShape(Shape):
    """One level of places: what can be chosen, and what is; `under` names the level it hangs under."""

    level: str
    label: str
    under: str
    chosen: str | None
    places: list[PlaceShape]


class OrderAreasShape(Shape):
    """The places of an order's parcel: those that are chosen are what `ship` would tell."""

    courier: str
    areas: list[PlacesShape]
    missing: dict[str, str]


class PassedOverShape(Shape):
    """A courier that the rule would have taken, and why it cannot be."""

    courier: str
    name: str
    why: str


class CourierChoiceShape(Shape):
    """Whom the owner's rule gives an order to, and why; nulls where it says nobody."""

    courier: str | None
    name: str | None
    why: str
    passed_over: list[PassedOverShape]


class ToldChargeShape(Shape):
    """What a courier says: carrying the parcel, and its part of what it collects."""

    carrying_poisha: int
    cod_poisha: int


class ChargeShape(Shape):
    """What a parcel would cost; null where nobody said what the courier charges, or it says nothing now."""

    courier: str
    by_tariff_poisha: int | None
    told: ToldChargeShape | None


class WayStepShape(Shape):
    """One step, in the courier's words; `words_bn` where it says them in Bangla too."""

    at: str | None
    words: str
    words_bn: str | None


class WayShape(Shape):
    """A parcel's way, the oldest step first."""

    courier: str
    steps: list[WayStepShape]
