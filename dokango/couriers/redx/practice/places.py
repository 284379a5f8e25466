"""Areas as RedX spells them: enough of them to practise with, one without a post code."""

from __future__ import annotations

from dataclasses import dataclass

from dokango.people.districts import DISTRICTS


@dataclass(frozen=True, slots=True)
class Place:
    """An area. `zone`: 1 Dhaka city, 2 its suburbs, 7 outside, 3 seen and undocumented."""

    name: str
    post_code: int | None
    district: str
    division: str
    zone: int


_KNOWN = {
    1: Place("Mohammadpur(Dhaka)", 1207, "Dhaka", "Dhaka", 1),
    2: Place("Dhanmondi", 1209, "Dhaka", "Dhaka", 1),
    3: Place("Mirpur 10", 1216, "Dhaka", "Dhaka", 1),
    4: Place("Banani", 1213, "Dhaka", "Dhaka", 1),
    5: Place("Uttara Sector 4", 1230, "Dhaka", "Dhaka", 1),
    6: Place("Motijheel", 1000, "Dhaka", "Dhaka", 1),
    7: Place("Gulshan 1", 1212, "Dhaka", "Dhaka", 1),
    8: Place("Savar", 1340, "Dhaka", "Dhaka", 2),
    9: Place("Sylhet Sadar", 3100, "Sylhet", "Sylhet", 3),
    21: Place("Agrabad", 4100, "Chattogram", "Chattogram", 7),
    22: Place("Patiya", 4370, "Chittagong", "Chattogram", 7),
    23: Place("Cumilla Sadar", 3500, "Cumilla", "Chattogram", 7),
    24: Place("Laksam", None, "Comilla", "Chattogram", 7),
}
_SPELT = {place.district for place in _KNOWN.values()}
AREAS: dict[int, Place] = _KNOWN | {
    number: Place(f"{name} Sadar", 5_000 + number, name, "Bangladesh", 7)
    for number, name in enumerate((name for name in DISTRICTS if name not in _SPELT), 101)
}


def charge_of(zone: int, weight_g: int) -> int:
    """Taka for a parcel: in the city less, and more for each kilogram begun after the first."""
    base = {1: 60, 2: 100}.get(zone, 120)
    return base + 20 * max(0, -(-weight_g // 1_000) - 1)
