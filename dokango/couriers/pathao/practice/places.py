"""Cities, zones and areas as Pathao spells them, trailing spaces included: enough of them to practise with."""

from __future__ import annotations

from dokango.people.districts import DISTRICTS

_DHAKA = {
    52: ("Mirpur 10", ("Mirpur 10 Circle", "Senpara", "Benarasi Palli")),
    53: ("Mirpur 1", ("Mirpur 1 Bus Stand", "Section 1")),
    54: ("Mohammadpur (Dhaka)", ("Mohammadpur Town Hall", "Japan Garden City")),
    55: ("Dhanmondi", ("Dhanmondi 27", "Dhanmondi 32", "Jigatola")),
    56: ("Gulshan 1", ("Gulshan 1 Circle", "Niketan")),
    57: ("Banani", ("Banani 11", "Kamal Ataturk Avenue")),
    58: ("Badda", ("Merul Badda", "North Badda")),
    59: ("Motijheel", ("Motijheel C/A", "Arambagh")),
    60: ("Uttara Sector 4", ("Sector 4 Road 2", "Sector 4 Road 18")),
    61: ("Khilgaon", ("Khilgaon Taltola", "Goran")),
    62: ("Savar", ("Savar Bazar", "Hemayetpur")),
}
_CHATTOGRAM = {
    201: ("Agrabad", ("Agrabad C/A", "Chowmuhani")),
    202: ("Panchlaish", ("Panchlaish R/A", "Muradpur")),
    203: ("Patiya", ("Patiya Sadar",)),
}
# Their spelling of some districts is the older one, and some names carry a trailing space.
_SPELT = {"Chattogram": "Chittagong", "Barishal": "Barisal", "Bandarban": "Bandarban ", "Cumilla": "Cumilla "}
CITIES: dict[int, str] = {1: "Dhaka", 2: "Chittagong"} | {
    number: _SPELT.get(name, name)
    for number, name in enumerate((d for d in DISTRICTS if d not in ("Dhaka", "Chattogram")), 3)
}


def zones(city_id: int) -> dict[int, tuple[str, tuple[str, ...]]]:
    """The zones of a city, each with the names of its areas; empty for no city of theirs."""
    known = {1: _DHAKA, 2: _CHATTOGRAM}.get(city_id)
    if known is not None or city_id not in CITIES:
        return known or {}
    name = CITIES[city_id].strip()
    return {1_000 + city_id * 10: (f"{name} Sadar", (f"{name} Sadar",)), 1_001 + city_id * 10: ("Sadar South", ())}


def areas(zone_id: int) -> dict[int, str]:
    """The areas of a zone."""
    names = next((zones(city)[zone_id][1] for city in CITIES if zone_id in zones(city)), ())
    return {zone_id * 100 + number: name for number, name in enumerate(names, 1)}


def city_of(zone_id: int) -> int | None:
    """The city that a zone lies in."""
    return next((city for city in CITIES if zone_id in zones(city)), None)
