"""What a parcel costs, in words: expected by the tariff, real as booked, and the difference."""

from __future__ import annotations

from dokango.couriers.kind.base import Charge
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.money import taka


def charge_words(parcel: ParcelRow) -> str:
    """One line: "৳86.60 expected", or "৳90, ৳3.40 more than expected"; "" where nothing is known."""
    expected, charge = parcel.expected_charge_poisha, parcel.charge_poisha
    if charge is None:
        return "" if expected is None else f"{taka(expected)} expected"
    return f"{taka(charge)}{compared(charge, expected)}"


def compared(charge_poisha: int, expected_poisha: int | None) -> str:
    """How a real charge stands to the expected one, to be read behind it; "" where none was expected."""
    if expected_poisha is None:
        return ""
    difference = charge_poisha - expected_poisha
    if not difference:
        return ", as expected"
    return f", {taka(abs(difference))} {'more' if difference > 0 else 'less'} than expected"


def charge_told(name: str, charge: Charge | None) -> str:
    """What a courier says that a parcel would cost, before it is booked."""
    if charge is None:
        return f"{name} does not say its charge now. It can be sent all the same."
    cod = f", {taka(charge.cod_poisha)} of it for collecting" if charge.cod_poisha else ""
    return f"{name} says {taka(charge.poisha)}{cod}."
