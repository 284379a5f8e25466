"""What sending a parcel will cost: by the tariff that the shop keeps, and as its courier says when it is asked."""

from __future__ import annotations

from dataclasses import dataclass

from dokango.courier_errors import CourierError
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.abilities import PricesParcels
from dokango.couriers.kind.base import Charge, Parcel
from dokango.couriers.kind.tariff import area_of, expected_charge
from dokango.couriers.registry import account_part, is_by_api
from dokango.couriers.tariffs import tariff_for
from dokango.db import Tx
from dokango.errors import InvalidInput, NotFound
from dokango.orders.book import rows
from dokango.orders.book.weight import goods_weight_g
from dokango.shop.profile import load_profile


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about: the same of the same parcel is not asked twice."""

    courier: str
    places: tuple[str, ...]
    weight_g: int
    cod_poisha: int


def asked_about(courier: str, parcel: Parcel) -> Asked:
    """What of a parcel its charge hangs on."""
    places = tuple(f"{level}:{area.id}" for level, area in sorted(parcel.areas.items()))
    return Asked(courier, places, parcel.weight_g, parcel.cod_poisha)


def by_tariff(tx: Tx, courier: str, number: str, parcel: Parcel) -> int | None:
    """What it should cost when it is delivered, in poisha; None where nobody said what that courier charges.

    `courier`: the key of one that is called, or a name in the books. A weight that nobody entered is the goods'.
    """
    tariff = tariff_for(tx, courier if is_by_api(courier) else account_part(None, courier))
    if tariff is None:
        return None
    order = rows.by_number(tx, number)
    area = area_of(order.district, load_profile(tx).home_district, tariff.suburbs)
    weight_g = parcel.weight_g or goods_weight_g(tx, order.id)
    return expected_charge(tariff, area, weight_g, parcel.cod_poisha).sent_poisha


def ask_charge(desk: CourierDesk, courier: str, parcel: Parcel) -> Charge | None:
    """What the courier says that it would charge; None where it says nothing now. It waits for the courier."""
    try:
        found = desk.courier(courier)
        return found.price(parcel) if isinstance(found, PricesParcels) else None
    except (CourierError, NotFound, InvalidInput):
        return None
